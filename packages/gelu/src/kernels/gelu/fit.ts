import { unrounded } from '../../activations/formulas/deliver.js';
import { lo, twoProduct } from '../../numerics/dd.js';
import { interpolate } from '../../numerics/interpolate.js';
import { powerOfTwo, scale } from '../../numerics/scale.js';
import type { Anchor, IndexMap, SmoothFunction } from './smooth.js';

/** The last fitted row: x0 and the coefficients c0 … c4 in d = x − x0. */
export const fitted: Float64Array = new Float64Array(6);

const high = new Float64Array(5);
const low = new Float64Array(5);
const offset = new Float64Array(5);
// All but the middle.
const slopes = high.subarray(1);
const outer = offset.subarray(1);
// Chebyshev's points of order 5 without the middle one, and of order 3 with that moved off the middle: cos(π/10) …
const POINTS = [0, -0.9510565162951535, -0.5877852522924731, 0.5877852522924731, 0.9510565162951535];
const ANCHOR_POINTS = [-0.8660254037844386, 0.4, 0.8660254037844386];

/**
 * Fits a polynomial of degree 4 to f on row number `row` of `map` and leaves it in `fitted`. x0 is a float32. Where
 * the row lies at an anchor, value and slope there are kept and the rest is interpolated; elsewhere all is.
 * Differences are formed from double-doubles, so a coefficient is good to about 2⁻⁵².
 */
export function fitRow(f: SmoothFunction, map: IndexMap, anchors: readonly Anchor[], row: number): void {
  const side = map.centre > map.low ? -1 : 1;
  const near = map.centre + side * Math.sqrt(Math.max(row - 0.5, 0) / map.density);
  const far = map.centre + side * Math.sqrt((row + 0.5) / map.density);
  const middle = Math.fround((near + far) / 2);
  const half = Math.abs(far - near) / 2;
  const anchor = anchors.find(({ x }) => Math.abs(middle - x) <= half);
  if (anchor !== undefined) {
    expand(f, anchor, middle, half);
    return;
  }
  let shift = 0;
  for (let j = 0; j < 5; j++) {
    const x = middle + POINTS[j] * half;
    offset[j] = x - middle;
    f.evaluate(x);
    if (j === 0) shift = unrounded[2];
    // All to the scale of the middle; a power of two changes no bit.
    const factor = powerOfTwo(unrounded[2] - shift);
    high[j] = unrounded[0] * factor;
    low[j] = unrounded[1] * factor;
  }
  for (let j = 1; j < 5; j++) high[j] = (high[j] - high[0] + (low[j] - low[0])) / offset[j];
  interpolate(outer, slopes);
  fitted[0] = middle;
  for (let k = 0; k < 5; k++) fitted[k + 1] = scale(high[k], shift);
}

/** Leaves in `fitted` the polynomial about an anchor that interpolates in the row middle ± half. */
export function expand(f: SmoothFunction, anchor: Anchor, middle: number, half: number): void {
  const [a, b, c] = ANCHOR_POINTS.map((point) => middle + point * half - anchor.x);
  const [ra, rb, rc] = [a, b, c].map((d) => {
    const y = f.evaluate(anchor.x + d);
    const line = twoProduct(anchor.slope, d);
    const rest = y - line - lo[0] - anchor.value + scale(unrounded[1], unrounded[2]);
    return rest / (d * d);
  });
  const ab = (rb - ra) / (b - a);
  const c4 = ((rc - rb) / (c - b) - ab) / (c - a);
  const c3 = ab - c4 * (a + b);
  fitted.set([anchor.x, anchor.value, anchor.slope, ra - a * (ab - c4 * b), c3, c4]);
}

/** Expands the polynomial of a row (x0, c0 … c4) about x0 + d. */
export function recentre(row: Float64Array, d: number): void {
  row[0] += d;
  for (let k = 0; k < 4; k++) for (let j = 3; j >= k; j--) row[j + 1] += d * row[j + 2];
}
