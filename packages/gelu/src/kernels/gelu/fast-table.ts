import { float32Bits, NORMAL, toFloat32 } from '../../numerics/float32.js';
import { keptFor } from '../../shared/cache.js';
import { FAST_MAPS } from './fast-maps.js';
import { anchorNear, expand, fitted } from './fit.js';
import { type Interpolant, interpolate } from './interpolant.js';
import type { IndexMap, SmoothFunction } from './smooth.js';

/** float32 words in a row of the fast kernels: x0, c0, c1, c2. */
const FAST_ROW = 4;

/** The table of a fast kernel. */
export interface FastTable {
  /** The number of the first row. */
  readonly first: number;
  readonly map: IndexMap;
  readonly data: Float32Array;
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
  const data = new Float64Array((Math.abs(bottom - top) + 3) * FAST_ROW);
  const put = (row: number, x0: number, c0: number, c1: number, c2: number): void =>
    data.set([x0, c0 * FACTOR, c1 * FACTOR, c2 * FACTOR], (row - first) * FAST_ROW);

  for (const row of [bottom, bottom - side]) put(row, map.low, f.evaluate(map.low), 0, 0);
  for (const row of [top, top + side]) put(row, map.high, f.above === 'identity' ? 0 : f.above, 0, 0);
  for (let row = bottom + side, n = GROUP; row !== top; row += side * n) {
    n = Math.min(GROUP, Math.abs(top - row));
    while (n > 1 && xAt(map, row + side * n) - xAt(map, row) > WIDTH) n >>= 1;
    const piece = interpolate(f, xAt(map, row - side / 2), xAt(map, row + side * (n - 0.5)));
    fillRows(data, map, piece, first, row, row + side * n);
  }
  const anchors = f.anchors();
  const reach = f.above === 'identity' ? ZERO_REACH : 1;
  for (const { x } of anchors)
    for (let row = rowAt(map, x) - reach; row <= rowAt(map, x) + reach; row++) {
      const middle = xAt(map, row);
      const half = 1 / (4 * Math.sqrt(map.density * row));
      const anchor = anchorNear(anchors, middle, half, reach);
      if (anchor === undefined) continue;
      expand(f, anchor, middle, half);
      // c0 and c1 are kept: near a zero they decide the relative error. The rest is taken in the middle of the row.
      const m = middle - anchor.x;
      put(row, anchor.x, anchor.value, anchor.slope, fitted[3] + m * (fitted[4] + m * fitted[5]));
    }
  // A value of 0 stands for x: to what rounds to −0 a thread that flushes subnormal numbers must not do that.
  if (f.above === 'identity')
    for (let at = 1; at < data.length; at += FAST_ROW)
      if (data[at] < 0 && data[at] > -1.1 * NORMAL) data.set([-NORMAL, 0, 0], at);
  return { map, first, data: new Float32Array(Int32Array.from(data, float32Bits).buffer) };
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

/** Fills rows from `row` up to but not `end` from a polynomial. One long loop without calls, since it runs cold. */
function fillRows(
  data: Float64Array,
  map: IndexMap,
  piece: Interpolant,
  first: number,
  row: number,
  end: number,
): void {
  const { centre, half: scaling, coefficients: c } = piece;
  const step = row < end ? 1 : -1;
  const sign = map.centre > map.low ? -1 : 1;
  for (; row !== end; row += step) {
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
    const at = (row - first) * FAST_ROW;
    data[at] = x0;
    data[at + 1] = p0 * FACTOR;
    data[at + 2] = (p1 + 0.75 * h * p3) * FACTOR;
    data[at + 3] = (p2 + h * p4) * FACTOR;
  }
}
