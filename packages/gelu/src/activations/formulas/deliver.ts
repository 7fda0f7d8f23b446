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

/**
 * The limits of x·gate(x), a gate from 0 to 1, with the sign from which they are reached; of other derivatives than these 0. Far below, the
 * first derivative is negative where `bend` is above 1, the second one on both sides where it is above 2: w·z for gates of
 * z = (x − location)/scale, w = x/scale.
 */
export function gateLimit(order: number, x: number, gate: number, bend: number = 3): number {
  const isMinus = order === 0 ? x < 0 : order < 3 && bend > order && x - x === 0;
  const y = Number.isNaN(gate) ? gate : order < 2 && gate > 0 ? (order === 0 ? x : 1) : isMinus ? -0 : 0;
  return deliver(y, 0, 0);
}
