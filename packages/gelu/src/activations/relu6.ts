import { clampFacts, clampShape } from './formulas/clamp.js';
import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';

const SHAPE = clampShape(0, 6);

/** min(max(x, 0), 6). The derivative at 0 and 6 is 0, as in PyTorch. */
export const relu6: Activation = {
  name: 'relu6',
  layer: 'ReLU6',
  aliases: [
    { name: 'relu6', source: 'Hugging Face' },
    { name: 'relu6', source: 'Keras' },
    { name: 'relu6', source: 'TensorFlow' },
    { name: 'relu6', source: 'JAX' },
    { name: 'relu6', source: 'MLX' },
    { name: 'relu6', source: 'timm' },
  ],
  formula: 'min(max(x, 0), 6)',
  parameters: {},
  evaluator: () => piecewise(SHAPE),
  shape: () => SHAPE,
  facts: () => clampFacts(0, 6, 0, 6),
  origin: {
    year: 2010,
    paper: {
      title: 'Convolutional Deep Belief Networks on CIFAR-10',
      authors: 'Krizhevsky',
      url: 'https://www.cs.toronto.edu/~kriz/conv-cifar10-aug2010.pdf',
    },
    usedBy: ['MobileNet', 'MobileNetV2'],
  },
};
