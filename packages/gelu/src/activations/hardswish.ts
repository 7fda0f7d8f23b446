import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';
import type { PiecewiseShape } from './model/shape.js';

const SHAPE: PiecewiseShape = {
  kind: 'piecewise',
  breaks: [
    { x: -3, side: 'left' },
    { x: 3, side: 'right' },
  ],
  pieces: [{ coefficients: [0] }, { coefficients: [0, 3, 1], divisor: 6 }, { coefficients: [0, 1] }],
};

/** x·hardsigmoid(x). The derivative is 0 at −3 and 1 at 3, as in PyTorch (until 2025: −½ and 1½). */
export const hardswish: Activation = {
  name: 'hardswish',
  layer: 'Hardswish',
  aliases: [
    { name: 'hardswish', source: 'Hugging Face' },
    { name: 'hard_swish', source: 'Keras' },
    { name: 'hard_silu', source: 'Keras' },
    { name: 'hard_swish', source: 'JAX' },
    { name: 'hard_silu', source: 'JAX' },
    { name: 'HardSwish', source: 'ONNX' },
    { name: 'hardswish', source: 'MLX' },
    { name: 'hardswish', source: 'ggml' },
    { name: 'hard_swish', source: 'timm' },
  ],
  formula: 'x·min(max(x + 3, 0), 6)/6',
  parameters: {},
  evaluator: () => piecewise(SHAPE),
  shape: () => SHAPE,
  facts: () => ({
    range: { low: -0.375, high: Infinity, attains: [true, false] },
    zeros: [
      [-Infinity, -3],
      [0, 0],
    ],
    stationary: [-1.5],
    minimum: { x: -1.5, value: -0.375 },
    monotone: 'not monotone',
    smoothness: 0,
    kinks: [-3, 3],
    convex: false,
    lipschitz: 1.5,
    below: { value: 0, slope: 0 },
    above: { value: Infinity, slope: 1 },
  }),
  origin: {
    year: 2019,
    paper: {
      title: 'Searching for MobileNetV3',
      authors: 'Howard et al.',
      url: 'https://arxiv.org/abs/1905.02244',
    },
    usedBy: ['MobileNetV3', 'LeViT'],
  },
};
