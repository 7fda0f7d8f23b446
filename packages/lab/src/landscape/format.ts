/** Numbers of a format, as JavaScript holds them: float16 in a Float32Array. */
export type Numbers = Float32Array | Float64Array;
export type Format = 'float64' | 'float32' | 'float16';

interface Parameters {
  /** Bits of the significand that are stored. */
  readonly bits: number;
  /** Exponent of the smallest normal number. */
  readonly least: number;
  readonly largest: number;
}

const FORMATS: Readonly<Record<Format, Parameters>> = {
  float64: { bits: 52, least: -1022, largest: Number.MAX_VALUE },
  float32: { bits: 23, least: -126, largest: 3.4028234663852886e38 },
  float16: { bits: 10, least: -14, largest: 65504 },
};

export const largestOf = (format: Format): number => FORMATS[format].largest;
export const smallestNormal = (format: Format): number => 2 ** FORMATS[format].least;

/** An array for `length` numbers of a format. */
export function numbers(format: Format, length: number): Numbers {
  return format === 'float64' ? new Float64Array(length) : new Float32Array(length);
}

export function numbersOf(format: Format, values: readonly number[]): Numbers {
  return format === 'float64' ? Float64Array.from(values) : Float32Array.from(values);
}

/** The unit in the last place of a format at y. */
export function unit(y: number, format: Format): number {
  const { bits, least } = FORMATS[format];
  const size = Math.abs(y);
  if (!(size >= 2 ** least)) return 2 ** (least - bits);
  const exponent = Math.floor(Math.log2(size));
  // Math.log2 may be off by one beside a power of two.
  return 2 ** (exponent + (size < 2 ** exponent ? -1 : size >= 2 ** (exponent + 1) ? 1 : 0) - bits);
}

/** The number of a format nearest to y, ties to even. */
export function rounded(y: number, format: Format): number {
  if (format === 'float64' || y === 0 || !Number.isFinite(y)) return y;
  if (format === 'float32') return Math.fround(y);
  const step = unit(y, format);
  const below = Math.floor(y / step);
  const excess = y / step - below;
  const up = excess > 0.5 || (excess === 0.5 && below % 2 !== 0);
  const result = (below + (up ? 1 : 0)) * step;
  if (Math.abs(result) > 65504) return Math.sign(y) * Infinity;
  return result === 0 ? Math.sign(y) * 0 : result;
}

/** The number next to x, away from 0; of the largest, itself. */
export function next(x: number, format: Format): number {
  const size = Math.abs(x);
  const step = unit(x, format);
  return size + step > FORMATS[format].largest ? x : (x < 0 || Object.is(x, -0) ? -1 : 1) * (size + step);
}
