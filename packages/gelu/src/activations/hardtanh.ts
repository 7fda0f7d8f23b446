import { GeluRangeError } from '../shared/errors.js';
import { clampFacts, clampShape } from './formulas/clamp.js';
import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';
import { real } from './model/parameters.js';

/** x clamped to [minVal, maxVal]. The derivative at both ends is 0, as in PyTorch. */
export const hardtanh: Activation<{ readonly minVal: number; readonly maxVal: number }> = {
  name: 'hardtanh',
  layer: 'Hardtanh',
  aliases: [
    { name: 'hard_tanh', source: 'Keras' },
    { name: 'hard_tanh', source: 'JAX' },
    { name: 'hard_tanh', source: 'MLX' },
  ],
  formula: 'min(max(x, minVal), maxVal)',
  parameters: { minVal: real(-1, 'the least value'), maxVal: real(1, 'the largest value') },
  check({ minVal, maxVal }) {
    if (!(minVal < maxVal)) throw new GeluRangeError('minVal', `less than maxVal (${maxVal})`, String(minVal));
  },
  evaluator: ({ minVal, maxVal }) => piecewise(clampShape(minVal, maxVal)),
  shape: ({ minVal, maxVal }) => clampShape(minVal, maxVal),
  facts: ({ minVal, maxVal }) => clampFacts(minVal, maxVal, minVal, maxVal),
  origin: {
    year: 2004,
    paper: {
      title: 'Large Scale Machine Learning',
      authors: 'Collobert',
      url: 'https://ronan.collobert.com/pub/2004_phdthesis_lip6.pdf',
    },
    usedBy: ['SENNA', 'binarized neural networks'],
  },
};
