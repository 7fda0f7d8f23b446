import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';
import type { PiecewiseShape } from './model/shape.js';

const SHAPE: PiecewiseShape = {
  kind: 'piecewise',
  breaks: [{ x: 0, side: 'left' }],
  pieces: [{ coefficients: [0] }, { coefficients: [0, 0, 1] }],
};

/** max(x, 0)². */
export const reluSquared: Activation = {
  name: 'reluSquared',
  layer: 'ReLUSquared',
  aliases: [
    { name: 'relu2', source: 'Hugging Face' },
    { name: 'ReLUSquaredActivation', source: 'Hugging Face' },
    { name: 'relu2', source: 'MLX' },
    { name: 'squared_relu', source: 'Megatron' },
  ],
  formula: 'max(x, 0)²',
  parameters: {},
  evaluator: () => piecewise(SHAPE),
  shape: () => SHAPE,
  facts: () => ({
    range: { low: 0, high: Infinity, attains: [true, false] },
    zeros: [[-Infinity, 0]],
    stationary: [],
    minimum: { x: 0, value: 0 },
    monotone: 'non-decreasing',
    smoothness: 1,
    kinks: [0],
    convex: true,
    lipschitz: Infinity,
    below: { value: 0, slope: 0 },
    above: { value: Infinity, slope: Infinity },
  }),
  origin: {
    year: 2021,
    paper: {
      title: 'Primer: Searching for Efficient Transformers for Language Modeling',
      authors: 'So et al.',
      url: 'https://arxiv.org/abs/2109.08668',
    },
    usedBy: ['Primer', 'Nemotron-4', 'modded-nanogpt'],
  },
};
