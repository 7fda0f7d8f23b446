import type { AlgebraicShape, Line, SmoothShape } from '../../activations/model/shape.js';
import { interpolate } from '../../numerics/interpolate.js';
import { exponentOf } from '../../numerics/ulp.js';
import { type CurveEnds, curveEnds, INVISIBLE, type Scalar } from './ends.js';
import { changesSign, type FarEnds, lineRow, type Side, STATIONARY_POINTS, signOf } from './fit.js';
import { evaluateSlope, type Pair } from './table.js';

/** What the derivative of a row's polynomial may be off, in units in the last place of float32. */
const TOLERANCE_OF_SLOPE = 1;

/** The ends of the curve of a function or of its derivative, whichever goes further, if both are results. */
function pairEnds(f: Scalar, slope: Scalar, shape: SmoothShape | AlgebraicShape): CurveEnds {
  const ends = curveEnds(f, shape, 0);
  const { from, to } = curveEnds(slope, shape, 1, INVISIBLE);
  return { ...ends, from: Math.min(ends.from, from), to: Math.max(ends.to, to) };
}

/** The row for [from, to] whose derivative has `slope`(zero), which is 0 but for rounding, for its first coefficient. */
function fitStationary(f: Scalar, slope: Scalar, zero: number, from: number, to: number): number[] {
  const half = to / 2 - from / 2;
  const c1 = slope(zero);
  const d = STATIONARY_POINTS.map((p) => from - zero + half + p * half);
  const y = d.map((v) => (slope(zero + v) - c1) / v);
  interpolate(d, y);
  return [zero, f(zero), c1, ...y.map((c, k) => c / (k + 2))];
}

/** The row of a line for a pair: its derivative, too, has the signs that it should have. Undefined where one row cannot do both. */
function pairLineRow(line: Line, f: FarEnds, slope: FarEnds, side: Side): number[] | undefined {
  const row = lineRow(line, f, side);
  if (line.slope !== 0 || line.curvature) return row;
  const sign = signOf(f.finite);
  if (line.intercept === 0 && (sign !== signOf(f.infinite) || changesSign(f))) return undefined;
  // The last two decide the derivative's sign, the last one at infinity, and are too small to be seen in the function.
  return [
    0,
    line.intercept || sign * 2 ** -160,
    signOf(slope.finite) * 2 ** -700,
    side * signOf(slope.infinite) * 2 ** -1000,
    0,
    0,
  ];
}

function isGoodSlope(slope: Scalar, row: number, data: Float64Array, x: number): boolean {
  const expected = slope(x);
  const unit = 2 ** (exponentOf(Math.max(Math.abs(expected), 2 ** -126)) - 23);
  return Math.abs(evaluateSlope(data, row, x) - expected) <= TOLERANCE_OF_SLOPE * unit;
}

/** Rows that give a function and its derivative. */
export const PAIR: Pair = { ends: pairEnds, line: pairLineRow, stationary: fitStationary, isGood: isGoodSlope };
