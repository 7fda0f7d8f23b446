import { leakyFacts, leakyShape } from './formulas/leaky.js';
import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';
import { real } from './model/parameters.js';

/** x above 0, weight·x below; the weight is trained. */
export const prelu: Activation<{ readonly weight: number }> = {
  name: 'prelu',
  layer: 'PReLU',
  aliases: [
    { name: 'prelu', source: 'Hugging Face' },
    { name: 'PRelu', source: 'ONNX' },
    { name: 'prelu', source: 'MLX' },
    { name: 'prelu', source: 'timm' },
  ],
  formula: 'x if x > 0, else weight·x',
  parameters: { weight: real(0.25, 'the slope below 0, which is trained') },
  evaluator: ({ weight }) => piecewise(leakyShape(weight)),
  trained: [{ parameter: 'weight', gradient: (_, x) => Math.min(x, 0) }],
  shape: ({ weight }) => leakyShape(weight),
  facts: ({ weight }) => leakyFacts(weight),
  origin: {
    year: 2015,
    paper: {
      title: 'Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification',
      authors: 'He, Zhang, Ren, Sun',
      url: 'https://arxiv.org/abs/1502.01852',
    },
    usedBy: ['PReLU-net', 'ESPNet', 'SRResNet (generator)'],
  },
};
