import { div, lo, mul } from '../numerics/dd.js';
import { exponent } from '../numerics/exp.js';
import { power, product, shiftOf } from '../numerics/shift.js';
import { LOGISTIC_MAX, sigmoidPair, softplusPair } from './formulas/logistic.js';
import { deliver } from './formulas/result.js';
import type { Activation, Evaluate } from './model/activation.js';
import { extended, positive } from './model/parameters.js';
import { IDENTITY, ZERO } from './model/shape.js';

interface Values {
  readonly [name: string]: number;
  readonly beta: number;
  readonly threshold: number;
}

function evaluator({ beta, threshold }: Values): Evaluate {
  const shift = shiftOf(beta);
  const scaled = beta * power(-shift);
  return (order, x, precise = false) => {
    const t = beta * x;
    if (Number.isNaN(x)) return deliver(x, 0, 0);
    if (t > threshold || t > LOGISTIC_MAX) return deliver(order === 0 ? x : order === 1 ? 1 : 0, 0, 0);
    if (t < -LOGISTIC_MAX) return deliver(0, 0, 0);
    const th = product(beta, x);
    const tl = lo[0];
    if (order === 0) {
      const h = softplusPair(th, tl, precise);
      const y = div(h, lo[0], scaled, 0);
      return deliver(y, lo[0], exponent[0] - shift);
    }
    const h = sigmoidPair(th, tl, order === 1 ? 0 : 1, precise);
    if (order === 1) return deliver(h, lo[0], exponent[0]);
    const y = mul(h, lo[0], scaled, 0);
    return deliver(y, lo[0], exponent[0] + shift);
  };
}

/**
 * log(1 + exp(beta·x))/beta, and x where beta·x > threshold, as in PyTorch. There the function jumps by
 * log(1 + exp(−threshold))/beta, 2e-9 by default, which float32 does not show; threshold Infinity is the exact function.
 */
export const softplus: Activation<Values> = {
  name: 'softplus',
  layer: 'Softplus',
  aliases: [
    { name: 'softplus', source: 'Keras', parameters: { threshold: Infinity } },
    { name: 'softplus', source: 'TensorFlow', parameters: { threshold: Infinity } },
    { name: 'softplus', source: 'JAX', parameters: { threshold: Infinity } },
    { name: 'Softplus', source: 'ONNX', parameters: { threshold: Infinity } },
    { name: 'softplus', source: 'MLX', parameters: { threshold: Infinity } },
    { name: 'softplus', source: 'ggml' },
  ],
  formula: 'log(1 + exp(beta·x))/beta; x where beta·x > threshold',
  parameters: {
    beta: positive(1, 'the sharpness of the bend'),
    threshold: extended(20, 'above it, as beta·x, the function is x; Infinity for the exact function'),
  },
  evaluator,
  shape: ({ beta, threshold }) => ({
    kind: 'smooth',
    below: ZERO,
    above: IDENTITY,
    breaks: threshold < LOGISTIC_MAX ? [threshold / beta] : [],
    zeros: [[], []],
  }),
  facts: ({ beta, threshold }) => {
    const jumps = threshold < LOGISTIC_MAX;
    return {
      range: { low: 0, high: Infinity, attains: [false, false] },
      zeros: [],
      stationary: [],
      minimum: null,
      monotone: jumps ? 'not monotone' : 'increasing',
      smoothness: jumps ? -1 : Infinity,
      kinks: jumps ? [threshold / beta] : [],
      convex: !jumps,
      lipschitz: jumps ? Infinity : 1,
      below: { value: 0, slope: 0 },
      above: { value: Infinity, slope: 1 },
    };
  },
  origin: {
    year: 2001,
    paper: {
      title: 'Incorporating Second-Order Functional Knowledge for Better Option Pricing',
      authors: 'Dugas, Bengio, Bélisle, Nadeau, Garcia',
      url: 'https://papers.nips.cc/paper/1920-incorporating-second-order-functional-knowledge-for-better-option-pricing',
    },
    usedBy: ['Mamba (step size)', 'variational autoencoders (scales)', 'SchNet (shifted)'],
  },
};
