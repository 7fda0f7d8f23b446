import { lo, mul, twoProduct } from '../../numerics/dd.js';
import { exp, exponent } from '../../numerics/exp.js';
import { INV_SQRT_2PI, INV_SQRT_2PI_LOW } from '../../numerics/mills.js';
import { deliver } from '../formulas/result.js';
import { roughly, standard, standardize, WH, WL, ZH, ZL } from '../formulas/standardize.js';

/**
 * The derivatives of x·Φ(z), z = (x − mean)/std, with respect to mean, −w·φ(z), and to std, −w·z·φ(z), w = x/std.
 * Within 1 ULP.
 */
export function normalGradient(parameter: 'mean' | 'std', x: number, mean: number, std: number): number {
  const rough = roughly(x, mean, std);
  if (Number.isNaN(x)) return deliver(x, 0, 0);
  if (!(Math.abs(rough) <= 54)) return deliver(0, 0, 0); // φ(54) = 1e-634
  standardize(x, mean, std);
  const zh = standard[ZH];
  const zl = standard[ZL];
  const square = twoProduct(zh, zh);
  const eh = exp(-square / 2, -(lo[0] + 2 * zh * zl) / 2, false);
  const el = lo[0];
  const e = exponent[0];
  let h = mul(eh, el, -INV_SQRT_2PI, -INV_SQRT_2PI_LOW);
  h = mul(h, lo[0], standard[WH], standard[WL]);
  if (parameter === 'std') h = mul(h, lo[0], zh, zl);
  return deliver(h, lo[0], e);
}
