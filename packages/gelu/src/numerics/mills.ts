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

/**
 * M(1), …, M(21) as pairs: from 300-bit arithmetic (mpmath: erfc(t/√2)·exp(t²/2)/2). The tests find them again from the
 * asymptotic series.
 */
// biome-ignore format: a table
export const SEEDS: readonly number[] = [
  0.2615782918651234, -8.473622911119317e-18,
  0.1681020012231706, 1.2414036991617827e-17,
  0.12151394835556217, -6.432117119983667e-18,
  0.09441064130196894, -2.7718791762467385e-18,
  0.07691930497500629, 4.1399418884552445e-18,
  0.06477931432444685, 4.3208041260389545e-19,
  0.055893482440540536, -1.9902837815379467e-18,
  0.049122546212424935, -2.737696950965452e-18,
  0.043798788870866794, -2.46993597708214e-18,
  0.039506694101386006, -2.735203097543368e-18,
  0.03597488962113435, 1.3833447608135145e-18,
  0.033018971077214535, 2.240026748650394e-19,
  0.030509414495257164, 6.433574664156364e-19,
  0.028352660527342942, -1.677213987213771e-18,
  0.02647948899922989, -2.503375836808099e-19,
  0.024837614186806883, -1.1580055937737325e-18,
  0.023386820284968527, 5.389941076711078e-19,
  0.02209567809900095, -1.1124630611277078e-18,
  0.02093927558022258, 7.179232599059702e-20,
  0.01989761564832703, 2.01945048764736e-19,
  0.01895446355454213, -1.6153877341920584e-18,
];

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
  if (2 * unit < SEEDS.length) {
    high[0] = SEEDS[2 * unit];
    low[0] = SEEDS[2 * unit + 1];
  } else {
    high[0] = asymptotic(unit + 1);
    low[0] = lo[0];
  }
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

/** M(t) = (1/√(2π))·t⁻¹·(1 − t⁻² + 3·t⁻⁴ − 15·t⁻⁶ …), for t ≥ 22, where the terms fall below 2⁻¹⁰⁶. */
export function asymptotic(t: number): number {
  let sh = 1;
  let sl = 0;
  for (let k = 30; k >= 1; k--) {
    const r = div(2 * k - 1, 0, t * t, 0);
    sh = mul(sh, sl, r, lo[0]);
    sh = add(1, 0, -sh, -lo[0]);
    sl = lo[0];
  }
  sh = div(sh, sl, t, 0);
  return mul(sh, lo[0], INV_SQRT_2PI, INV_SQRT_2PI_LOW);
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
