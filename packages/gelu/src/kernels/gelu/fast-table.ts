import { float32Bits, NORMAL, toFloat32 } from '../../numerics/float32.js';
import { keptFor } from '../../shared/cache.js';
import { FAST_MAPS } from './fast-maps.js';
import { expand, fitted } from './fit.js';
import { type Interpolant, interpolate } from './interpolant.js';
import type { Anchor, IndexMap, SmoothFunction } from './smooth.js';

/** float32 words in a row of the fast kernels: x0, c0, c1, c2. */
export const FAST_ROW = 4;

/** The table of a fast kernel. Rows are made when first needed, all by the same operations. */
export interface FastTable {
  /** The number of the first row. */
  readonly first: number;
  readonly rows: number;
  readonly map: IndexMap;
  /** All rows; those not yet made have NaN for x0. */
  readonly data: Float32Array;
  /** Makes one row (counted from 0), if that has not been done. */
  fit(row: number): boolean;
}

/** The fast table of f, made at the first call. */
export const fastTable: (f: SmoothFunction) => FastTable = keptFor(makeTable);

/** Positions for x0 are tried outwards from the middle, until the value there is so close to a float32. */
const CLOSE = 2 ** -27;
/** The least step between them, where floats are denser, as a part of half the row. */
const STEP = 1 / 3000;
/** x/2 is exact, so the two rows on either side of that of 0 are expanded at 0 too. */
const ZERO_REACH = 5;
/** All coefficients carry it, and the kernels take it off the result: only that rounds a subnormal result. */
const FACTOR = 2 ** 24;
/** Rows that share a polynomial, unless they are wide: over so many a function changes by a factor of 4 at most. */
const GROUP = 128;
const WIDTH = 0.5;

/**
 * Rows of degree 2 in float32 (Gal's method): x0 is moved, float32 by float32, until f(x0) is almost a float32, so that
 * c0 has next to no error; the terms of degree 3 and 4 go into the others as Chebyshev's economization has it.
 */
function makeTable(f: SmoothFunction): FastTable {
  const map = FAST_MAPS[f.name];
  const [bottom, top] = [rowAt(map, map.low), rowAt(map, map.high)];
  const side = bottom < top ? 1 : -1;
  // One row more at either end: the kernels may take a number half-way between two rows for the other.
  const first = Math.min(bottom, top) - 1;
  const rows = Math.abs(bottom - top) + 3;
  const data = new Float32Array(rows * FAST_ROW).fill(Number.NaN);
  const put = (row: number): void => {
    // A value of 0 stands for x: to what rounds to −0 a thread that flushes subnormal numbers must not do that.
    if (f.above === 'identity' && made[1] < 0 && made[1] > -1.1 * NORMAL) made.set([-NORMAL, 0, 0], 1);
    const at = (row - first) * FAST_ROW;
    for (let k = 0; k < FAST_ROW; k++) {
      const v = made[k];
      // What may be subnormal is not left to the thread's conversion.
      if (Math.abs(v) >= NORMAL) data[at + k] = v;
      else bits[at + k] = float32Bits(v);
    }
  };
  const bits = new Int32Array(data.buffer);
  const constant = (row: number, x0: number, value: number): void => {
    made.set([x0, value * FACTOR, 0, 0]);
    put(row);
  };
  for (const row of [bottom, bottom - side]) constant(row, map.low, f.evaluate(map.low));
  for (const row of [top, top + side]) constant(row, map.high, f.above === 'identity' ? 0 : f.above);

  const starts = groups(map, bottom, top, side);
  const pieces: Interpolant[] = [];
  let last = 0;
  const isIn = (group: number, row: number): boolean =>
    (row - starts[group]) * side >= 0 && (row - starts[group + 1]) * side < 0;
  const pieceOf = (row: number): Interpolant => {
    if (!isIn(last, row)) last = groupOf(row);
    pieces[last] ??= interpolate(f, xAt(map, starts[last] - side / 2), xAt(map, starts[last + 1] - side / 2));
    return pieces[last];
  };
  /** The last group that begins at or before the row. */
  const groupOf = (row: number): number => {
    let low = 0;
    let high = starts.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((row - starts[middle]) * side >= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  let anchors: readonly Anchor[] | undefined;
  let anchored: Set<number> | undefined;
  const reach = f.above === 'identity' ? ZERO_REACH : 1;
  const fit = (index: number): boolean => {
    if (!Number.isNaN(data[index * FAST_ROW])) return true;
    const row = first + index;
    if (anchored === undefined) {
      anchors = f.anchors();
      const near = (x: number): number[] => Array.from({ length: 2 * reach + 1 }, (_, i) => rowAt(map, x) - reach + i);
      anchored = new Set(anchors.flatMap(({ x }) => near(x)));
    }
    let anchor: Anchor | undefined;
    const middle = xAt(map, row);
    const half = 1 / (4 * Math.sqrt(map.density * row));
    if (anchored.has(row)) anchor = anchors?.find(({ x }) => Math.abs(middle - x) <= (x === 0 ? reach : 1) * half);
    if (anchor === undefined) fillRow(map, pieceOf(row), row);
    else {
      expand(f, anchor, middle, half);
      // c0 and c1 are kept: near a zero they decide the relative error. The rest is taken in the middle of the row.
      const m = middle - anchor.x;
      const c2 = fitted[3] + m * (fitted[4] + m * fitted[5]);
      made.set([anchor.x, anchor.value * FACTOR, anchor.slope * FACTOR, c2 * FACTOR]);
    }
    put(row);
    return true;
  };
  return { map, first, rows, data, fit };
}

/** The row that was made last, not yet rounded. */
const made = new Float64Array(FAST_ROW);

/** Where the groups of rows that share a polynomial begin, from `bottom` on; the last entry is `top`. */
function groups(map: IndexMap, bottom: number, top: number, side: number): number[] {
  const starts: number[] = [];
  for (let row = bottom + side, n = GROUP; row !== top; row += side * n) {
    n = Math.min(GROUP, Math.abs(top - row));
    while (n > 1 && xAt(map, row + side * n) - xAt(map, row) > WIDTH) n >>= 1;
    starts.push(row);
  }
  return [...starts, top];
}

/** The number of the row in which x is. */
function rowAt(map: IndexMap, x: number): number {
  const u = map.centre - x;
  return Math.round(u * u * map.density);
}

/** Where row number `row` has its middle. */
function xAt(map: IndexMap, row: number): number {
  const u = Math.sqrt(row / map.density);
  return map.centre > map.low ? map.centre - u : map.centre + u;
}

/** Leaves row number `row` of a polynomial in `made`. */
function fillRow(map: IndexMap, piece: Interpolant, row: number): void {
  const { centre, half: scaling, coefficients: c } = piece;
  const sign = map.centre > map.low ? -1 : 1;
  const u = Math.sqrt(row / map.density);
  const half = 1 / (4 * map.density * u);
  let x0 = Math.fround(map.centre + sign * u);
  // The expansion about x0, by Horner's rule for the value and four derivatives at once.
  const t = (x0 - centre) / scaling;
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  let p4 = 0;
  for (let k = c.length - 1; k >= 0; k--) {
    p4 = p4 * t + p3;
    p3 = p3 * t + p2;
    p2 = p2 * t + p1;
    p1 = p1 * t + p0;
    p0 = p0 * t + c[k];
  }
  p1 /= scaling;
  p2 /= scaling * scaling;
  p3 /= scaling * scaling * scaling;
  p4 /= scaling * scaling * scaling * scaling;
  // x0 stays in the middle half of the row; where floats are dense it takes longer steps.
  const spacing = Math.max(Math.abs(x0) * 2 ** -23, half * STEP);
  const trials = half / (4 * spacing);
  let d = 0;
  let least = 1;
  for (let j = 0; j < trials && least > CLOSE; j++) {
    const e = Math.fround(x0 + (j & 1 ? -(j + 1) / 2 : j / 2) * spacing) - x0;
    const y = (p0 + e * (p1 + e * (p2 + e * p3))) * FACTOR;
    const near = Math.abs(y) < NORMAL ? toFloat32(y) : Math.fround(y);
    const error = Math.abs(near / y - 1);
    if (error < least) {
      least = error;
      d = e;
    }
  }
  x0 += d;
  p0 += d * (p1 + d * (p2 + d * (p3 + d * p4)));
  p1 += d * (2 * p2 + d * (3 * p3 + d * 4 * p4));
  p2 += d * (3 * p3 + d * 6 * p4);
  p3 += d * 4 * p4;
  const h = half * half;
  made[0] = x0;
  made[1] = p0 * FACTOR;
  made[2] = (p1 + 0.75 * h * p3) * FACTOR;
  made[3] = (p2 + h * p4) * FACTOR;
}
