import type { Line } from '../../activations/model/shape.js';
import { interpolate } from '../../numerics/interpolate.js';
import type { Scalar } from './ends.js';

/** float64 words in a row: x0, c0, c1, c2, c3, c4. */
export const ROW = 6;

// Chebyshev's points of order 5, of order 4 and of order 3.
const POINTS = [-0.9510565162951535, -0.5877852522924731, 0, 0.5877852522924731, 0.9510565162951535];
const ZERO_POINTS = [-0.9238795325112867, -0.3826834323650898, 0.3826834323650898, 0.9238795325112867];

export const STATIONARY_POINTS: readonly number[] = [-0.8660254037844386, 0.02, 0.8660254037844386];

/** The row for [from, to]: f interpolated at Chebyshev's points. */
export function fitRow(f: Scalar, from: number, to: number): number[] {
  const half = to / 2 - from / 2;
  const middle = from + half;
  const near = Math.fround(middle);
  const x0 = Math.abs(near) === Infinity ? middle : near;
  const x = POINTS.map((p) => middle + p * half);
  const y = x.map(f);
  interpolate(
    x.map((v) => v - x0),
    y,
  );
  return [x0, ...y];
}

/**
 * The row for [from, to] that has f(zero), which is 0 but for rounding, for c0, so that what is small beside it has a small error.
 * `slope` is f' there; where the interpolation agrees it is taken, as the exact one. A zero of several times, where f is
 * like the power d^m, has zeros for the coefficients before.
 */
export function fitZero(f: Scalar, slope: Scalar, zero: number, from: number, to: number): number[] {
  const half = to / 2 - from / 2;
  const c0 = f(zero);
  const times = c0 === 0 && slope(zero) === 0 ? multiplicity(f, zero, to > zero ? to : from) : 1;
  if (times > 1) {
    const points = times === 2 ? STATIONARY_POINTS : [-Math.SQRT1_2, Math.SQRT1_2];
    const d = points.map((p) => from - zero + half + p * half);
    const y = d.map((v) => f(zero + v) / v ** times);
    interpolate(d, y);
    return [zero, zero === 0 ? signOfZero(f) : c0, ...new Array<number>(times - 1).fill(0), ...y];
  }
  const d = ZERO_POINTS.map((p) => {
    const offset = from - zero + half + p * half;
    return Math.abs(offset) < 0.05 * half ? 0.05 * half : offset;
  });
  const y = d.map((v) => (f(zero + v) - c0) / v);
  interpolate(d, y);
  const exact = slope(zero);
  if (Math.abs(exact - y[0]) <= 1e-8 * Math.abs(exact)) y[0] = exact;
  return [zero, zero === 0 ? signOfZero(f) : c0, ...y];
}

/** −0 + d·c1 has the sign of d·c1, as most functions have at ±0; those that have one zero for both keep that. */
function signOfZero(f: Scalar): number {
  return Object.is(f(0), f(-0)) ? f(0) : -0;
}

/** How many times f has its zero, at most 3, seen between it and `end`. */
function multiplicity(f: Scalar, zero: number, end: number): number {
  const step = (end - zero) / 64;
  return Math.min(Math.max(Math.round(Math.log2(Math.abs(f(zero + 2 * step) / f(zero + step)))), 1), 3);
}

/** As what the kernels take ±∞, so that no row gives NaN; in float32 it is ∞ again, also times a slope. */
export const LIMIT: number = 2 ** 400;

/** A function far away, where it is a line, and at infinity, where zeros may have another sign. */
export interface FarEnds {
  readonly finite: number;
  readonly infinite: number;
  /** On the other side of 0, if the line goes on there and all is 0. */
  readonly near?: number;
}

export type Side = -1 | 1;

/** Whether zeros on both sides of 0 have different signs. */
export const changesSign = (f: FarEnds): f is Required<FarEnds> =>
  f.near !== undefined && signOf(f.near) !== signOf(f.finite);

export const signOf = (zero: number): Side => (Object.is(zero, -0) || zero < 0 ? -1 : 1);

/** The row of a line. A line of zeros has the signs of f: its numbers are below all that float32, and a product with it, can show. */
export function lineRow({ intercept, slope, curvature = 0 }: Line, f: FarEnds, side: Side): number[] {
  if (intercept !== 0 || slope !== 0 || curvature !== 0)
    return [0, intercept === 0 ? -0 : intercept, slope, curvature, 0, 0];
  // Beyond a distant centre it has x's sign.
  if (changesSign(f)) return [0, -0, -side * signOf(f.near) * 2 ** -800, 0, 0, 0];
  // The second term is smaller than the first but at infinity.
  return [0, signOf(f.finite) * 2 ** -600, side * signOf(f.infinite) * 2 ** -800, 0, 0, 0];
}
