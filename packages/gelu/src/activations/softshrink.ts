import { piecewise } from './formulas/piecewise.js';
import { shrinkFacts, shrinkShape } from './formulas/shrink.js';
import type { Activation } from './model/activation.js';
import { atLeast } from './model/parameters.js';

/** x moved towards 0 by lambd, and 0 where it would pass; the derivative at ±lambd is 0, as in PyTorch. */
export const softshrink: Activation<{ readonly lambd: number }> = {
  name: 'softshrink',
  layer: 'Softshrink',
  aliases: [
    { name: 'soft_shrink', source: 'Keras' },
    { name: 'softshrink', source: 'MLX' },
  ],
  formula: 'sgn(x)·max(|x| − lambd, 0)',
  parameters: { lambd: atLeast(0, 0.5, 'how far numbers are moved') },
  evaluator: ({ lambd }) => piecewise(shrinkShape(lambd, lambd)),
  shape: ({ lambd }) => shrinkShape(lambd, lambd),
  facts: ({ lambd }) => shrinkFacts(lambd, lambd),
  origin: {
    year: 1995,
    paper: {
      title: 'De-noising by soft-thresholding',
      authors: 'Donoho',
      url: 'https://doi.org/10.1109/18.382009',
    },
    usedBy: ['iterative shrinkage (sparse coding)'],
  },
};
