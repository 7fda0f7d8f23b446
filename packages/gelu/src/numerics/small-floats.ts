/** A binary format of 16 bits: sign, exponent, significand, with subnormals, infinities and NaNs as in IEEE 754. */
export interface SmallFloat {
  /** Bits of the significand, the leading one that is not stored included. */
  readonly precision: number;
  /** Exponent of the smallest normal number. */
  readonly minExponent: number;
}

/** IEEE 754 binary16. */
export const FLOAT16: SmallFloat = { precision: 11, minExponent: -14 };

/** bfloat16: the upper half of a float32. */
export const BFLOAT16: SmallFloat = { precision: 8, minExponent: -126 };

/** The number that 16 bits stand for. */
export function decode(bits: number, { precision, minExponent }: SmallFloat): number {
  const fractionBits = precision - 1;
  const leading = 1 << fractionBits;
  const infinity = 0x8000 - leading;
  const size = bits & 0x7fff;
  // Subnormal numbers have the exponent of the smallest normal ones, without the leading bit.
  const exponent = Math.max(size >> fractionBits, 1) - 1;
  const magnitude = (size - exponent * leading) * 2 ** (exponent + minExponent - fractionBits);
  const value = size < infinity ? magnitude : size === infinity ? Infinity : Number.NaN;
  return bits & 0x8000 ? -value : value;
}

/**
 * The 16 bits nearest to x + rest, ties to even, in one rounding; |rest| is at most ½ ulp of x and matters only if x
 * lies in the middle of two neighbours.
 */
export function encode(x: number, format: SmallFloat, rest = 0): number {
  const { precision, minExponent } = format;
  const fractionBits = precision - 1;
  const leading = 1 << fractionBits;
  const infinity = 0x8000 - leading;
  if (Number.isNaN(x)) return infinity + leading / 2;
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(x);
  // The exponent of magnitude, at least the smallest; Math.log2 may be off by one just below a power of two.
  let exponent = Math.max(Math.floor(Math.log2(magnitude)), minExponent);
  if (magnitude < 2 ** exponent && exponent > minExponent) exponent--;
  if (exponent > -minExponent + 1) return sign | infinity;
  const units = magnitude * 2 ** (fractionBits - exponent); // exact
  let n = Math.floor(units);
  const excess = units - n;
  const outward = sign ? -rest : rest;
  if (excess > 0.5 || (excess === 0.5 && (outward > 0 || (outward === 0 && n % 2 === 1)))) n++;
  // n may have reached 2^precision: adding carries into the exponent, and beyond the largest into the infinity.
  return sign | Math.min((exponent - minExponent) * leading + n, infinity);
}
