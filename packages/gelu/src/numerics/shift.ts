import { lo, twoProduct } from './dd.js';
import { scale } from './scale.js';

/**
 * The power of two to take out of x before double-double products, whose low words would underflow or whose splitting
 * would overflow: x·2^(−shift) is harmless.
 */
export function shiftOf(x: number): -600 | 0 | 600 {
  const size = Math.abs(x);
  return size < 2 ** -400 ? -600 : size > 2 ** 400 ? 600 : 0;
}

/** 2^n, or 0 where that is below all normal numbers: for terms that are added to something near 1. */
export function power(n: number): number {
  return n < -1022 ? 0 : scale(1, n);
}

/** a·b as a double-double, for any a and b whose product is in the normal range or negligible beside 1. */
export function product(a: number, b: number): number {
  const sa = shiftOf(a);
  const sb = shiftOf(b);
  if (sa + sb === 0 && sa === 0) return twoProduct(a, b);
  const h = twoProduct(a * power(-sa), b * power(-sb));
  const l = scale(lo[0], sa + sb);
  lo[0] = l;
  return scale(h, sa + sb);
}

/** x·2^(−n), |n| ≤ 2044. */
export function down(x: number, n: number): number {
  return scale(x, -n);
}
