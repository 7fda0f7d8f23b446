import { scale } from '../../numerics/scale.js';
import { describe, GeluRangeError, GeluTypeError } from '../../shared/errors.js';
import { unrounded } from '../formulas/deliver.js';
import type { Order } from '../model/order.js';
import { APPROXIMATE, type Approximate } from './approximate.js';
import { evaluate } from './forms.js';

/**
 * GELU (order 0) or its first or second derivative at x as a double-double: out[0] = the value rounded to float64,
 * out[1] = what that leaves out. Relative error below 2⁻⁹⁰; where a derivative crosses zero, relative to the larger of
 * its addends. Checked against 300-bit references.
 *
 * If `out` has three elements the value is (out[0] + out[1])·2^out[2], which also holds results below the smallest
 * normal float64 in full; with two elements such results are rounded to float64.
 *
 * @throws GeluTypeError, GeluRangeError for arguments that are none of these.
 *
 * @example
 * const out = new Float64Array(2);
 * preciseGelu('none', 0, 1, out);
 * out; // Float64Array [0.8413447460685429, 2.2808720325450277e-17]
 */
export function preciseGelu(
  approximate: Approximate,
  order: Order,
  x: number,
  out: Float64Array,
  mean = 0,
  std = 1,
): void {
  for (const [name, value] of Object.entries({ x, mean, std }))
    if (typeof value !== 'number') throw new GeluTypeError(name, 'a number', describe(value));
  if (!APPROXIMATE.includes(approximate))
    throw new GeluRangeError('approximate', `one of ${APPROXIMATE.join(', ')}`, describe(approximate));
  if (order !== 0 && order !== 1 && order !== 2) throw new GeluRangeError('order', '0, 1 or 2', describe(order));
  if (!isFloat64Array(out) || out.length < 2)
    throw new GeluTypeError('out', 'a Float64Array of two or three elements', describe(out));
  evaluate({ approximate, mean, std }, order, x, true);
  const [high, low, exponent] = unrounded;
  if (out.length >= 3) {
    out[0] = high;
    out[1] = low;
    out[2] = exponent;
  } else {
    out[0] = scale(high, exponent);
    out[1] = scale(low, exponent);
  }
}

/** Also of what throws when it is asked. */
function isFloat64Array(value: unknown): boolean {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Float64Array]';
}
