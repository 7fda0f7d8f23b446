import { rootBetween } from '../../activations/formulas/bisect.js';
import type { Bound } from '../../activations/model/activation.js';
import type { Order } from '../../activations/model/order.js';
import type { AlgebraicShape, SmoothShape } from '../../activations/model/shape.js';
import { exponentOf } from '../../numerics/ulp.js';
import { type CurveEnds, curveEnds, floatBelow, floatOfRank, limited, pairEnds, rankOf, type Scalar } from './ends.js';
import { type FarEnds, fitRow, fitStationary, fitZero, LIMIT, lineRow, pairLineRow, ROW } from './fit.js';
import { logarithmicMap, type RowMap, uniformMap } from './map.js';
import { steepest } from './second-derivative.js';

/** Rows that hold a function for the kernel of assembly/family.ts. */
export interface FamilyTable {
  readonly map: RowMap;
  /** All rows; those not yet fitted have NaN for x0. */
  readonly data: Float64Array;
  /** Fits one row, if that has not been done. */
  fit(row: number): void;
  /** Fits the rest; false if one of them is not as near to the function as it must be. */
  complete(): boolean;
}

/** A function (order 0) or a derivative, with what its rows depend on. */
interface Curve {
  readonly f: Scalar;
  /** Its derivative; NaN where that is not known. */
  readonly slope: Scalar;
  readonly order: Order;
  readonly ends: CurveEnds;
  readonly zeros: readonly number[];
  /** The last float32 left of each break. */
  readonly breaks: readonly number[];
  /** The zeros of the derivative, if the rows shall give it too. */
  readonly stationary: readonly number[] | undefined;
  /** Whether every row of a map is tried before it is taken. */
  readonly all: boolean;
}

const MOST_ROWS = 65536;
/** What a row may be off, in units in the last place of float32; beside a zero the second: there c0 is spent on it. */
const TOLERANCE = 2 ** -7;
const TOLERANCE_AT_ZERO = 2 ** -5;
/** Likewise for the derivative of a row's polynomial. */
const TOLERANCE_OF_SLOPE = 1;
/** Where in a row that is looked at, besides the points that it goes through. */
const PROBES = [0.0001, 0.03, 0.3, 0.65, 0.95, 0.9999];

/**
 * The table of a smooth or algebraic function (order 0) or a derivative, as coarse as its accuracy allows: rows are fitted,
 * compared with the definition, and made narrower where they fail. All rows are tried at once if `thorough`, or if a user
 * defined the function; else a sample, and the others are fitted when they are needed. If it is for a `pair` the rows'
 * derivatives are the derivative of the function (`evaluateSlope`). Undefined if no table of reasonable size will do.
 */
export function familyTable(
  bound: Bound,
  shape: SmoothShape | AlgebraicShape,
  order: Order,
  thorough = false,
  pair = false,
): FamilyTable | undefined {
  // Where the second derivative jumps, that of the left side.
  const f: Scalar = (x) => limited(bound.evaluate(order, order === 2 && shape.breaks.includes(x) ? previous(x) : x));
  const slope: Scalar = (x) => (order === 2 ? Number.NaN : limited(bound.evaluate(order === 0 ? 1 : 2, x)));
  const ends = pair ? pairEnds(f, slope, shape) : curveEnds(f, shape, order);
  const reach = ends.to - ends.from;
  const breaks = shape.breaks.filter((x) => x >= ends.from - reach && x <= ends.to + reach).map(floatBelow);
  const all = thorough || (shape.kind === 'smooth' && shape.domain !== undefined);
  const stationary = pair ? shape.zeros[1] : undefined;
  const curve = { f, slope, order, ends, zeros: order === 2 ? [] : shape.zeros[order], breaks, stationary, all };
  if (shape.kind === 'smooth') return uniform(curve) ?? fromAnEnd(curve);
  const table = logarithmic(curve, shape.centre ?? steepestAt((x) => bound.evaluate(2, x)), 8);
  // A second derivative may vanish exponentially where the function has zeros that need the other map.
  return table ?? (order === 2 ? uniform(curve) : undefined);
}

/** The float32 after x, and the one before it. */
const next = (x: number): number => floatOfRank(rankOf(x) + 1);
const previous = (x: number): number => floatOfRank(rankOf(x) - 1);

function uniform(curve: Curve): FamilyTable | undefined {
  const { f, ends, breaks } = curve;
  const centre = breaks[0] ?? 0;
  const size = Math.max(Math.abs(ends.from - centre), Math.abs(ends.to - centre), 2 ** -100);
  // The product of a density below 1 and a subnormal may be 0, on the wrong side of a jump.
  const jumps = breaks.some((x) => Math.abs(f(x) - f(next(x))) > 2 ** -22 * Math.abs(f(x)) + 2 ** -126);
  for (let density = 2 ** (3 - exponentOf(size)); ; density = nextDensity(density)) {
    if (density < 1 && jumps) continue;
    const map = uniformMap(ends, centre, density);
    if (!(map.rows <= MOST_ROWS)) return undefined;
    if (breaks.some((x) => ((x - centre) * density) % 1 !== 0)) continue;
    const table = attempt(curve, map);
    if (typeof table !== 'number') return table;
  }
}

/** 1, √2, 2, 2√2, 4 … as float32 */
function nextDensity(density: number): number {
  const power = 2 ** exponentOf(density);
  return density === power ? Math.fround(power * Math.SQRT2) : 2 * power;
}

const steepestAt = (secondDerivative: Scalar): number => Math.fround(steepest(secondDerivative));

/** Rows that get narrower towards an end, of functions that fall there as exp(−exp x) does. */
function fromAnEnd(curve: Curve): FamilyTable | undefined {
  const { ends, breaks, stationary } = curve;
  if (breaks.length > 0 || stationary) return undefined;
  return logarithmic(curve, ends.to, 11) ?? logarithmic(curve, ends.from, 11);
}

/** Rows that get narrower towards a point, with at most 2^most of them where the distance from it doubles. */
function logarithmic(curve: Curve, wanted: number, most: number): FamilyTable | undefined {
  const { ends, breaks } = curve;
  if (breaks.length > 1) return undefined;
  const centre = breaks[0] ?? wanted;
  let exponent = 6;
  for (let digits = 4; digits <= most; digits++)
    for (; exponent >= -100; exponent -= 2) {
      const map = logarithmicMap(ends, centre, 2 ** exponent, digits);
      if (map.rows > MOST_ROWS) return undefined;
      const table = attempt(curve, map);
      if (typeof table !== 'number') return table;
      if (table !== 0 && table !== map.side) break; // not one of the rows around the centre: all must be narrower
    }
  return undefined;
}

/** The table with that map, or the first row found that is not as near to the function as it must be. */
function attempt(curve: Curve, map: RowMap): FamilyTable | number {
  const data = new Float64Array(map.rows * ROW).fill(Number.NaN);
  const fit = (row: number, slack: number): boolean =>
    !Number.isNaN(data[row * ROW]) ||
    (row === map.below || row === map.above
      ? fillLine(curve, map, row, data)
      : fillRow(curve, map, row, data, slack * TOLERANCE, slack * TOLERANCE_AT_ZERO));
  for (const row of inspectionOrder(curve, map)) if (!fit(row, 1)) return row;
  return {
    map,
    data,
    fit: (row) => {
      fit(row, 1);
    },
    complete: () => {
      // What holds for a sample holds for the others with some allowance.
      for (let row = 0; row < map.rows; row++) if (!fit(row, 2)) return false;
      return true;
    },
  };
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
  const { f, slope, ends, stationary } = curve;
  const side = row === map.above ? 1 : -1;
  const line = side === 1 ? ends.above : ends.below;
  const at = (g: Scalar): FarEnds => ({ finite: g(side * 3e38), infinite: g(side * Infinity) });
  const fitted = stationary ? pairLineRow(line, at(f), at(slope), side) : lineRow(line, at(f), side);
  if (fitted) data.set(fitted, row * ROW);
  return fitted !== undefined;
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
  const stationary = curve.stationary?.find((x) => x >= from - width && x <= to + width);
  if (stationary !== undefined) {
    data.set(fitStationary(f, slope, stationary, from, to), row * ROW);
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
  return PROBES.every((p) => {
    const x = Math.fround(from + p * (to - from));
    if (map.locate(x) !== row || x < ends.from || x > ends.to) return true;
    const y = f(x);
    const unit = 2 ** (exponentOf(Math.max(Math.abs(y), least)) - 23);
    if (!(Math.abs(evaluateRow(data, row, x) - y) <= tolerance * unit)) return false;
    return curve.stationary === undefined || isGoodSlope(slope, row, data, x);
  });
}

function isGoodSlope(slope: Scalar, row: number, data: Float64Array, x: number): boolean {
  const expected = slope(x);
  const unit = 2 ** (exponentOf(Math.max(Math.abs(expected), 2 ** -126)) - 23);
  return Math.abs(evaluateSlope(data, row, x) - expected) <= TOLERANCE_OF_SLOPE * unit;
}

/** A row's polynomial at x, in float64: the same operations in the same order as in assembly/family.ts. */
export function evaluateRow(data: Float64Array, row: number, x: number): number {
  const at = row * ROW;
  const d = Math.max(-LIMIT, Math.min(x, LIMIT)) - data[at];
  return data[at + 1] + d * (data[at + 2] + d * (data[at + 3] + d * (data[at + 4] + d * data[at + 5])));
}

/** The derivative of a row's polynomial, likewise as in assembly/family-rows.ts. */
export function evaluateSlope(data: Float64Array, row: number, x: number): number {
  const [x0, , c1, c2, c3, c4] = data.subarray(row * ROW, (row + 1) * ROW);
  const d = Math.max(-LIMIT, Math.min(x, LIMIT)) - x0;
  const p3 = c3 + d * c4;
  const p2 = c2 + d * p3;
  return c1 + d * p2 + d * (p2 + d * (p3 + d * c4));
}
