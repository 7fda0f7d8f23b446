import { div, lo, mul } from '../numerics/dd.js';
import { exponent } from '../numerics/exp.js';
import { power, product, shiftOf } from '../numerics/shift.js';
import { nextDown } from '../numerics/ulp.js';
import { LOGISTIC_MAX, sigmoidPair, softplusPair } from './formulas/logistic.js';
import { deliver } from './formulas/result.js';
import type { Activation, Evaluate } from './model/activation.js';
import { extended, nonZero } from './model/parameters.js';
import { IDENTITY, ZERO } from './model/shape.js';

interface Values {
  readonly [name: string]: number;
  readonly beta: number;
  readonly threshold: number;
}

function evaluator({ beta, threshold }: Values): Evaluate {
  const shift = shiftOf(beta);
  const scaled = beta * power(-shift);
  const edge = threshold / beta; // a product beta·x might be 0, or equal the threshold only when rounded
  return (order, x, precise = false) => {
    const t = beta * x;
    if (Number.isNaN(x)) return deliver(x, 0, 0);
    if (beta > 0 ? x > edge : x < edge) return deliver(order === 0 ? x : order === 1 ? 1 : 0, 0, 0);
    if (t > LOGISTIC_MAX) return deliver(order === 0 ? x : order === 1 ? 1 : 0, 0, 0);
    if (t < -LOGISTIC_MAX) return deliver(order === 1 ? 0 : 0 * beta, 0, 0);
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

/** The last number left of the jump, where beta·x passes the threshold; undefined if the jump is too small to be seen. */
function jumpOf({ beta, threshold }: Values): number | undefined {
  if (!(threshold < LOGISTIC_MAX)) return undefined;
  const edge = threshold / beta;
  if (!Number.isFinite(edge)) return undefined;
  return beta > 0 ? edge : nextDown(edge);
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
    beta: nonZero(1, 'the sharpness of the bend; below 0 the function is mirrored at the origin'),
    threshold: extended(20, 'above it, as beta·x, the function is x; Infinity for the exact function'),
  },
  evaluator,
  shape: (p) => {
    const jump = jumpOf(p);
    const up = p.beta > 0;
    // Beyond the jump it is x.
    const zero = jump === undefined || (up ? jump >= 0 : jump < 0) ? [] : [0];
    return {
      kind: 'smooth',
      below: up ? ZERO : IDENTITY,
      above: up ? IDENTITY : ZERO,
      breaks: jump === undefined ? [] : [jump],
      zeros: [zero, []],
    };
  },
  facts: (p) => {
    const jump = jumpOf(p);
    const jumps = jump !== undefined;
    const up = p.beta > 0;
    // Where x begins, seen from the zero end of the function.
    const start = Math.min(0, p.threshold / Math.abs(p.beta));
    const [zero, line] = [
      { value: 0, slope: 0 },
      { value: up ? Infinity : -Infinity, slope: 1 },
    ];
    return {
      range: { low: up ? start : -Infinity, high: up ? Infinity : -start || 0, attains: [false, false] },
      zeros: start < 0 ? [[0, 0]] : [],
      stationary: [],
      minimum: null,
      monotone: jumps ? 'not monotone' : 'increasing',
      smoothness: jumps ? -1 : Infinity,
      kinks: jumps ? [jump] : [],
      convex: !jumps && up,
      lipschitz: jumps ? Infinity : 1,
      below: up ? zero : line,
      above: up ? line : zero,
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
