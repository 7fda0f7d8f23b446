import { rootBetween } from '../../activations/formulas/bisect.js';
import type { Bound } from '../../activations/model/activation.js';
import type { Order } from '../../activations/model/order.js';
import type { AlgebraicShape, Line, SmoothShape } from '../../activations/model/shape.js';
import { floatBelow, floatOfRank, rankOf } from '../../numerics/float32.js';
import { exponentOf } from '../../numerics/ulp.js';
import { type CurveEnds, curveEnds, limited, type Scalar } from './ends.js';
import { type FarEnds, fitRow, fitZero, LIMIT, lineRow, ROW, type Side } from './fit.js';
import type { RowMap } from './map.js';

/** Rows that hold a function for the kernel of assembly/table.ts. */
export interface FamilyTable {
  readonly map: RowMap;
  /** All rows; those not yet fitted have NaN for x0. */
  readonly data: Float64Array;
  /** Fits one row, if that has not been done; false if it is not as near to the function as it must be. */
  fit(row: number): boolean;
  /** Fits the rest; false if one of them is not as near to the function as it must be. */
  complete(): boolean;
}

/** A function (order 0) or a derivative, with what its rows depend on. */
export interface Curve {
  readonly f: Scalar;
  /** Its derivative; NaN where that is not known. */
  readonly slope: Scalar;
  readonly order: Order;
  readonly ends: CurveEnds;
  readonly zeros: readonly number[];
  /** The last float32 left of each break. */
  readonly breaks: readonly number[];
  /** What its rows need to give the derivative too, and the derivative's zeros, if they shall. */
  readonly pair: Pair | undefined;
  readonly stationary: readonly number[];
  /** Whether every row of a map is tried before it is taken. */
  readonly all: boolean;
}

export const MOST_ROWS = 65536;
/** Curves that are larger, or smaller than the inverse, are left to the definition: their row numbers are beyond float32. */
export const MOST_SIZE: number = 2 ** 100;
/** What a row may be off, in units in the last place of float32; beside a zero the second: there c0 is spent on it. */
const TOLERANCE = 2 ** -7;
const TOLERANCE_AT_ZERO = 2 ** -5;
const LEAST = 2 ** -149;
/** Where in a row that is looked at, besides the points that it goes through. */
const PROBES = [0.0001, 0.03, 0.3, 0.65, 0.95, 0.9999];

/** What rows need whose derivatives shall be the derivative of the function: see pair.ts. */
export interface Pair {
  ends(f: Scalar, slope: Scalar, shape: SmoothShape | AlgebraicShape): CurveEnds;
  line(line: Line, f: FarEnds, slope: FarEnds, side: Side): number[] | undefined;
  stationary(f: Scalar, slope: Scalar, zero: number, from: number, to: number): number[];
  isGood(slope: Scalar, row: number, data: Float64Array, x: number): boolean;
}

/** What a table is wanted for. */
export interface Wanted {
  /** Whether all rows of a map are tried, or a sample, and the others are fitted when they are needed. */
  readonly thorough?: boolean;
  readonly pair?: Pair | undefined;
  /** Where a second derivative ends, which takes more than looking at its lines: `secondEnds`. */
  readonly secondEnds?: ((f: Scalar, first: Scalar, shape: SmoothShape | AlgebraicShape) => CurveEnds) | undefined;
}

/** The function (order 0) or derivative that rows are fitted to. All rows are tried, too, if a user defined it. */
export function curveOf(
  bound: Bound,
  shape: SmoothShape | AlgebraicShape,
  order: Order,
  { thorough = false, pair, secondEnds }: Wanted = {},
): Curve {
  // Where the second derivative jumps, that of the left side.
  const f: Scalar = (x) => limited(bound.evaluate(order, order === 2 && shape.breaks.includes(x) ? previous(x) : x));
  const slope: Scalar = (x) => (order === 2 ? Number.NaN : limited(bound.evaluate(order === 0 ? 1 : 2, x)));
  const first: Scalar = (x) => limited(bound.evaluate(1, x));
  const ends =
    pair?.ends(f, slope, shape) ??
    (order === 2 ? secondEnds?.(f, first, shape) : undefined) ??
    curveEnds(f, shape, order);
  const reach = ends.to - ends.from;
  const breaks = shape.breaks.filter((x) => x >= ends.from - reach && x <= ends.to + reach).map(floatBelow);
  const all = thorough || (shape.kind === 'smooth' && shape.domain !== undefined);
  const zeros = order === 2 ? [] : shape.zeros[order];
  return { f, slope, order, ends, zeros, breaks, pair, stationary: shape.zeros[1], all };
}

/** The float32 after x, and the one before it. */
export const next = (x: number): number => floatOfRank(rankOf(x) + 1);
export const previous = (x: number): number => floatOfRank(rankOf(x) - 1);

/** The table with that map, or the first row found that is not as near to the function as it must be. */
export function attempt(curve: Curve, map: RowMap): FamilyTable | number {
  const data = new Float64Array(map.rows * ROW).fill(Number.NaN);
  const fill = (row: number, slack: number): boolean =>
    row === map.below || row === map.above
      ? fillLine(curve, map, row, data)
      : fillRow(curve, map, row, data, slack * TOLERANCE, slack * TOLERANCE_AT_ZERO);
  const fit = (row: number, slack: number): boolean => {
    if (!Number.isNaN(data[row * ROW])) return true;
    if (fill(row, slack)) return true;
    data[row * ROW] = Number.NaN; // or it would pass for a good one
    return false;
  };
  for (const row of inspectionOrder(curve, map)) if (!fit(row, 1)) return row;
  // What holds for a sample holds for the others with some allowance.
  const fitOther = (row: number): boolean => fit(row, 2);
  const complete = (): boolean => {
    for (let row = 0; row < map.rows; row++) if (!fitOther(row)) return false;
    return true;
  };
  return { map, data, fit: fitOther, complete };
}

/** The rows to try: where it is most likely to fail, a sample, and all others if these are wanted. */
function* inspectionOrder({ zeros, breaks, ends, all }: Curve, { rows, locate }: RowMap): Generator<number> {
  for (const x of [...zeros, ...breaks, ends.from, ends.to]) {
    const row = locate(Math.fround(x));
    for (let k = Math.max(row - 2, 0); k <= Math.min(row + 2, rows - 1); k++) yield k;
  }
  const stride = Math.max(1, rows >> 6);
  for (let start = 0; start < (all ? stride : 1); start++) for (let row = start; row < rows; row += stride) yield row;
}

function fillLine(curve: Curve, map: RowMap, row: number, data: Float64Array): boolean {
  const { f, slope, ends, pair } = curve;
  const side = row === map.above ? 1 : -1;
  const line = side === 1 ? ends.above : ends.below;
  const beyond = curve.order === 0 && (side === 1 ? ends.to < -LEAST : ends.from > LEAST);
  const at = (g: Scalar): FarEnds => ({
    finite: g(side * 3e38),
    infinite: g(side * Infinity),
    ...(beyond && { near: g(-side * LEAST) }),
  });
  const fitted = pair ? pair.line(line, at(f), at(slope), side) : lineRow(line, at(f), side);
  if (!fitted) return false;
  data.set(fitted, row * ROW);
  // An intercept beyond all numbers of float32 would outweigh ∞, which rows take for LIMIT.
  const [y, end] = [evaluateRow(data, row, side * Infinity), at(f).infinite];
  return Math.abs(end) < LIMIT || Math.sign(y) === Math.sign(end);
}

function fillRow(
  curve: Curve,
  map: RowMap,
  row: number,
  data: Float64Array,
  tolerance: number,
  atZero: number,
): boolean {
  const { f, slope, zeros, breaks, ends } = curve;
  const [first, last] = map.interval(row);
  const width = last - first;
  // Beyond its ends the curve is another: there a row is fitted to what there is, or to what is beside it if that is little.
  const low = Math.max(first, ends.from);
  const high = Math.min(last, ends.to);
  const from = high < last ? Math.min(low, high - width / 2) : low;
  const to = low > first ? Math.max(high, low + width / 2) : high;
  // A row beside that of a zero still has small values.
  const zero =
    zeros.find((x) => x >= from - width && x <= to + width) ??
    zeroBetween(f, breaks.includes(from) ? next(from) : from, to);
  if (zero !== undefined) {
    data.set(fitZero(f, slope, zero, from, to), row * ROW);
    if (isGood(curve, map, row, data, atZero)) return true;
    if (zero >= from && zero <= to) return false;
  }
  const stationary = curve.stationary.find((x) => x >= from - width && x <= to + width);
  if (curve.pair && stationary !== undefined) {
    data.set(curve.pair.stationary(f, slope, stationary, from, to), row * ROW);
    if (isGood(curve, map, row, data, tolerance)) return true;
    if (stationary >= from && stationary <= to) return false;
  }
  data.set(fitRow(f, from, to), row * ROW);
  return isGood(curve, map, row, data, zero === undefined ? tolerance : atZero);
}

/** Where f crosses zero in a row: users need not state it. */
function zeroBetween(f: Scalar, from: number, to: number): number | undefined {
  const [first, last] = [f(from), f(to)];
  if (first === 0 && last !== 0) return from;
  if (last === 0 && first !== 0) return to;
  return first * last < 0 ? rootBetween(f, from, to) : undefined;
}

function isGood(curve: Curve, map: RowMap, row: number, data: Float64Array, tolerance: number): boolean {
  const { f, slope, order, ends } = curve;
  const [from, to] = map.interval(row);
  const least = order === 0 ? 2 ** -126 : 2 ** -300; // a derivative is still to be multiplied
  const follows = (x: number, allowed = tolerance): boolean => {
    const [y, found] = [f(x), evaluateRow(data, row, x)];
    if (Math.min(y, found) > LIMIT || Math.max(y, found) < -LIMIT) return true; // ∞ to float32
    const unit = 2 ** (exponentOf(Math.max(Math.abs(y), least)) - 23);
    return Math.abs(found - y) <= allowed * unit;
  };
  // At an end of the curve the function may jump: its line must not begin within the row then.
  const beyond = order === 2 ? [] : [previous(ends.from), next(ends.to)];
  // What is next to a break may be rounded onto this side of it; half a unit is no more than the rounding of x.
  const across = order === 2 ? [] : curve.breaks.map(next);
  return (
    beyond.every((x) => !Number.isFinite(x) || map.locate(x) !== row || follows(x)) &&
    across.every((x) => map.locate(x) !== row || follows(x, Math.max(tolerance, 0.51))) &&
    PROBES.every((p) => {
      const x = Math.fround(from + p * (to - from));
      if (map.locate(x) !== row || x < ends.from || x > ends.to) return true;
      return follows(x) && curve.pair?.isGood(slope, row, data, x) !== false;
    })
  );
}

/** A row's polynomial at x, in float64: the same operations in the same order as in assembly/table.ts. */
export function evaluateRow(data: Float64Array, row: number, x: number): number {
  const at = row * ROW;
  const d = Math.max(-LIMIT, Math.min(x, LIMIT)) - data[at];
  return data[at + 1] + d * (data[at + 2] + d * (data[at + 3] + d * (data[at + 4] + d * data[at + 5])));
}

/** The derivative of a row's polynomial, likewise as in assembly/table-rows.ts. */
export function evaluateSlope(data: Float64Array, row: number, x: number): number {
  const [x0, , c1, c2, c3, c4] = data.subarray(row * ROW, (row + 1) * ROW);
  const d = Math.max(-LIMIT, Math.min(x, LIMIT)) - x0;
  const p3 = c3 + d * c4;
  const p2 = c2 + d * p3;
  return c1 + d * p2 + d * (p2 + d * (p3 + d * c4));
}
