import { div, lo, mul } from '../numerics/dd.js';
import { exponent } from '../numerics/exp.js';
import { expm1 } from '../numerics/expm1.js';
import { DH, DL, parts, sigmoidPair, split } from './formulas/logistic.js';
import { deliver, deliverScaled } from './formulas/result.js';
import type { Activation, Evaluate } from './model/activation.js';
import { line } from './model/shape.js';

const evaluate: Evaluate = (order, x, precise = false) => {
  if (!(Math.abs(x) <= 600)) {
    const limit = order === 0 ? (x > 0 ? 1 : -1) : order === 2 && x > 0 ? -0 : 0;
    return deliver(Number.isNaN(x) ? x : limit, 0, 0);
  }
  if (order === 2 && Math.abs(x) < 2 ** -200) return deliver(-2 * x, 0, 0);
  if (order > 0) {
    // tanh x = 2·σ(2x) − 1
    const h = sigmoidPair(2 * x, 0, order, precise);
    return deliver(4 * order * h, 4 * order * lo[0], exponent[0]);
  }
  if (Math.abs(x) < 2 ** -60) return deliver(x, 0, 0);
  const negative = split(2 * x, 0, precise);
  const n = expm1(-2 * Math.abs(x), 0, precise); // −(1 − E)
  const h = mul(n, lo[0], negative ? 1 : -1, 0);
  exponent[0] = 0;
  return deliverScaled(div(h, lo[0], parts[DH], parts[DL]));
};

/** The hyperbolic tangent, (1 − exp(−2x))/(1 + exp(−2x)). */
export const tanh: Activation = {
  name: 'tanh',
  layer: 'Tanh',
  aliases: [
    { name: 'tanh', source: 'Hugging Face' },
    { name: 'tanh', source: 'Keras' },
    { name: 'tanh', source: 'TensorFlow' },
    { name: 'tanh', source: 'JAX' },
    { name: 'Tanh', source: 'ONNX' },
    { name: 'tanh', source: 'MLX' },
    { name: 'tanh', source: 'ggml' },
    { name: 'tanh', source: 'timm' },
  ],
  formula: '(exp(x) − exp(−x))/(exp(x) + exp(−x))',
  parameters: {},
  evaluator: () => evaluate,
  shape: () => ({ kind: 'smooth', below: line(-1, 0), above: line(1, 0), breaks: [], zeros: [[0], []] }),
  facts: () => ({
    range: { low: -1, high: 1, attains: [false, false] },
    zeros: [[0, 0]],
    stationary: [],
    minimum: null,
    monotone: 'increasing',
    smoothness: Infinity,
    kinks: [],
    convex: false,
    lipschitz: 1,
    below: { value: -1, slope: 0 },
    above: { value: 1, slope: 0 },
  }),
  origin: {
    year: 1998,
    paper: {
      title: 'Efficient BackProp',
      authors: 'LeCun, Bottou, Orr, Müller',
      url: 'https://doi.org/10.1007/3-540-49430-8_2',
    },
    usedBy: ['LSTM', 'GRU', 'BERT (pooler)'],
  },
};
