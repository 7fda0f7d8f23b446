import { scale } from '../numerics/scale.js';
import { fitRow, fitted, recentre } from './fit.js';
import { type IndexMap, type SmoothFunction, topOfCurve } from './smooth.js';

const value = new Float64Array(3);

/** float32 words in a row of the fast kernels: x0, c0, c1, c2. */
export const FAST_ROW = 4;

/** The table of a fast kernel. */
export interface FastTable {
  /** The number of the first row. */
  readonly first: number;
  /** The largest input that is on the curve. */
  readonly top: number;
  readonly data: Float32Array;
}

const tables = new WeakMap<SmoothFunction, FastTable>();

/** The fast table of f, made at the first call. */
export function fastTable(f: SmoothFunction): FastTable {
  let table = tables.get(f);
  if (table === undefined) {
    table = makeTable(f);
    tables.set(f, table);
  }
  return table;
}

/** How many positions for x0 are tried, outwards from the middle, until the value there is almost a float32. */
const TRIALS = 3000;
const CLOSE = 2 ** -29;
/** All coefficients carry it, and the kernels take it off the result: only that rounds a subnormal result. */
const FACTOR = 2 ** 24;
/** x/2 is exact, so the two rows on either side of that of 0 are expanded at 0 too. */
const ZERO_REACH = 5;
const { abs, fround } = Math;

/** The number of the row in whose middle half x is. */
function rowAt(map: IndexMap, x: number): number {
  return Math.round((map.centre - x) ** 2 * map.density);
}

/**
 * Rows of degree 2 in float32 (Gal's method): x0 is moved, float32 by float32, until f(x0) is almost a float32, so that
 * c0 has next to no error; the terms of degree 3 and 4 go into the others as Chebyshev's economization has it.
 */
function makeTable(f: SmoothFunction): FastTable {
  const map = f.fast;
  const [bottom, top] = [rowAt(map, map.low), rowAt(map, map.high)];
  // One row more at either end: the kernels may round a number half-way between two rows to the other.
  const first = Math.min(bottom, top) - 1;
  const rows = Math.abs(bottom - top) + 3;
  const data = new Float32Array(rows * FAST_ROW);
  const put = (row: number, x0: number, c0: number, c1: number, c2: number): void =>
    data.set([x0, c0 * FACTOR, c1 * FACTOR, c2 * FACTOR], (row - first) * FAST_ROW);
  const side = bottom < top ? 1 : -1;
  const reach = f.above === 'identity' ? ZERO_REACH : 1;
  const anchors = f.anchors();
  f.evaluate(map.low, value);
  for (const row of [bottom, bottom - side]) put(row, map.low, scale(value[0], value[2]), 0, 0);
  for (const row of [top, top + side]) put(row, map.high, f.above === 'identity' ? 0 : f.above, 0, 0);
  for (let row = bottom + side; row !== top; row += side) {
    fitRow(f, map, anchors, row, reach);
    const u = Math.sqrt(row / map.density);
    const half = 1 / (4 * map.density * u);
    if (anchors.some(({ x }) => x === fitted[0])) {
      // c0 and c1 are kept: near a zero they decide the relative error. The rest is taken in the middle of the row.
      const m = map.centre + side * u - fitted[0];
      put(row, fitted[0], fitted[1], fitted[2], fitted[3] + m * (fitted[4] + m * fitted[5]));
      continue;
    }
    const spacing = 2 ** (Math.floor(Math.log2(abs(fitted[0]))) - 23);
    const trials = Math.min(TRIALS, half / (4 * spacing)); // x0 stays in the middle of the row
    let best = 0;
    let least = 1;
    for (let j = 0; j < trials && least > CLOSE; j++) {
      const d = (j & 1 ? -(j + 1) / 2 : j / 2) * spacing;
      const y = (fitted[1] + d * (fitted[2] + d * (fitted[3] + d * fitted[4]))) * FACTOR;
      const error = abs(fround(y) / y - 1);
      if (error < least) {
        least = error;
        best = d;
      }
    }
    recentre(fitted, best);
    const h = half * half;
    put(row, fitted[0], fitted[1], fitted[2] + 0.75 * h * fitted[4], fitted[3] + h * fitted[5]);
  }
  return { first, top: topOfCurve(map), data };
}
