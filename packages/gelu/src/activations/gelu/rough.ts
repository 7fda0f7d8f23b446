import { INV_SQRT_2PI } from '../../numerics/mills.js';
import type { Approximate } from './approximate.js';
import { type Gate, SIGMOID_GATE, TANH_GATE } from './gate-form.js';

/** Below, Φ comes from a series, above, from a continued fraction. */
const SERIES_END = 2.5;
/** A derivative that is so much smaller than its addends has lost too many digits. */
const CANCELLED = 1 / 16;

/**
 * A form with mean 0 and std 1, or its derivative (order 1), to 2⁻⁴⁰ on [−66, 13], in plain float64 and without tables:
 * what a program's first results need. NaN where the derivative nearly cancels. Math.exp may be off by 2⁻⁴³.
 */
export function roughFunction(approximate: Approximate, order: 0 | 1): (x: number) => number {
  if (approximate === 'none') return (x) => normal(x, order);
  const gate = approximate === 'tanh' ? TANH_GATE : SIGMOID_GATE;
  return (x) => gated(x, gate, order);
}

/** x·Φ(x), or Φ(x) + x·φ(x). */
function normal(x: number, order: 0 | 1): number {
  const t = Math.abs(x);
  const density = INV_SQRT_2PI * Math.exp((-t * t) / 2);
  const tail = density * (t < SERIES_END ? 0.5 / density - series(t) : 1 / fraction(t));
  const p = x < 0 ? tail : 1 - tail;
  if (order === 0) return x * p;
  const slope = p + x * density;
  return Math.abs(slope) < CANCELLED * p ? Number.NaN : slope;
}

/** (Φ(t) − ½)/φ(t) = t + t³/3 + t⁵/(3·5) + … */
function series(t: number): number {
  let sum = 0;
  for (let term = t, k = 3; sum + term !== sum; k += 2) {
    sum += term;
    term *= (t * t) / k;
  }
  return sum;
}

/** t + 1/(t + 2/(t + …)), which is φ(t)/(1 − Φ(t)). */
function fraction(t: number): number {
  let h = t;
  for (let k = Math.ceil(8 + 260 / (t * t)); k >= 1; k--) h = t + k / h;
  return h;
}

/** x·σ(v), v = x·(a + b·x²), or σ(v)·(1 + x·v'·σ(−v)). */
function gated(x: number, { a, b }: Gate, order: 0 | 1): number {
  const square = x * x;
  const e = Math.exp(-Math.abs(x) * (a + b * square));
  const [s, r] = x < 0 ? [e / (1 + e), 1 / (1 + e)] : [1 / (1 + e), e / (1 + e)];
  if (order === 0) return x * s;
  const factor = 1 + x * (a + 3 * b * square) * r;
  return Math.abs(factor) < CANCELLED ? Number.NaN : s * factor;
}
