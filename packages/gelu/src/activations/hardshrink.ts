import { piecewise } from './formulas/piecewise.js';
import { shrinkFacts, shrinkShape } from './formulas/shrink.js';
import type { Activation } from './model/activation.js';
import { real } from './model/parameters.js';

/** x beyond ±lambd, 0 between; the derivative at ±lambd is 0, as in PyTorch. */
export const hardshrink: Activation<{ readonly lambd: number }> = {
  name: 'hardshrink',
  layer: 'Hardshrink',
  aliases: [
    { name: 'hard_shrink', source: 'Keras', parameters: { lambd: 0.5 } },
    { name: 'Shrink', source: 'ONNX' },
  ],
  formula: 'x if |x| > lambd, else 0',
  parameters: { lambd: real(0.5, 'what is at most this far from 0 becomes 0; below 0 nothing does') },
  evaluator: ({ lambd }) => piecewise(shrinkShape(lambd, 0)),
  shape: ({ lambd }) => shrinkShape(lambd, 0),
  facts: ({ lambd }) => shrinkFacts(lambd, 0),
  origin: {
    year: 1994,
    paper: {
      title: 'Ideal spatial adaptation by wavelet shrinkage',
      authors: 'Donoho, Johnstone',
      url: 'https://doi.org/10.1093/biomet/81.3.425',
    },
    usedBy: [],
  },
  notes: ["ONNX's Shrink is this with its bias 0, and softshrink with bias lambd."],
};
