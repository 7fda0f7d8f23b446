import { add, div, lo } from '../numerics/dd.js';
import { down, power } from '../numerics/shift.js';
import { exponentOf } from '../numerics/ulp.js';
import { deliver } from './formulas/result.js';
import type { Activation, Evaluate } from './model/activation.js';
import { line } from './model/shape.js';

/** x/(1 + |x|), 1/(1 + |x|)² and −2·sgn(x)/(1 + |x|)³. */
const evaluate: Evaluate = (order, x) => {
  if (Number.isNaN(x)) return deliver(x, 0, 0);
  if (Math.abs(x) === Infinity) return deliver(order === 0 ? Math.sign(x) : order === 1 ? 0 : x > 0 ? -0 : 0, 0, 0);
  if (order === 2 && x === 0) return deliver(0, 0, 0);
  if (order === 0 && Math.abs(x) < 2 ** -150) return deliver(x, 0, 0);
  const shift = Math.abs(x) > 1 ? exponentOf(x) : 0;
  const scaled = down(x, shift);
  const dh = add(power(-shift), 0, Math.abs(scaled), 0);
  const dl = lo[0];
  let h = div(order === 0 ? scaled : order === 1 ? 1 : -2 * Math.sign(x), 0, dh, dl);
  for (let k = 0; k < order; k++) h = div(h, lo[0], dh, dl);
  return deliver(h, lo[0], order === 0 ? 0 : -shift * (order + 1));
};

/** x/(1 + |x|). Its second derivative jumps at 0 from 2 to −2 and is 0 there. */
export const softsign: Activation = {
  name: 'softsign',
  layer: 'Softsign',
  aliases: [
    { name: 'softsign', source: 'Keras' },
    { name: 'softsign', source: 'TensorFlow' },
    { name: 'soft_sign', source: 'JAX' },
    { name: 'Softsign', source: 'ONNX' },
    { name: 'softsign', source: 'MLX' },
  ],
  formula: 'x/(1 + |x|)',
  parameters: {},
  evaluator: () => evaluate,
  shape: () => ({ kind: 'algebraic', below: line(-1, 0), above: line(1, 0), breaks: [0], zeros: [[0], []] }),
  facts: () => ({
    range: { low: -1, high: 1, attains: [false, false] },
    zeros: [[0, 0]],
    stationary: [],
    minimum: null,
    monotone: 'increasing',
    smoothness: 1,
    kinks: [0],
    convex: false,
    lipschitz: 1,
    below: { value: -1, slope: 0 },
    above: { value: 1, slope: 0 },
  }),
  origin: {
    year: 2009,
    paper: {
      title: 'Quadratic Features and Deep Architectures for Chunking',
      authors: 'Turian, Bergstra, Bengio',
      url: 'https://aclanthology.org/N09-2062/',
    },
    usedBy: ['Deep Voice 3'],
  },
};
