import { onFirstUse } from '../shared/cache.js';
import { add, div, fastTwoSum, lo, mul } from './dd.js';

const STEPS = 16; // rows to a unit

/** d − arctan(d) = d³·(1/3 − d²/5 + d⁴/7 …) for |d| ≤ 1/16. */
function defect(dh: number, dl: number, precise: boolean): number {
  if (!precise) {
    const z = dh * dh;
    const p = z * (-1 / 5 + z * (1 / 7 + z * (-1 / 9 + z * (1 / 11 - z * (1 / 13)))));
    const zh = mul(dh, dl, dh, dl);
    const ch = mul(zh, lo[0], dh, dl);
    const cl = lo[0];
    const sh = fastTwoSum(THIRD, THIRD_LOW + p);
    return mul(sh, lo[0], ch, cl);
  }
  const zh = mul(dh, dl, dh, dl);
  const zl = lo[0];
  let sh = 0;
  let sl = 0;
  for (let n = 27; n >= 3; n -= 2) {
    sh = mul(-sh, -sl, zh, zl);
    sl = lo[0];
    const ih = div(1, 0, n, 0);
    sh = add(sh, sl, ih, lo[0]);
    sl = lo[0];
  }
  sh = mul(sh, sl, zh, zl);
  return mul(sh, lo[0], dh, dl);
}

const THIRD = 1 / 3;
const THIRD_LOW: number = THIRD / 2 ** 54; // ⅓ = 0.0101…₂, so what 53 bits leave out is ⅓·2⁻⁵⁴

/** i/16 − arctan(i/16) as pairs, i = 0 … 16, from row to row by the difference formula of the arctangent. */
const rows = onFirstUse((): Float64Array => {
  const table = new Float64Array(2 * (STEPS + 1));
  for (let i = 0; i < STEPS; i++) {
    table[2 * i + 2] = stepFrom(i, table, 1 / STEPS, 0, true);
    table[2 * i + 3] = lo[0];
  }
  return table;
});

/**
 * q − arctan(q), q = c + g, c = i/16: d = g/(1 + q·c) has arctan(d) = arctan(q) − arctan(c), so it is
 * (c − arctan c) + g·q·c/(1 + q·c) + (d − arctan d).
 */
function stepFrom(i: number, table: Float64Array, gh: number, gl: number, precise: boolean): number {
  const c = i / STEPS;
  const qh = add(c, 0, gh, gl);
  const ph = mul(qh, lo[0], c, 0);
  const pl = lo[0];
  const nh = add(1, 0, ph, pl);
  const nl = lo[0];
  const dh = div(gh, gl, nh, nl);
  const dl = lo[0];
  const mh = mul(dh, dl, ph, pl);
  const h = add(table[2 * i], table[2 * i + 1], mh, lo[0]);
  const hl = lo[0];
  const r = defect(dh, dl, precise);
  return add(h, hl, r, lo[0]);
}

/**
 * q − arctan(q) for q = qh + ql in [0, 1], as a double-double accurate relative to itself (it is about q³/3 near 0).
 *
 * Relative error: below 2⁻⁵⁶, and below 2⁻⁹⁴ with `precise`. arctan(q) itself is q minus this.
 */
export function atanDefect(qh: number, ql: number, precise: boolean): number {
  const i = Math.round(qh * STEPS);
  if (i === 0) return defect(qh, ql, precise);
  const table = rows(); // before any result waits in lo[0]
  const g = fastTwoSum(qh - i / STEPS, ql);
  return stepFrom(i, table, g, lo[0], precise);
}

/** arctan(qh + ql) in [0, π/4]. */
export function atan(qh: number, ql: number, precise: boolean): number {
  const d = atanDefect(qh, ql, precise);
  return add(qh, ql, -d, -lo[0]);
}

/** π as a pair: four times the arctangent of 1, so that no constant needs to be trusted. */
export const pi: () => Float64Array = onFirstUse(() => {
  const h = atan(1, 0, true);
  return Float64Array.of(4 * h, 4 * lo[0]);
});
