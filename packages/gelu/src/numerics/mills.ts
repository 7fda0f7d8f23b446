import { add, div, fastTwoSum, lo, mul } from './dd.js';

/** 1/√(2π) as a pair. */
export const INV_SQRT_2PI = 0.3989422804014327;
export const INV_SQRT_2PI_LOW: number = -2.49232720227773e-17;

/** Largest argument of `mills`: φ(60) = 1e-782 vanishes even against a factor of 1e308. */
export const MILLS_MAX = 60;

const STEPS = 16; // rows to a unit
export const TERMS = 20; // Taylor coefficients kept in a row: |d| ≤ 1/32 leaves less than 2⁻¹⁰⁵
export const FAST_TERMS = 11;
const STEP_TERMS = 26; // for the step of a whole row width
const ROW = 2 * TERMS; // high words, then low words

const table = new Float64Array((MILLS_MAX + 1) * STEPS * ROW);

/**
 * The table with the row for t = i/16 in it: Taylor coefficients of M(t) = Q(t)/exp(−t²/2), Q the upper tail of the
 * standard normal distribution, high words and then low words. Sixteen rows are made when one of them is first needed.
 *
 * M' = t·M − 1/√(2π) gives (k + 1)·c[k+1] = t·c[k] + c[k−1], and a row gives the row below it. Downwards the equation
 * damps every error, so that each row is good to about 2⁻¹⁰⁰.
 */
export function tableWithRow(i: number): Float64Array {
  if (table[i * ROW] === 0) makeUnit(Math.floor(i / STEPS));
  return table;
}

/** Makes the rows of [unit, unit + 1) from M(unit + 1). */
function makeUnit(unit: number): void {
  const high = new Float64Array(STEP_TERMS);
  const low = new Float64Array(STEP_TERMS);
  high[0] = fraction(unit + 1);
  low[0] = lo[0];
  expand(unit + 1, high, low);
  for (let i = (unit + 1) * STEPS - 1; i >= unit * STEPS; i--) {
    // With d = −1/16 every term of the alternating series is positive: nothing cancels. Powers of two are exact.
    let mh = 0;
    let ml = 0;
    for (let k = STEP_TERMS - 1; k >= 0; k--) {
      mh = add(-mh / STEPS, -ml / STEPS, high[k], low[k]);
      ml = lo[0];
    }
    high[0] = mh;
    low[0] = ml;
    expand(i / STEPS, high, low);
    table.set(high.subarray(0, TERMS), i * ROW);
    table.set(low.subarray(0, TERMS), i * ROW + TERMS);
  }
}

/** All coefficients at t from the first. */
function expand(t: number, high: Float64Array, low: Float64Array): void {
  for (let k = 0; k + 1 < STEP_TERMS; k++) {
    const a = mul(high[k], low[k], t, 0);
    const al = lo[0];
    const s = k === 0 ? add(a, al, -INV_SQRT_2PI, -INV_SQRT_2PI_LOW) : add(a, al, high[k - 1], low[k - 1]);
    high[k + 1] = div(s, lo[0], k + 1, 0);
    low[k + 1] = lo[0];
  }
}

/**
 * M(t) = (1/√(2π))/(t + 1/(t + 2/(t + 3/(t + …)))) for t ≥ 1, to about 2⁻¹⁰⁴: Laplace's continued fraction, from so far
 * down that what is left out is less than that. Each step towards the top damps the errors of those before it.
 */
export function fraction(t: number): number {
  let h = t;
  let l = 0;
  for (let k = Math.ceil(20 + 1400 / (t * t)); k >= 1; k--) {
    h = div(k, 0, h, l);
    h = add(t, 0, h, lo[0]);
    l = lo[0];
  }
  return div(INV_SQRT_2PI, INV_SQRT_2PI_LOW, h, l);
}

/**
 * The Mills ratio of the standard normal distribution over √(2π): M(t) = Q(t)/exp(−t²/2) for t = th + tl in
 * [0, 60]. Relative error: below 2⁻⁵⁶, and below 2⁻⁹⁰ with `precise`.
 */
export function mills(th: number, tl: number, precise: boolean): number {
  const i = Math.round(th * STEPS);
  const c = i * ROW;
  tableWithRow(i);
  const dh = th - i / STEPS;
  if (!precise) {
    const d = dh + tl;
    let p = table[c + FAST_TERMS - 1];
    for (let k = FAST_TERMS - 2; k >= 2; k--) p = p * d + table[c + k];
    return fastTwoSum(table[c], table[c + TERMS] + (table[c + 1] * d + d * d * p));
  }
  const d = fastTwoSum(dh, tl);
  const dl = lo[0];
  let sh = 0;
  let sl = 0;
  for (let k = TERMS - 1; k >= 0; k--) {
    sh = mul(sh, sl, d, dl);
    sh = add(sh, lo[0], table[c + k], table[c + TERMS + k]);
    sl = lo[0];
  }
  lo[0] = sl;
  return sh;
}
