import { add, div, lo, mul } from '../numerics/dd.js';
import { down, power } from '../numerics/shift.js';
import { exponentOf } from '../numerics/ulp.js';
import { onFirstUse } from '../shared/cache.js';
import { deliver, unrounded } from './formulas/result.js';
import type { Activation, Evaluate } from './model/activation.js';
import { line } from './model/shape.js';
import { tanh } from './tanh.js';

const TERMS = 16;
const hyperbolic = /* @__PURE__ */ tanh.evaluator({});

/** The series 1 − tanh(x)/x = −Σ aₖ·x^(2k), k ≥ 1, as pairs; from tanh' = 1 − tanh²: (2k + 1)·aₖ = −Σ aᵢ·aⱼ, i + j = k − 1. */
const series = onFirstUse((): Float64Array => {
  const a = new Float64Array(2 * TERMS);
  a[0] = 1;
  for (let k = 1; k < TERMS; k++) {
    let sum = 0;
    let low = 0;
    for (let i = 0; i < k; i++) {
      const j = k - 1 - i;
      const p = mul(a[2 * i], a[2 * i + 1], a[2 * j], a[2 * j + 1]);
      sum = add(sum, low, p, lo[0]);
      low = lo[0];
    }
    a[2 * k] = div(-sum, -low, 2 * k + 1, 0);
    a[2 * k + 1] = lo[0];
  }
  return a;
});

/** x − tanh x, tanh²x and 2·tanh x·(1 − tanh²x); for small x, where the first would cancel, by its series. */
const evaluate: Evaluate = (order, x, precise = false) => {
  if (Number.isNaN(x)) return deliver(x, 0, 0);
  const size = Math.abs(x);
  if (order === 0 && size > 2 ** 60) return deliver(x, size === Infinity ? 0 : -Math.sign(x), 0);
  if (order === 0 && size < 1 / 8) {
    if (x === 0) return deliver(x, 0, 0);
    const e = exponentOf(x);
    const t = down(x, e);
    const s = power(2 * e);
    const th = mul(t, 0, t, 0);
    const tl = lo[0];
    const a = series();
    let h = 0;
    let l = 0;
    for (let k = TERMS - 1; k >= 1; k--) {
      h = mul(h, l, th * s, tl * s);
      h = add(h, lo[0], -a[2 * k], -a[2 * k + 1]);
      l = lo[0];
    }
    h = mul(h, l, th, tl);
    h = mul(h, lo[0], t, 0);
    return deliver(h, lo[0], 3 * e);
  }
  if (order > 0 && size > 600) return deliver(order === 1 ? 1 : x > 0 ? 0 : -0, 0, 0);
  hyperbolic(0, x, order === 0 || precise);
  const [h, l, e] = unrounded;
  if (order === 0) {
    const s = power(e);
    const y = add(x, 0, -h * s, -l * s);
    return deliver(y, lo[0], 0);
  }
  // Small numbers keep their exponents apart.
  const own = x === 0 ? 0 : exponentOf(h);
  const [th, tl] = [down(h, own), down(l, own)];
  let y = mul(th, tl, th, tl);
  if (order === 1) return deliver(y, lo[0], 2 * (e + own));
  hyperbolic(1, x, precise); // 1 − tanh²
  y = mul(2 * unrounded[0], 2 * unrounded[1], th, tl);
  return deliver(y, lo[0], unrounded[2] + e + own);
};

/** x − tanh x: almost nothing near 0, x ∓ 1 far away. */
export const tanhshrink: Activation = {
  name: 'tanhshrink',
  layer: 'Tanhshrink',
  aliases: [{ name: 'tanh_shrink', source: 'Keras' }],
  formula: 'x − tanh(x)',
  parameters: {},
  evaluator: () => evaluate,
  shape: () => ({ kind: 'algebraic', below: line(1, 1), above: line(-1, 1), breaks: [], centre: 0, zeros: [[0], [0]] }),
  facts: () => ({
    range: { low: -Infinity, high: Infinity, attains: [false, false] },
    zeros: [[0, 0]],
    stationary: [],
    minimum: null,
    monotone: 'increasing',
    smoothness: Infinity,
    kinks: [],
    convex: false,
    lipschitz: 1,
    below: { value: -Infinity, slope: 1 },
    above: { value: Infinity, slope: 1 },
  }),
};
