import { clampFacts, clampShape } from './formulas/clamp.js';
import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';

const SHAPE = clampShape(-3, 3, 3, 6);

/** x/6 + ½ clamped to [0, 1]. The derivative at ±3 is 0, as in PyTorch. */
export const hardsigmoid: Activation = {
  name: 'hardsigmoid',
  layer: 'Hardsigmoid',
  aliases: [
    { name: 'hard_sigmoid', source: 'Keras' },
    { name: 'hard_sigmoid', source: 'JAX' },
    { name: 'hardsigmoid', source: 'ggml' },
    { name: 'hard_sigmoid', source: 'timm' },
  ],
  formula: 'min(max(x + 3, 0), 6)/6',
  parameters: {},
  evaluator: () => piecewise(SHAPE),
  shape: () => SHAPE,
  facts: () => clampFacts(-3, 3, 0, 1, 1 / 6),
  origin: {
    year: 2015,
    paper: {
      title: 'BinaryConnect: Training Deep Neural Networks with binary weights during propagations',
      authors: 'Courbariaux, Bengio, David',
      url: 'https://arxiv.org/abs/1511.00363',
    },
    usedBy: ['MobileNetV3 (squeeze-and-excitation)'],
  },
  notes: ['Keras before version 3, TensorFlow.js and the ONNX operator HardSigmoid mean 0.2·x + 0.5, another slope.'],
};
