import { scale } from '../../numerics/scale.js';

/** The last result before its rounding: (high + low)·2^exponent, for those who need more than a float64. */
export const unrounded: Float64Array = new Float64Array(3);

/** Leaves (high + low)·2^exponent in `unrounded` and returns it rounded; high must be high + low rounded. */
export function deliver(high: number, low: number, exponent: number): number {
  unrounded[0] = high;
  unrounded[1] = low;
  unrounded[2] = exponent;
  return exponent === 0 ? high : scale(high, exponent);
}

/** 2^n, or 0 where that is below all normal numbers: for terms that are added to 1. */
export function factor(n: number): number {
  return n < -1022 ? 0 : scale(1, n);
}
