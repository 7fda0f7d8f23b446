import { lo, mul } from '../numerics/dd.js';
import { exponent } from '../numerics/exp.js';
import { power, shiftOf } from '../numerics/shift.js';
import { deliver } from './gelu/result.js';

export { deliver, unrounded } from './gelu/result.js';

/** Delivers (high + lo[0])·2^exponent[0]: what the building blocks return. */
export function deliverScaled(high: number): number {
  return deliver(high, lo[0], exponent[0]);
}

/** Delivers factor·x·(high + low)·2^e, where x may be of any size. */
export function deliverProduct(high: number, low: number, e: number, x: number): number {
  const shift = shiftOf(x);
  const h = mul(high, low, x * power(-shift), 0);
  return deliver(h, lo[0], e + shift);
}

/** The limits of x·gate(x), a gate from 0 to 1, with the sign from which they are reached. */
export function gateLimit(order: 0 | 1 | 2, x: number, gate: number): number {
  if (Number.isNaN(gate)) return deliver(Number.NaN, 0, 0);
  if (order === 0) return deliver(gate > 0 ? x : x > 0 ? 0 : -0, 0, 0);
  if (order === 1) return deliver(gate > 0 ? 1 : x === -Infinity ? 0 : -0, 0, 0);
  return deliver(Math.abs(x) === Infinity ? 0 : -0, 0, 0);
}
