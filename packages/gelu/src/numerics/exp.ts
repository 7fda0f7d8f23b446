import { onFirstUse } from '../shared/cache.js';
import { add, div, fastTwoSum, lo, mul, sqrt } from './dd.js';

/** The power of two that the last `exp` left out, in `exponent[0]`. */
export const exponent: Int32Array = new Int32Array(1);

const N = 128;
export const N_OVER_LN2 = 184.6649652337873;
// ln 2 / 128 in three parts; the first two have 32 bits, so that their products with k (below 2²⁰) are exact.
export const LN2_1 = 0.00541521234663378;
export const LN2_2 = 1.4907929131586486e-12;
export const LN2_3 = 3.339980929490351e-22;
const LN2_3_LOW = -7.731315612027133e-39;

/** 2^(j/128) as pairs, j = 0 … 127: by repeated square roots, so no constant needs to be trusted. */
export const powers: () => Float64Array = onFirstUse((): Float64Array => {
  const table = new Float64Array(2 * N);
  table[0] = 1;
  let rootHigh = 2;
  let rootLow = 0;
  for (let step = N / 2; step >= 1; step /= 2) {
    rootHigh = sqrt(rootHigh, rootLow);
    rootLow = lo[0];
    for (let j = step; j < N; j += 2 * step) {
      table[2 * j] = mul(table[2 * (j - step)], table[2 * (j - step) + 1], rootHigh, rootLow);
      table[2 * j + 1] = lo[0];
    }
  }
  return table;
});

/**
 * exp(vh + vl) · 2^(−exponent[0]) as a double-double in [1, 2), for |vh| ≤ 1500.
 *
 * Relative error: below 2⁻⁶⁰, and below 2⁻⁹⁸ with `precise`. Method: v = (k/128)·ln 2 + r with |r| ≤ ln 2 / 256,
 * 2^(k/128) from a table, e^r by its Taylor series (Tang 1989).
 */
export function exp(vh: number, vl: number, precise: boolean): number {
  const table = powers();
  const k = Math.round(vh * N_OVER_LN2);
  const j = 2 * (k & (N - 1));
  exponent[0] = k >> 7;
  const r1 = vh - k * LN2_1; // exact
  if (!precise) {
    const tail = vl - k * LN2_3;
    const r = r1 - k * LN2_2 + tail;
    const rest = r1 - r - k * LN2_2 + tail;
    const p = rest + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
    return fastTwoSum(table[j], table[j + 1] + table[j] * (r + p));
  }
  let rh = add(r1, 0, -k * LN2_2, vl);
  let rl = lo[0];
  const c = mul(k, 0, LN2_3, LN2_3_LOW);
  rh = add(rh, rl, -c, -lo[0]);
  rl = lo[0];
  let sh = 0;
  let sl = 0;
  // Horner on e^r − 1 = r·(1 + r/2·(1 + r/3·(…))).
  for (let n = 12; n >= 1; n--) {
    const qh = div(rh, rl, n, 0);
    const ql = lo[0];
    sh = add(1, 0, sh, sl);
    sl = lo[0];
    sh = mul(sh, sl, qh, ql);
    sl = lo[0];
  }
  sh = add(1, 0, sh, sl);
  return mul(sh, lo[0], table[j], table[j + 1]);
}
