import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';

/** The binary floating-point formats whose errors are measured here. */
export type FloatType = 'float64' | 'float32';

const view = new DataView(new ArrayBuffer(8));

/**
 * floor(log2 |x|) for finite non-zero x. @throws GeluTypeError if x is no number.
 *
 * @example
 * exponentOf(10); // 3
 */
export function exponentOf(x: number): number {
  requireNumber('x', x);
  view.setFloat64(0, x);
  const high = view.getUint32(0) & 0x7fffffff;
  if (high >= 1 << 20) return (high >>> 20) - 1023;
  // By its bits: the thread may flush subnormal numbers.
  return high !== 0 ? -1011 - Math.clz32(high) : -1043 - Math.clz32(view.getUint32(4));
}

/** The largest float64 below x. */
export function nextDown(x: number): number {
  if (x === 0) return -Number.MIN_VALUE;
  if (Number.isNaN(x) || x === -Infinity) return x;
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + (x > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

/**
 * The spacing of `type` in the binade of x: the unit in the last place. At and below the subnormals, their spacing.
 *
 * @example
 * ulp(1); // 2.220446049250313e-16
 * ulp(1, 'float32'); // 1.1920928955078125e-7
 */
export function ulp(x: number, type: FloatType = 'float64'): number {
  if (type !== 'float32' && type !== 'float64')
    throw new GeluRangeError('type', "'float64' or 'float32'", describe(type));
  const [precision, least] = type === 'float32' ? [23, -149] : [52, -1074];
  if (x === 0) return 2 ** least;
  return 2 ** Math.max(exponentOf(x) - precision, least);
}

/**
 * |actual − (high + low)| in units in the last place of `type` at the exact value high + low. Correct rounding gives at
 * most ½. Equal infinities and two NaNs count as 0; NaN or an infinity where a finite value is due as ∞.
 *
 * @example
 * ulpError(1 + 2 ** -52, 1, 2 ** -54); // 0.75
 * ulpError(Math.fround(0.1), 0.1, 0, 'float32') <= 0.5; // true
 */
export function ulpError(actual: number, high: number, low: number, type: FloatType = 'float64'): number {
  requireNumber('actual', actual);
  requireNumber('high', high);
  requireNumber('low', low);
  if (Object.is(actual, high)) return Math.abs(low) / ulp(high, type);
  if (Number.isNaN(actual) || Number.isNaN(high)) return Infinity;
  const difference = Math.abs(actual - high - low);
  // A quotient of two tiny numbers: both are scaled up, so that neither is lost.
  return (difference * 2 ** 60) / (ulp(high, type) * 2 ** 60);
}

function requireNumber(name: string, x: unknown): void {
  if (typeof x !== 'number') throw new GeluTypeError(name, 'a number', describe(x));
}
