import { lo } from '../numerics/dd.js';
import { exponent } from '../numerics/exp.js';
import { LOGISTIC_MAX, sigmoidPair, softplusPair } from './formulas/logistic.js';
import { deliver, deliverScaled } from './formulas/result.js';
import type { Activation, Evaluate } from './model/activation.js';
import { IDENTITY, ZERO } from './model/shape.js';

const evaluate: Evaluate = (order, x, precise = false) => {
  if (!(Math.abs(x) <= LOGISTIC_MAX)) {
    const below = order === 0 ? x : order === 1 ? 1 : -0;
    return deliver(Number.isNaN(x) ? x : x < 0 ? below : order === 1 ? 0 : -0, 0, 0);
  }
  if (order === 1) return deliverScaled(sigmoidPair(-x, 0, 0, precise));
  const h = order === 0 ? softplusPair(-x, 0, precise) : sigmoidPair(x, 0, 1, precise);
  return deliver(-h, -lo[0], exponent[0]);
};

/** log σ(x) = −log(1 + exp(−x)). */
export const logsigmoid: Activation = {
  name: 'logsigmoid',
  layer: 'LogSigmoid',
  aliases: [
    { name: 'log_sigmoid', source: 'Keras' },
    { name: 'log_sigmoid', source: 'TensorFlow' },
    { name: 'log_sigmoid', source: 'JAX' },
    { name: 'log_sigmoid', source: 'MLX' },
  ],
  formula: 'log(1/(1 + exp(−x)))',
  parameters: {},
  evaluator: () => evaluate,
  shape: () => ({ kind: 'smooth', below: IDENTITY, above: ZERO, breaks: [], zeros: [[], []] }),
  facts: () => ({
    range: { low: -Infinity, high: 0, attains: [false, false] },
    zeros: [],
    stationary: [],
    minimum: null,
    monotone: 'increasing',
    smoothness: Infinity,
    kinks: [],
    convex: false,
    lipschitz: 1,
    below: { value: -Infinity, slope: 1 },
    above: { value: 0, slope: 0 },
  }),
  origin: {
    year: 2013,
    paper: {
      title: 'Distributed Representations of Words and Phrases and their Compositionality',
      authors: 'Mikolov, Sutskever, Chen, Corrado, Dean',
      url: 'https://arxiv.org/abs/1310.4546',
    },
    usedBy: ['word2vec (loss)', 'direct preference optimization (loss)'],
  },
};
