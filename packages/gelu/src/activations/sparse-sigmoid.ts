import { clampFacts, clampShape } from './formulas/clamp.js';
import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';

const SHAPE = clampShape(-1, 1, 1, 2);

/** (x + 1)/2 clamped to [0, 1]: the derivative of sparsePlus. Its own derivative at ±1 is 0. */
export const sparseSigmoid: Activation = {
  name: 'sparseSigmoid',
  layer: 'SparseSigmoid',
  aliases: [
    { name: 'sparse_sigmoid', source: 'Keras' },
    { name: 'sparse_sigmoid', source: 'JAX' },
  ],
  formula: 'min(max((x + 1)/2, 0), 1)',
  parameters: {},
  evaluator: () => piecewise(SHAPE),
  shape: () => SHAPE,
  facts: () => clampFacts(-1, 1, 0, 1, 1 / 2),
  origin: {
    year: 2019,
    paper: {
      title: 'Learning with Fenchel-Young Losses',
      authors: 'Blondel, Martins, Niculae',
      url: 'https://arxiv.org/abs/1901.02324',
    },
    usedBy: [],
  },
};
