import { lo, mul } from '../../numerics/dd.js';
import { exponent } from '../../numerics/exp.js';
import { power, shiftOf } from '../../numerics/shift.js';
import { deliver } from './deliver.js';

export { deliver, gateLimit, unrounded } from './deliver.js';

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
