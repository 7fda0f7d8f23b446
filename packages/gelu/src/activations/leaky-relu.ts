import { leakyFacts, leakyShape } from './formulas/leaky.js';
import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';
import { real } from './model/parameters.js';

/** x above 0, negativeSlope·x below. */
export const leakyRelu: Activation<{ readonly negativeSlope: number }> = {
  name: 'leakyRelu',
  layer: 'LeakyReLU',
  aliases: [
    { name: 'leaky_relu', source: 'PyTorch' },
    { name: 'leaky_relu', source: 'Hugging Face' },
    { name: 'leaky_relu', source: 'JAX' },
    { name: 'LeakyRelu', source: 'ONNX' },
    { name: 'leaky_relu', source: 'Keras', parameters: { negativeSlope: 0.2 } },
    { name: 'leaky_relu', source: 'TensorFlow', parameters: { negativeSlope: 0.2 } },
    { name: 'leaky_relu', source: 'MLX' },
    { name: 'leaky_relu', source: 'timm' },
  ],
  formula: 'x if x > 0, else negativeSlope·x',
  parameters: { negativeSlope: real(0.01, 'the slope below 0') },
  evaluator: ({ negativeSlope }) => piecewise(leakyShape(negativeSlope)),
  shape: ({ negativeSlope }) => leakyShape(negativeSlope),
  facts: ({ negativeSlope }) => leakyFacts(negativeSlope),
  origin: {
    year: 2013,
    paper: {
      title: 'Rectifier Nonlinearities Improve Neural Network Acoustic Models',
      authors: 'Maas, Hannun, Ng',
      url: 'https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf',
    },
    usedBy: ['YOLOv3', 'DCGAN (discriminator)', 'StyleGAN'],
  },
  notes: ["The layer of Keras, LeakyReLU, has a slope of 0.3, its function 'leaky_relu' 0.2."],
};
