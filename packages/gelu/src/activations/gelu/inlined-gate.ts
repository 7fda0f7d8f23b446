// As inlined-normal.ts, for gateForm.
import { LN2_1, LN2_2, LN2_3, N_OVER_LN2, powers } from '../../numerics/exp.js';
import { head, quotientRest, sumLow } from '../../numerics/halves.js';
import { powerOfTwo } from '../../numerics/scale.js';
import { unrounded } from '../formulas/deliver.js';
import { type Gate, gateForm } from './gate-form.js';
import { ROOT_REACH } from './root.js';

/** Up to this |x| exp(−|v|) is a normal float64. */
export const inlinedLimit = ({ b }: Gate): number => (b === 0 ? 410 : 20);

/** gateForm(x, gate, order, false), also in `unrounded`. */
export function inlinedGate(x: number, gate: Gate, order: 0 | 1): number {
  const t = Math.abs(x);
  if (!(t >= 2 ** -500 && t <= inlinedLimit(gate)) || (order === 1 && Math.abs(x - gate.root) < ROOT_REACH))
    return gateForm(x, gate, order, false);
  // |v| = (a + b·t²)·t and w = |x·v'| = (a + 3b·t²)·t
  const th = head(t);
  const tl = t - th;
  let sh = gate.a;
  let sl = gate.aLow;
  let ch = 0;
  let cl = 0;
  if (gate.b !== 0) {
    const square = t * t;
    const squareLow = th * th - square + th * tl + tl * th + tl * tl;
    const qh = head(square);
    const ql = square - qh;
    const bh = head(gate.b);
    const bl = gate.b - bh;
    const p = square * gate.b;
    const q = qh * bh - p + qh * bl + ql * bh + ql * bl + (square * gate.bLow + squareLow * gate.b);
    ch = p + q;
    cl = q - (ch - p);
    const sum = sh + ch;
    const low = sl + cl;
    const u = sumLow(sh, ch, sum) + low;
    const v = sum + u;
    const z = sumLow(sl, cl, low) + (u - (v - sum));
    sh = v + z;
    sl = z - (sh - v);
  }
  const shh = head(sh);
  const shl = sh - shh;
  const vp = sh * t;
  const vq = shh * th - vp + shh * tl + shl * th + shl * tl + sl * t;
  const vh = -(vp + vq);
  const vl = -(vq - (-vh - vp));

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
  const eh = table[j] + er;
  const el = er - (eh - table[j]);

  // 1 + E
  const fh = eh * s;
  const fl = el * s;
  const one = 1 + fh;
  const du = fh - (one - 1) + fl;
  const dh = one + du;
  const dl = du - (dh - one);

  const ehh = head(eh);
  const ehl = eh - ehh;
  if (order === 0) {
    if (x > 0) return deliverQuotient(x, 0, dh, dl, 0);
    const p = eh * t;
    const q = ehh * th - p + ehh * tl + ehl * th + ehl * tl + el * t;
    const h = p + q;
    return deliverQuotient(-h, -(q - (h - p)), dh, dl, k >> 7) * s;
  }

  let wh = -vh;
  let wl = -vl;
  if (gate.b !== 0) {
    const p = 3 * ch;
    const q = ch - (p - 2 * ch) + 3 * cl;
    const h = p + q;
    const l = q - (h - p);
    const sum = gate.a + h;
    const low = gate.aLow + l;
    const u = sumLow(gate.a, h, sum) + low;
    const v = sum + u;
    const z = sumLow(gate.aLow, l, low) + (u - (v - sum));
    const slope = v + z;
    const hh = head(slope);
    const hl = slope - hh;
    const wp = slope * t;
    const wq = hh * th - wp + hh * tl + hl * th + hl * tl + (z - (slope - v)) * t;
    wh = wp + wq;
    wl = wq - (wh - wp);
  }
  if (x > 0) {
    const hh = head(wh);
    const hl = wh - hh;
    const fhh = ehh * s;
    const fhl = ehl * s;
    const p = wh * fh;
    const q = hh * fhh - p + hh * fhl + hl * fhh + hl * fhl + (wh * fl + wl * fh);
    wh = p + q;
    wl = q - (wh - p);
  } else {
    wh = -wh;
    wl = -wl;
  }
  const sum = dh + wh;
  const low = dl + wl;
  const u = sumLow(dh, wh, sum) + low;
  const v = sum + u;
  const z = sumLow(dl, wl, low) + (u - (v - sum));
  let h = v + z;
  let l = z - (h - v);
  if (x < 0) {
    const hh = head(h);
    const hl = h - hh;
    const p = h * eh;
    const q = hh * ehh - p + hh * ehl + hl * ehh + hl * ehl + (h * el + l * eh);
    h = p + q;
    l = q - (h - p);
  }
  const dhh = head(dh);
  const dhl = dh - dhh;
  const p = dh * dh;
  const q = dhh * dhh - p + dhh * dhl + dhl * dhh + dhl * dhl + (dh * dl + dl * dh);
  const square = p + q;
  const y = deliverQuotient(h, l, square, q - (square - p), x > 0 ? 0 : k >> 7);
  return x > 0 ? y : y * s;
}

function deliverQuotient(ah: number, al: number, bh: number, bl: number, exponent: number): number {
  const q = ah / bh;
  const rest = quotientRest(q, ah, al, bh, bl);
  const h = q + rest;
  unrounded[0] = h;
  unrounded[1] = rest - (h - q);
  unrounded[2] = exponent;
  return h;
}
