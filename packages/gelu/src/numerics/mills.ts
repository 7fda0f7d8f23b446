import { add, div, fastTwoSum, lo, mul } from './dd.js';
import { onFirstUse } from './lazy.js';

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

/**
 * Taylor coefficients of M(t) = Q(t)/exp(−t²/2), Q the upper tail of the standard normal distribution, at
 * t = i/16. M' = t·M − 1/√(2π) gives (k + 1)·c[k+1] = t·c[k] + c[k−1]. From the asymptotic series at t = 61 the table
 * is made downwards, row from row: in that direction the equation damps every error (by exp(−t/16) a row), so each row
 * is good to about 2⁻¹⁰⁰, and no constant needs to be trusted. M(0) must come out as ½, which the tests check.
 */
export const rows: () => Float64Array = onFirstUse((): Float64Array => {
  const first = (MILLS_MAX + 1) * STEPS;
  const table = new Float64Array((MILLS_MAX * STEPS + 1) * ROW);
  const high = new Float64Array(STEP_TERMS);
  const low = new Float64Array(STEP_TERMS);
  asymptotic(MILLS_MAX + 1);
  let mh = asymptoticResult[0];
  let ml = asymptoticResult[1];
  for (let i = first; i >= 0; i--) {
    const t = i / STEPS;
    high[0] = mh;
    low[0] = ml;
    for (let k = 0; k + 1 < STEP_TERMS; k++) {
      const a = mul(high[k], low[k], t, 0);
      const al = lo[0];
      const s = k === 0 ? add(a, al, -INV_SQRT_2PI, -INV_SQRT_2PI_LOW) : add(a, al, high[k - 1], low[k - 1]);
      high[k + 1] = div(s, lo[0], k + 1, 0);
      low[k + 1] = lo[0];
    }
    if (i * ROW < table.length) {
      table.set(high.subarray(0, TERMS), i * ROW);
      table.set(low.subarray(0, TERMS), i * ROW + TERMS);
    }
    // With d = −1/16 every term of the alternating series is positive: nothing cancels. Powers of two are exact.
    mh = 0;
    ml = 0;
    for (let k = STEP_TERMS - 1; k >= 0; k--) {
      mh = add(-mh / STEPS, -ml / STEPS, high[k], low[k]);
      ml = lo[0];
    }
  }
  return table;
});

const asymptoticResult = new Float64Array(2);

/** M(t) = (1/√(2π))·t⁻¹·(1 − t⁻² + 3·t⁻⁴ − 15·t⁻⁶ …), whose smallest term at t = 61 is far below 2⁻¹⁰⁶. */
function asymptotic(t: number): void {
  let sh = 1;
  let sl = 0;
  for (let k = 24; k >= 1; k--) {
    const r = div(2 * k - 1, 0, t * t, 0);
    sh = mul(sh, sl, r, lo[0]);
    sh = add(1, 0, -sh, -lo[0]);
    sl = lo[0];
  }
  sh = div(sh, sl, t, 0);
  asymptoticResult[0] = mul(sh, lo[0], INV_SQRT_2PI, INV_SQRT_2PI_LOW);
  asymptoticResult[1] = lo[0];
}

/**
 * The Mills ratio of the standard normal distribution over √(2π): M(t) = Q(t)/exp(−t²/2) for t = th + tl in
 * [0, 60]. Relative error: below 2⁻⁵⁶, and below 2⁻⁹⁰ with `precise`.
 */
export function mills(th: number, tl: number, precise: boolean): number {
  const table = rows();
  const i = Math.round(th * STEPS);
  const c = i * ROW;
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
