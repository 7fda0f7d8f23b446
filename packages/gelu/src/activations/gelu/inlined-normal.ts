// The quick path of the definition for loops: the operations of normalForm in their order, so the same bits, without
// calls that return a low word through memory, which take half of the time. What is left out is exact: low words that
// are 0, and signs.
import { LN2_1, LN2_2, LN2_3, N_OVER_LN2, powers } from '../../numerics/exp.js';
import { head, sumLow } from '../../numerics/halves.js';
import { INV_SQRT_2PI as C, INV_SQRT_2PI_LOW as C_LOW, FAST_TERMS, TERMS, tableWithRow } from '../../numerics/mills.js';
import { powerOfTwo } from '../../numerics/scale.js';
import { unrounded } from '../formulas/deliver.js';
import { normalForm, ROOT } from './normal-form.js';
import { ROOT_REACH } from './root.js';

/** normalForm(x, 0, 1, order, false), also in `unrounded`. */
export function inlinedNormal(x: number, order: 0 | 1): number {
  const t = Math.abs(x);
  if (!(t >= 2 ** -500 && t <= 37) || (order === 1 && Math.abs(x - ROOT) < ROOT_REACH))
    return normalForm(x, 0, 1, order, false);
  const th = head(t);
  const tl = t - th;
  const square = t * t;
  const vh = -square / 2;
  const vl = -(th * th - square + th * tl + tl * th + tl * tl) / 2;

  // exp(vh + vl) = (eh + el)·s
  const k = Math.round(vh * N_OVER_LN2);
  const r1 = vh - k * LN2_1;
  const tail = vl - k * LN2_3;
  const r = r1 - k * LN2_2 + tail;
  const rest = r1 - r - k * LN2_2 + tail;
  const e = rest + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const table = powers();
  const j = 2 * (k & 127);
  const s = powerOfTwo(k >> 7);
  const er = table[j + 1] + table[j] * (r + e);
  let eh = table[j] + er;
  let el = er - (eh - table[j]);
  if (x > 0) {
    eh *= s;
    el *= s;
  }

  const i = Math.round(t * 16);
  const mills = tableWithRow(i);
  const c = i * 2 * TERMS;
  const d = t - i / 16;
  let m = mills[c + FAST_TERMS - 1];
  for (let n = FAST_TERMS - 2; n >= 2; n--) m = m * d + mills[c + n];
  m = mills[c + TERMS] + (mills[c + 1] * d + d * d * m);
  let mh = mills[c] + m;
  let ml = m - (mh - mills[c]);
  if (order === 1) {
    // M − t/√(2π)
    const ch = head(C);
    const cl = C - ch;
    const p = t * C;
    const q = th * ch - p + th * cl + tl * ch + tl * cl + t * C_LOW;
    const wh = -(p + q);
    const wl = -(q - (-wh - p));
    const sum = mh + wh;
    const low = ml + wl;
    const u = sumLow(mh, wh, sum) + low;
    const v = sum + u;
    const z = sumLow(ml, wl, low) + (u - (v - sum));
    mh = v + z;
    ml = z - (mh - v);
  }

  const ehh = head(eh);
  const ehl = eh - ehh;
  const mhh = head(mh);
  const mhl = mh - mhh;
  const p = eh * mh;
  const q = ehh * mhh - p + ehh * mhl + ehl * mhh + ehl * mhl + (eh * ml + el * mh);
  let h = p + q;
  let l = q - (h - p);
  if (x > 0) {
    const above = 1 - h;
    const u = 1 - above - h - l;
    h = above + u;
    l = u - (h - above);
  }
  if (order === 0) {
    const hh = head(h);
    const hl = h - hh;
    const xh = x > 0 ? th : -th;
    const xl = x > 0 ? tl : -tl;
    const y = h * x;
    const q = hh * xh - y + hh * xl + hl * xh + hl * xl + l * x;
    h = y + q;
    l = q - (h - y);
  }
  unrounded[0] = h;
  unrounded[1] = l;
  unrounded[2] = x > 0 ? 0 : k >> 7;
  return x > 0 ? h : h * s;
}
