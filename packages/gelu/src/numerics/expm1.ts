import { onFirstUse } from '../shared/cache.js';
import { add, div, fastTwoSum, lo, mul } from './dd.js';
import { exp, exponent } from './exp.js';
import { power } from './shift.js';

const STEPS = 64; // rows to a unit
const REACH = 32; // rows on each side of 0

/** exp(d) − 1 for a double-double d by Taylor's series, Horner on d·(1 + d/2·(1 + d/3·(…))). */
function series(dh: number, dl: number, terms: number): number {
  let sh = 0;
  let sl = 0;
  for (let n = terms; n >= 1; n--) {
    const qh = div(dh, dl, n, 0);
    const ql = lo[0];
    sh = add(1, 0, sh, sl);
    sh = mul(sh, lo[0], qh, ql);
    sl = lo[0];
  }
  lo[0] = sl;
  return sh;
}

/** exp(i/64) − 1 as pairs, i = −32 … 32. */
const rows = onFirstUse((): Float64Array => {
  const table = new Float64Array(2 * (2 * REACH + 1));
  for (let i = 0; i <= 2 * REACH; i++) {
    table[2 * i] = series((i - REACH) / STEPS, 0, 26);
    table[2 * i + 1] = lo[0];
  }
  return table;
});

/**
 * exp(vh + vl) − 1 as a double-double, for −1500 ≤ vh ≤ 700, accurate relative to itself also at 0.
 *
 * Relative error: below 2⁻⁵⁸, and below 2⁻⁹⁶ with `precise`. Up to ½, v = i/64 + d and
 * e^v − 1 = (e^(i/64) − 1) + e^(i/64)·(e^d − 1); beyond, exp loses at most two bits to the subtraction.
 */
export function expm1(vh: number, vl: number, precise: boolean): number {
  const i = Math.round(vh * STEPS);
  if (i < -REACH || i > REACH) {
    const h = exp(vh, vl, precise);
    const s = power(exponent[0]);
    return add(h * s, lo[0] * s, -1, 0);
  }
  const dh = fastTwoSum(vh - i / STEPS, vl);
  const dl = lo[0];
  let ph: number;
  if (precise) ph = series(dh, dl, 14);
  else {
    const p = 1 / 2 + dh * (1 / 6 + dh * (1 / 24 + dh * (1 / 120 + dh * (1 / 720 + dh * (1 / 5040)))));
    ph = fastTwoSum(dh, dl + dh * dh * p);
  }
  if (i === 0) return ph;
  const pl = lo[0];
  const table = rows();
  const j = 2 * (i + REACH);
  const qh = add(1, 0, table[j], table[j + 1]);
  const q = mul(qh, lo[0], ph, pl);
  return add(table[j], table[j + 1], q, lo[0]);
}
