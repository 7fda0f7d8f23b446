import { exp } from '../numerics/exp.js';
import { LOGISTIC_MAX } from './formulas/logistic.js';
import { deliver, deliverScaled } from './formulas/result.js';
import type { Activation, Evaluate } from './model/activation.js';
import { line, ZERO } from './model/shape.js';

const evaluate: Evaluate = (_, x, precise = false) => {
  if (!(Math.abs(x) <= LOGISTIC_MAX)) return deliver(x > 0 ? Infinity : x < 0 ? 0 : x, 0, 0);
  return deliverScaled(exp(x, 0, precise));
};

/** exp(x), its own derivative. */
export const exponential: Activation = {
  name: 'exponential',
  layer: 'Exponential',
  aliases: [
    { name: 'exponential', source: 'Keras' },
    { name: 'exp', source: 'ggml' },
    { name: 'Exp', source: 'ONNX' },
  ],
  formula: 'exp(x)',
  parameters: {},
  evaluator: () => evaluate,
  shape: () => ({ kind: 'smooth', below: ZERO, above: line(Infinity, Infinity), breaks: [], zeros: [[], []] }),
  facts: () => ({
    range: { low: 0, high: Infinity, attains: [false, false] },
    zeros: [],
    stationary: [],
    minimum: null,
    monotone: 'increasing',
    smoothness: Infinity,
    kinks: [],
    convex: true,
    lipschitz: Infinity,
    below: { value: 0, slope: 0 },
    above: { value: Infinity, slope: Infinity },
  }),
};
