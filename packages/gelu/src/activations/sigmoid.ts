import { LOGISTIC_MAX, sigmoidPair } from './formulas/logistic.js';
import { deliver, deliverScaled } from './formulas/result.js';
import type { Activation, Evaluate } from './model/activation.js';
import { line, ZERO } from './model/shape.js';

const evaluate: Evaluate = (order, x, precise = false) => {
  if (!(Math.abs(x) <= LOGISTIC_MAX)) {
    const limit = order === 0 ? (x > 0 ? 1 : 0) : order === 2 && x > 0 ? -0 : 0;
    return deliver(Number.isNaN(x) ? x : limit, 0, 0);
  }
  if (order === 2 && Math.abs(x) < 2 ** -200) return deliver(-x, 0, -3);
  return deliverScaled(sigmoidPair(x, 0, order, precise));
};

/** σ(x) = 1/(1 + exp(−x)). */
export const sigmoid: Activation = {
  name: 'sigmoid',
  layer: 'Sigmoid',
  aliases: [
    { name: 'sigmoid', source: 'Hugging Face' },
    { name: 'sigmoid', source: 'Keras' },
    { name: 'sigmoid', source: 'TensorFlow' },
    { name: 'sigmoid', source: 'JAX' },
    { name: 'Sigmoid', source: 'ONNX' },
    { name: 'sigmoid', source: 'MLX' },
    { name: 'sigmoid', source: 'ggml' },
    { name: 'sigmoid', source: 'timm' },
  ],
  formula: '1/(1 + exp(−x))',
  parameters: {},
  evaluator: () => evaluate,
  shape: () => ({ kind: 'smooth', below: ZERO, above: line(1, 0), breaks: [], zeros: [[], []] }),
  facts: () => ({
    range: { low: 0, high: 1, attains: [false, false] },
    zeros: [],
    stationary: [],
    minimum: null,
    monotone: 'increasing',
    smoothness: Infinity,
    kinks: [],
    convex: false,
    lipschitz: 0.25,
    below: { value: 0, slope: 0 },
    above: { value: 1, slope: 0 },
  }),
  origin: {
    year: 1986,
    paper: {
      title: 'Learning representations by back-propagating errors',
      authors: 'Rumelhart, Hinton, Williams',
      url: 'https://doi.org/10.1038/323533a0',
    },
    usedBy: ['LSTM and GRU (gates)', 'GLU (gate)', 'squeeze-and-excitation networks'],
  },
};
