import { add, div, lo, mul, sqrt, twoProduct } from '../numerics/dd.js';
import { down, power } from '../numerics/shift.js';
import { exponentOf } from '../numerics/ulp.js';
import { deliver } from './formulas/result.js';
import type { Activation, Evaluate } from './model/activation.js';
import { positive } from './model/parameters.js';
import { IDENTITY, ZERO } from './model/shape.js';

interface Values {
  readonly [name: string]: number;
  readonly b: number;
}

/**
 * (x + r)/2, r = √(x² + b), and its derivatives (1 + x/r)/2 and b/(2r³). Below 0, where the sums would cancel, x + r is
 * b/(r − x). x and b are scaled so that r is near 1, b's mantissa apart from its exponent.
 */
function evaluator({ b }: Values): Evaluate {
  // b = mantissa·4^bottom with the mantissa in [1, 4)
  const bottom = exponentOf(b) >> 1;
  const mantissa = down(b, 2 * bottom);
  return (order, x) => {
    if (Number.isNaN(x)) return deliver(x, 0, 0);
    if (Math.abs(x) === Infinity) return deliver(order === 2 || x < 0 ? 0 : order === 0 ? x : 1, 0, 0);
    const e = x === 0 ? bottom : Math.max(bottom, exponentOf(x));
    const t = down(x, e);
    const under = 2 * (bottom - e); // b in units of 4^e is mantissa·2^under
    let h = twoProduct(t, t);
    h = add(h, lo[0], mantissa * power(under), 0);
    const rh = sqrt(h, lo[0]);
    const rl = lo[0];
    if (order === 2) {
      h = div(mantissa / 2, 0, rh, rl);
      h = div(h, lo[0], rh, rl);
      h = div(h, lo[0], rh, rl);
      return deliver(h, lo[0], under - e);
    }
    h = add(rh, rl, Math.abs(t), 0);
    if (x < 0) h = div(mantissa / 2, 0, h, lo[0]);
    else h = mul(h, lo[0], 0.5, 0);
    const scale = x < 0 ? under : 0;
    if (order === 0) return deliver(h, lo[0], scale + e);
    h = div(h, lo[0], rh, rl);
    return deliver(h, lo[0], scale);
  };
}

/** (x + √(x² + b))/2. */
export const squareplus: Activation<Values> = {
  name: 'squareplus',
  layer: 'Squareplus',
  aliases: [
    { name: 'squareplus', source: 'Keras' },
    { name: 'squareplus', source: 'JAX' },
  ],
  formula: '(x + √(x² + b))/2',
  parameters: { b: positive(4, 'the size of the bend: the value at 0 is ½·√b') },
  evaluator,
  shape: () => ({ kind: 'algebraic', below: ZERO, above: IDENTITY, breaks: [], zeros: [[], []] }),
  facts: () => ({
    range: { low: 0, high: Infinity, attains: [false, false] },
    zeros: [],
    stationary: [],
    minimum: null,
    monotone: 'increasing',
    smoothness: Infinity,
    kinks: [],
    convex: true,
    lipschitz: 1,
    below: { value: 0, slope: 0 },
    above: { value: Infinity, slope: 1 },
  }),
  origin: {
    year: 2021,
    paper: {
      title: 'Squareplus: A Softplus-Like Algebraic Rectifier',
      authors: 'Barron',
      url: 'https://arxiv.org/abs/2112.11687',
    },
    usedBy: [],
  },
};
