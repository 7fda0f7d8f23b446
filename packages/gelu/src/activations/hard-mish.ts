import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';
import type { PiecewiseShape } from './model/shape.js';

const SHAPE: PiecewiseShape = {
  kind: 'piecewise',
  breaks: [
    { x: -2, side: 'right' },
    { x: 0, side: 'left' },
  ],
  pieces: [{ coefficients: [0] }, { coefficients: [0, 2, 1], divisor: 2 }, { coefficients: [0, 1] }],
};

/** ½x·min(max(x + 2, 0), 2). The derivative at −2 is −1, as in timm. */
export const hardMish: Activation = {
  name: 'hardMish',
  layer: 'HardMish',
  aliases: [{ name: 'hard_mish', source: 'timm' }],
  formula: 'x·min(max(x + 2, 0), 2)/2',
  parameters: {},
  evaluator: () => piecewise(SHAPE),
  shape: () => SHAPE,
  facts: () => ({
    range: { low: -0.5, high: Infinity, attains: [true, false] },
    zeros: [
      [-Infinity, -2],
      [0, 0],
    ],
    stationary: [-1],
    minimum: { x: -1, value: -0.5 },
    monotone: 'not monotone',
    smoothness: 0,
    kinks: [-2, 0],
    convex: false,
    lipschitz: 1,
    below: { value: 0, slope: 0 },
    above: { value: Infinity, slope: 1 },
  }),
  origin: {
    year: 2020,
    paper: {
      title: 'H-Mish (notes)',
      authors: 'Misra',
      url: 'https://github.com/digantamisra98/H-Mish',
    },
    usedBy: [],
  },
};
