import * as dd from '../../numerics/dd.js';
import { down, power } from '../../numerics/shift.js';
import { exponentOf } from '../../numerics/ulp.js';

/** A double-double with an exponent of its own: (high + low)·2^exponent, so that nothing overflows or underflows on the way. */
export type Wide = readonly [high: number, low: number, exponent: number];

export const ZERO: Wide = [0, 0, 0];
export const ONE: Wide = [1, 0, 0];

/** The number that a `dd` function has just returned, times 2^exponent. */
export function wide(high: number, exponent = 0): Wide {
  const low = dd.lo[0];
  if (high === 0 || !Number.isFinite(high)) return [high, 0, 0];
  const size = exponentOf(high);
  if (Math.abs(size) < 300) return [high, low, exponent];
  return [down(high, size), down(low, size), exponent + size];
}

/** A float64. */
export function exact(x: number): Wide {
  dd.lo[0] = 0;
  return wide(x);
}

/** The float64 nearest to it, but for a second rounding of subnormal numbers. */
export function near([high, , exponent]: Wide): number {
  return exponent > 2000 ? high * Infinity : down(high, -Math.max(exponent, -4000));
}

const isNegative = ([high]: Wide): boolean => high < 0 || Object.is(high, -0);

/** a·b; 0·∞ is 0: a factor that has vanished stays so. */
export function mul(a: Wide, b: Wide): Wide {
  if (a[0] === 0 || b[0] === 0) return [isNegative(a) === isNegative(b) ? 0 : -0, 0, 0];
  if (!Number.isFinite(a[0] * b[0])) return [a[0] * b[0], 0, 0];
  return wide(dd.mul(a[0], a[1], b[0], b[1]), a[2] + b[2]);
}

/** a/b. */
export function div(a: Wide, b: Wide): Wide {
  if (a[0] === 0 || b[0] === 0 || !Number.isFinite(a[0] / b[0]) || !Number.isFinite(b[0])) return [a[0] / b[0], 0, 0];
  return wide(dd.div(a[0], a[1], b[0], b[1]), a[2] - b[2]);
}

/** a + b; of two zeros the sign of b: in x·g it is x·g' that vanishes last. */
export function add(a: Wide, b: Wide): Wide {
  if (a[0] === 0) return b;
  if (b[0] === 0) return a;
  if (!Number.isFinite(a[0] + b[0])) return [a[0] + b[0], 0, 0];
  const e = Math.max(a[2], b[2]);
  const [s, t] = [power(a[2] - e), power(b[2] - e)];
  return wide(dd.add(a[0] * s, a[1] * s, b[0] * t, b[1] * t), e);
}

/** −a. */
export const negative = (a: Wide): Wide => [-a[0], -a[1], a[2]];

/** a·2^n. */
export const shifted = (a: Wide, n: number): Wide => (a[0] === 0 ? a : [a[0], a[1], a[2] + n]);

/** √a. */
export function sqrt(a: Wide): Wide {
  if (!(a[0] > 0) || a[0] === Infinity) return [Math.sqrt(a[0]), 0, 0];
  const odd = a[2] & 1;
  return wide(dd.sqrt(a[0] * (1 + odd), a[1] * (1 + odd)), (a[2] - odd) / 2);
}
