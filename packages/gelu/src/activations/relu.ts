import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';
import type { PiecewiseShape } from './model/shape.js';

const SHAPE: PiecewiseShape = {
  kind: 'piecewise',
  breaks: [{ x: 0, side: 'left' }],
  pieces: [{ coefficients: [0] }, { coefficients: [0, 1] }],
};

/** max(x, 0). The derivative at 0 is 0, as in PyTorch. */
export const relu: Activation = {
  name: 'relu',
  layer: 'ReLU',
  aliases: [
    { name: 'relu', source: 'Hugging Face' },
    { name: 'relu', source: 'Keras' },
    { name: 'relu', source: 'TensorFlow' },
    { name: 'relu', source: 'JAX' },
    { name: 'Relu', source: 'ONNX' },
    { name: 'relu', source: 'MLX' },
    { name: 'relu', source: 'ggml' },
    { name: 'relu', source: 'diffusers' },
    { name: 'relu', source: 'timm' },
    { name: 'relu', source: 'Megatron' },
  ],
  formula: 'max(x, 0)',
  gated: { name: 'reglu', layer: 'ReGLU' },
  parameters: {},
  evaluator: () => piecewise(SHAPE),
  shape: () => SHAPE,
  facts: () => ({
    range: { low: 0, high: Infinity, attains: [true, false] },
    zeros: [[-Infinity, 0]],
    stationary: [],
    minimum: { x: 0, value: 0 },
    monotone: 'non-decreasing',
    smoothness: 0,
    kinks: [0],
    convex: true,
    lipschitz: 1,
    below: { value: 0, slope: 0 },
    above: { value: Infinity, slope: 1 },
  }),
  origin: {
    year: 2010,
    paper: {
      title: 'Rectified Linear Units Improve Restricted Boltzmann Machines',
      authors: 'Nair, Hinton',
      url: 'https://icml.cc/Conferences/2010/papers/432.pdf',
    },
    usedBy: ['AlexNet', 'VGG', 'ResNet', 'the original Transformer', 'T5', 'OPT'],
  },
};
