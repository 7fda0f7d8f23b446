import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';
import type { PiecewiseShape } from './model/shape.js';

const SHAPE: PiecewiseShape = { kind: 'piecewise', breaks: [], pieces: [{ coefficients: [0, 1] }] };

/** x: no activation, and the gate of the bilinear unit. */
export const identity: Activation = {
  name: 'identity',
  layer: 'Identity',
  aliases: [
    { name: 'linear', source: 'Hugging Face' },
    { name: 'LinearActivation', source: 'Hugging Face' },
    { name: 'linear', source: 'Keras' },
    { name: 'linear', source: 'TensorFlow' },
    { name: 'identity', source: 'JAX' },
    { name: 'Identity', source: 'ONNX' },
    { name: 'identity', source: 'timm' },
  ],
  formula: 'x',
  gated: { name: 'bilinear', layer: 'BilinearGLU', note: 'PyTorch’s `nn.Bilinear` is something else.' },
  parameters: {},
  evaluator: () => piecewise(SHAPE),
  shape: () => SHAPE,
  facts: () => ({
    range: { low: -Infinity, high: Infinity, attains: [false, false] },
    zeros: [[0, 0]],
    stationary: [],
    minimum: null,
    monotone: 'increasing',
    smoothness: Infinity,
    kinks: [],
    convex: true,
    lipschitz: 1,
    below: { value: -Infinity, slope: 1 },
    above: { value: Infinity, slope: 1 },
  }),
};
