import { keptFor } from '../../shared/cache.js';
import { fitRow, fitted, recentre } from './fit.js';
import { type IndexMap, rowRange, type SmoothFunction } from './smooth.js';

/** float64 words in a row of the correctly rounded kernels: x0, c0, c1, c2, c3, c4. */
export const CORRECT_ROW = 6;

/** The table of a correctly rounded kernel. Rows are fitted when first needed, all by the same operations. */
export interface CorrectTable {
  readonly map: IndexMap;
  /** The number of the first row. */
  readonly first: number;
  readonly rows: number;
  /** All rows; those not yet fitted have NaN for x0. */
  readonly data: Float64Array;
  /** Fits one row (counted from 0), if that has not been done. */
  fit(row: number): boolean;
}

/** The table of f, made at the first call; as yet without rows. */
export const correctTable: (f: SmoothFunction) => CorrectTable = keptFor((f) => {
  const map = f.correct;
  const { first, rows, last } = rowRange(map);
  const data = new Float64Array(rows * CORRECT_ROW).fill(Number.NaN);
  // Above the curve: a constant, or +0, into which the kernel joins the bits of x.
  data.set([map.high, f.above === 'identity' ? 0 : f.above, 0, 0, 0, 0], last * CORRECT_ROW);
  const anchors = f.anchors();
  const fit = (row: number): boolean => {
    const at = row * CORRECT_ROW;
    if (!Number.isNaN(data[at])) return true;
    fitRow(f, map, anchors, first + row);
    // Units in the last place are counted away from zero.
    for (const [nudged, coefficient, amount] of f.nudges)
      if (nudged === row)
        if (coefficient === 'x0') recentre(fitted, amount);
        else new BigInt64Array(fitted.buffer)[1 + coefficient] += BigInt(amount);
    data.set(fitted, at);
    return true;
  };
  return { map, first, rows, data, fit };
});
