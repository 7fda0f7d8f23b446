import { onFirstUse } from '../shared/cache.js';
import { add, div, fastTwoSum, lo, mul } from './dd.js';
import { exponent } from './exp.js';
import { power } from './shift.js';

const STEPS = 64; // rows to a unit

/** 2·artanh(q·2^e) / 2^e = 2q·(1 + z/3 + z²/5 + …), z = (q·2^e)², for |q|·2^e ≤ 2⁻⁷. */
function twiceArtanh(qh: number, ql: number, scale: number, precise: boolean): number {
  if (!precise) {
    const q = qh * scale;
    const z = q * q;
    const p = z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9))));
    return fastTwoSum(2 * qh, 2 * (ql + qh * p));
  }
  const zh = mul(qh * scale, ql * scale, qh * scale, ql * scale);
  const zl = lo[0];
  let sh = 0;
  let sl = 0;
  for (let n = 17; n >= 1; n -= 2) {
    sh = mul(sh, sl, zh, zl);
    sl = lo[0];
    const ih = div(1, 0, n, 0);
    sh = add(sh, sl, ih, lo[0]);
    sl = lo[0];
  }
  return mul(sh, sl, 2 * qh, 2 * ql);
}

/** log(1 + i/64) as pairs, i = 0 … 64: from row to row, log((65 + i)/(64 + i)) = 2·artanh(1/(129 + 2i)). */
const rows = onFirstUse((): Float64Array => {
  const table = new Float64Array(2 * (STEPS + 1));
  for (let i = 0; i < STEPS; i++) {
    const q = div(1, 0, 2 * STEPS + 1 + 2 * i, 0);
    const step = twiceArtanh(q, lo[0], 1, true);
    table[2 * i + 2] = add(table[2 * i], table[2 * i + 1], step, lo[0]);
    table[2 * i + 3] = lo[0];
  }
  return table;
});

/**
 * log(1 + (eh + el)·2^e) for an argument (eh + el)·2^e in [0, 1]: the double-double returned times 2^exponent[0], so
 * that it keeps its relative accuracy however small the argument.
 *
 * Relative error: below 2⁻⁶⁰, and below 2⁻⁹⁶ with `precise`. Method: log(c) from a table, c = 1 + i/64 next to the
 * argument m = 1 + E, and log(m/c) = 2·artanh((m − c)/(m + c)) by its series.
 */
export function log1p(eh: number, el: number, e: number, precise: boolean): number {
  const table = rows(); // before any result waits in lo[0]
  const s = power(e);
  const i = Math.round(eh * s * STEPS);
  if (i === 0) {
    const dh = add(2, 0, eh * s, el * s);
    const q = div(eh, el, dh, lo[0]);
    exponent[0] = e;
    return twiceArtanh(q, lo[0], s, precise);
  }
  exponent[0] = 0;
  const nh = add(eh * s, el * s, -i / STEPS, 0);
  const nl = lo[0];
  const dh = add(2 + i / STEPS, 0, eh * s, el * s);
  const q = div(nh, nl, dh, lo[0]);
  const h = twiceArtanh(q, lo[0], 1, precise);
  return add(table[2 * i], table[2 * i + 1], h, lo[0]);
}
