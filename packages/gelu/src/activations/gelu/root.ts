import { add, div, fastTwoSum, lo, mul } from '../../numerics/dd.js';
import { deliver, unrounded } from '../formulas/deliver.js';

/** Half the width of the interval around the root of a derivative on which its row is used. */
export const ROOT_REACH: number = 5 / 128;
const TERMS = 10; // the nearest singularity is 2 away: a relative 2⁻⁶⁴. Even, so that no node lies on the root
const ROOT_ROW: number = TERMS + 3;

/**
 * The row of a derivative near its root: the root and then c0 as pairs, c1, …, c9 with
 * f(x) = (x − root)·(c0 + c1·d + … + c9·d⁹), d = x − (high word of the root). Nothing cancels in it.
 *
 * From the double-doubles that `precise` leaves in `unrounded`, by Newton interpolation at the zeros of a Chebyshev
 * polynomial. The root itself is given, since even a double-double leaves few digits of f right beside it.
 */
export function rootRow(high: number, low: number, precise: (x: number) => number): Float64Array {
  const d = new Float64Array(TERMS);
  const ph = new Float64Array(TERMS);
  const pl = new Float64Array(TERMS);
  for (let i = 0; i < TERMS; i++) {
    const x = high + ROOT_REACH * Math.cos(((i + 0.5) * Math.PI) / TERMS);
    d[i] = x - high; // exact
    precise(x);
    const up = 2 ** unrounded[2];
    const distance = fastTwoSum(d[i], -low);
    ph[i] = div(unrounded[0] * up, unrounded[1] * up, distance, lo[0]);
    pl[i] = lo[0];
  }
  for (let k = 1; k < TERMS; k++)
    for (let i = TERMS - 1; i >= k; i--) {
      const difference = add(ph[i], pl[i], -ph[i - 1], -pl[i - 1]);
      ph[i] = div(difference, lo[0], d[i] - d[i - k], 0);
      pl[i] = lo[0];
    }
  // From Newton's form to powers of d.
  for (let k = TERMS - 2; k >= 0; k--)
    for (let i = k; i < TERMS - 1; i++) {
      const product = mul(ph[i + 1], pl[i + 1], -d[k], 0);
      ph[i] = add(ph[i], pl[i], product, lo[0]);
      pl[i] = lo[0];
    }
  return Float64Array.of(high, low, ph[0], pl[0], ...ph.subarray(1));
}

/** The derivative at x, less than ROOT_REACH from its root. Relative error before rounding: below 2⁻⁵⁶. */
export function nearRoot(row: Float64Array, x: number): number {
  const d = x - row[0]; // exact
  let p = row[ROOT_ROW - 1];
  for (let k = ROOT_ROW - 2; k >= 4; k--) p = p * d + row[k];
  const ph = fastTwoSum(row[2], row[3] + p * d);
  const pl = lo[0];
  const dh = fastTwoSum(d, -row[1]);
  const h = mul(dh, lo[0], ph, pl);
  return deliver(h, lo[0], 0);
}
