import { add, div, lo, mul, twoProduct } from '../../numerics/dd.js';
import { exp, exponent } from '../../numerics/exp.js';
import { power, shiftOf } from '../../numerics/shift.js';
import { onFirstUse } from '../../shared/cache.js';
import { deliver, gateLimit } from '../formulas/deliver.js';
import type { Order } from '../model/order.js';
import { nearRoot, ROOT_REACH, rootRow } from './root.js';

/** The exponent of a gated form: v(x) = x·(a + b·x²), whose gate is σ(v). Coefficients are double-doubles. */
export interface Gate {
  readonly a: number;
  readonly aLow: number;
  readonly b: number;
  readonly bLow: number;
  /** Beyond this |x| the gate is 0 or 1 in float64, also when multiplied by x and v's derivatives. */
  readonly limit: number;
  /** Where the derivative is zero, and its row there. */
  readonly root: number;
  readonly rootRow: () => Float64Array;
}

function gate(a: number, aLow: number, b: number, bLow: number, limit: number, root: number, rootLow: number): Gate {
  const made: Gate = {
    a,
    aLow,
    b,
    bLow,
    limit,
    root,
    rootRow: onFirstUse(() => rootRow(root, rootLow, (x) => gateForm(x, made, 1, true))),
  };
  return made;
}

/** √(2/π)·(x + 0.044715·x³) twice, since ½(1 + tanh u) = σ(2u) (Hendrycks and Gimpel 2016, §2): a = 2·√(2/π), b = 0.044715·a. */
export const TANH_GATE: Gate = gate(
  1.5957691216057308,
  -9.96930880911092e-17,
  0.07135481627260025,
  -6.175149918155315e-19,
  24,
  -0.7524614220710163,
  3.635560509207687e-17,
);

/** 1.702·x (Hendrycks and Gimpel 2016, §2). */
export const SIGMOID_GATE: Gate = gate(
  1.702,
  4.263256414560601e-17,
  0,
  0,
  480,
  -0.751154255441289,
  4.696480973567411e-17,
);

/**
 * x·σ(v(x)) and its derivatives s + x·s·r·v' and s·r·(2v' + x·v'' + x·v'²·(r − s)), s = σ(v), r = 1 − s.
 *
 * With E = exp(−|v|) as a double-double, s and r are E/(1 + E) and 1/(1 + E) in one order or the other: neither 1 − s
 * nor 1 + tanh is ever formed, and x³ cannot overflow, since beyond `limit` the gate has reached 0 or 1.
 */
export function gateForm(x: number, gate: Gate, order: Order, precise: boolean): number {
  if (!(Math.abs(x) <= gate.limit)) return gateLimit(order, x, x);
  if (order === 1 && !precise && Math.abs(x - gate.root) < ROOT_REACH) return nearRoot(gate.rootRow(), x);
  if (x === 0 && order === 0) return deliver(x, 0, 0); // keeps the sign of zero
  const squareHigh = twoProduct(x, x);
  const squareLow = lo[0];
  const cubicHigh = mul(squareHigh, squareLow, gate.b, gate.bLow); // b·x²
  const cubicLow = lo[0];
  const slopeHigh = add(gate.a, gate.aLow, cubicHigh, cubicLow);
  const v = mul(slopeHigh, lo[0], x, 0);
  const negative = v < 0;
  const eh = exp(negative ? v : -v, negative ? lo[0] : -lo[0], precise);
  const el = lo[0];
  const e = exponent[0];
  const s = power(e);
  const dh = add(1, 0, eh * s, el * s); // 1 + E
  const dl = lo[0];

  if (order === 0) {
    const shift = shiftOf(x);
    const h = negative ? mul(eh, el, x * power(-shift), 0) : x * power(-shift);
    const y = div(h, negative ? lo[0] : 0, dh, dl);
    return deliver(y, lo[0], (negative ? e : 0) + shift);
  }

  // w = x·v' = x·(a + 3b·x²)
  let h = mul(cubicHigh, cubicLow, 3, 0);
  const v1h = add(gate.a, gate.aLow, h, lo[0]);
  const v1l = lo[0];
  const wh = mul(v1h, v1l, x, 0);
  const wl = lo[0];
  const d2h = mul(dh, dl, dh, dl);
  const d2l = lo[0];
  if (order === 1) {
    // s·(1 + w·r) = E·(1 + E + w)/(1 + E)² below 0, (1 + E + E·w)/(1 + E)² above.
    if (negative) {
      h = add(dh, dl, wh, wl);
      h = mul(h, lo[0], eh, el);
    } else {
      h = mul(wh, wl, eh * s, el * s);
      h = add(dh, dl, h, lo[0]);
    }
    h = div(h, lo[0], d2h, d2l);
    return deliver(h, lo[0], negative ? e : 0);
  }

  // s·r = E/(1 + E)², 2v' + x·v'' = 2a + 12b·x², r − s = ±(1 − E)/(1 + E), x·v'² = w·v'.
  h = mul(cubicHigh, cubicLow, 12, 0);
  h = add(2 * gate.a, 2 * gate.aLow, h, lo[0]);
  h = mul(h, lo[0], dh, dl);
  const nh = h;
  const nl = lo[0];
  const sign = negative ? 1 : -1;
  h = add(sign, 0, -sign * eh * s, -sign * el * s);
  h = mul(h, lo[0], wh, wl);
  h = mul(h, lo[0], v1h, v1l);
  h = add(nh, nl, h, lo[0]);
  if (!precise && Math.abs(h) < Math.abs(nh) / 16) return gateForm(x, gate, order, true); // near a root
  h = mul(h, lo[0], eh, el);
  const hl = lo[0];
  const d3h = mul(d2h, d2l, dh, dl);
  h = div(h, hl, d3h, lo[0]);
  return deliver(h, lo[0], e);
}
