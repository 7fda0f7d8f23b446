import { add, div, lo, mul } from '../../numerics/dd.js';
import { exp, exponent } from '../../numerics/exp.js';
import { expm1 } from '../../numerics/expm1.js';
import { log1p } from '../../numerics/log1p.js';
import { power } from '../../numerics/shift.js';
import type { Order } from '../model/order.js';

/** Beyond this |t| exp(−|t|) vanishes even against 1e308. */
export const LOGISTIC_MAX = 1500;

/**
 * What the functions of exp(t) are made of, left by `split`: E = exp(−|t|) as (EH + EL)·2^EXPONENT and, where it is
 * added to 1, as UH + UL; D = 1 + E. Every sum of them has only positive terms.
 */
export const parts: Float64Array = new Float64Array(7);
export const EH = 0;
export const EL = 1;
export const EXPONENT = 2;
export const UH = 3;
export const UL = 4;
export const DH = 5;
export const DL = 6;

/** Fills `parts` for t = th + tl, |th| ≤ LOGISTIC_MAX. Returns whether t is negative. */
export function split(th: number, tl: number, precise: boolean): boolean {
  const negative = th < 0;
  const eh = exp(negative ? th : -th, negative ? tl : -tl, precise);
  const el = lo[0];
  const e = exponent[0];
  const s = power(e);
  parts[EH] = eh;
  parts[EL] = el;
  parts[EXPONENT] = e;
  parts[UH] = eh * s;
  parts[UL] = el * s;
  parts[DH] = add(1, 0, eh * s, el * s);
  parts[DL] = lo[0];
  return negative;
}

/**
 * σ(t) = 1/(1 + e^(−t)), σ' = E/(1 + E)² or σ'' = −sgn(t)·E·(1 − E)/(1 + E)³ as (returned + lo[0])·2^exponent[0], for
 * |t| ≤ LOGISTIC_MAX.
 */
export function sigmoidPair(th: number, tl: number, order: Order, precise: boolean): number {
  const negative = split(th, tl, precise);
  const dh = parts[DH];
  const dl = parts[DL];
  if (order === 0) {
    exponent[0] = negative ? parts[EXPONENT] : 0;
    return negative ? div(parts[EH], parts[EL], dh, dl) : div(1, 0, dh, dl);
  }
  let h = div(parts[EH], parts[EL], dh, dl);
  h = div(h, lo[0], dh, dl);
  if (order === 2) {
    const hl = lo[0];
    const n = expm1(negative ? th : -th, negative ? tl : -tl, precise); // −(1 − E)
    h = mul(h, hl, negative ? -n : n, negative ? -lo[0] : lo[0]);
    h = div(h, lo[0], dh, dl);
  }
  exponent[0] = parts[EXPONENT];
  return h;
}

/** log(1 + e^t) = max(t, 0) + log(1 + E), likewise. */
export function softplusPair(th: number, tl: number, precise: boolean): number {
  const negative = split(th, tl, precise);
  const h = log1p(parts[EH], parts[EL], parts[EXPONENT], precise);
  if (negative) return h;
  const s = power(exponent[0]);
  exponent[0] = 0;
  return add(th, tl, h * s, lo[0] * s);
}
