import { add, div, lo, mul, twoProduct, twoSum } from '../../numerics/dd.js';
import { exp, exponent } from '../../numerics/exp.js';
import { INV_SQRT_2PI, INV_SQRT_2PI_LOW, MILLS_MAX, mills } from '../../numerics/mills.js';
import { power, shiftOf } from '../../numerics/shift.js';
import { onFirstUse } from '../../shared/cache.js';
import { deliver, gateLimit } from '../formulas/deliver.js';
import type { Order } from '../model/order.js';
import { nearRoot, ROOT_REACH, rootRow } from './root.js';

/** Where the derivative of x·Φ(x) is zero. */
export const ROOT = -0.7517915246935645;
/** The row of the derivative of x·Φ(x) near its root. */
export const normalRoot: () => Float64Array = onFirstUse(() =>
  rootRow(ROOT, 1.4956759177009883e-17, (x) => normalForm(x, 0, 1, 1, true)),
);

/** In place of an order: the derivatives with respect to mean and to std. */
export const BY_MEAN = 3;
export const BY_STD = 4;

/**
 * x·Φ(z), z = (x − mean)/std, and its derivatives Φ(z) + w·φ(z) and φ(z)/std·(2 − w·z), w = x/std
 * (Hendrycks and Gimpel 2016, §2; mean 0 and std 1 is GELU); with respect to mean, −w·φ(z), and to std, −w·z·φ(z).
 *
 * With t = |z|, φ(t) = exp(−t²/2)/√(2π) and the upper tail is Q(t) = exp(−t²/2)·M(t), M the Mills ratio over √(2π).
 * Both stand as double-doubles and z is never rounded, so the tail keeps its relative accuracy and the sums of the
 * derivative may cancel.
 */
export function normalForm(
  x: number,
  mean: number,
  std: number,
  order: Order | typeof BY_MEAN | typeof BY_STD,
  precise: boolean,
): number {
  if (x === 0 && order === 0) return deliver(x, 0, 0); // keeps the sign of zero
  let zh = x;
  let zl = 0;
  let wh = x;
  let wl = 0;
  let scaledStd = 1;
  let stdShift = 0;
  if (mean !== 0 || std !== 1) {
    // z and w do not change when x, mean and std are scaled together.
    stdShift = std < 2 ** -400 ? 500 : std > 2 ** 400 ? -500 : 0;
    const up = power(stdShift);
    scaledStd = std * up;
    // Before the difference where it could overflow, after it where its addends could.
    const difference = stdShift < 0 ? twoSum(x * up, -mean * up) : twoSum(x, -mean) * up;
    const differenceLow = stdShift < 0 ? lo[0] : lo[0] * up;
    const z = difference / scaledStd;
    if (!(Math.abs(z) <= MILLS_MAX)) return gateLimit(order, x, z, (x / std) * z);
    zh = div(difference, differenceLow, scaledStd, 0);
    zl = lo[0];
    if (Math.abs(x) * 2 ** -500 < scaledStd * 2 ** (400 - stdShift)) {
      wh = div(x * up, 0, scaledStd, 0);
      wl = lo[0];
    } else {
      // So large a quotient means x = mean: the derivative is w·φ(0), that by mean −w·φ(0), and w·z = 0.
      if (order === 1 || order === BY_MEAN) {
        const slope = div((order === 1 ? x : -x) * power(-500), 0, scaledStd, 0);
        return deliver(mul(slope, lo[0], INV_SQRT_2PI, INV_SQRT_2PI_LOW), lo[0], 500 + stdShift);
      }
      wh = 0;
    }
  } else {
    if (!(Math.abs(x) <= 40)) return gateLimit(order, x, x);
    if (order === 1 && !precise && Math.abs(x - ROOT) < ROOT_REACH) return nearRoot(normalRoot(), x);
  }

  const negative = zh < 0;
  const th = negative ? -zh : zh;
  const tl = negative ? -zl : zl;
  const square = twoProduct(th, th);
  let eh = exp(-square / 2, -(lo[0] + 2 * th * tl) / 2, precise);
  let el = lo[0];
  let e = exponent[0];
  // From here on the tail's factor is (eh + el)·2^e; above the centre it is added to 1 and so takes its scale.
  if (!negative && order < 2) {
    const s = power(e);
    eh *= s;
    el *= s;
    e = 0;
  }

  if (order > 2) {
    let h = mul(eh, el, -INV_SQRT_2PI, -INV_SQRT_2PI_LOW);
    h = mul(h, lo[0], wh, wl);
    if (order === BY_STD) h = mul(h, lo[0], zh, zl);
    return deliver(h, lo[0], e);
  }
  if (order === 2) {
    let h = mul(wh, wl, zh, zl);
    h = add(2, 0, -h, -lo[0]);
    h = mul(h, lo[0], eh, el);
    h = mul(h, lo[0], INV_SQRT_2PI, INV_SQRT_2PI_LOW);
    if (std !== 1) h = div(h, lo[0], scaledStd, 0);
    return deliver(h, lo[0], e + stdShift);
  }

  let mh = mills(th, tl, precise);
  let ml = lo[0];
  if (order === 1) {
    // Φ(z) + w·φ(z) = E·(M + w/√(2π)) below the centre, 1 − E·(M − w/√(2π)) above.
    const ph = mul(wh, wl, INV_SQRT_2PI, INV_SQRT_2PI_LOW);
    mh = negative ? add(mh, ml, ph, lo[0]) : add(mh, ml, -ph, -lo[0]);
    ml = lo[0];
    // Near a root of the general form the derivative cancels: what the quick pieces leave out is evaluated.
    if (!precise && negative && Math.abs(mh) < Math.abs(ph) / 16) return normalForm(x, mean, std, order, true);
  }
  let h = mul(eh, el, mh, ml);
  if (!negative) h = add(1, 0, -h, -lo[0]);
  if (order === 1) return deliver(h, lo[0], e);
  const hl = lo[0];
  // Products of very large or small numbers would lose their low words: x takes its own scale.
  const shift = shiftOf(x);
  h = mul(h, hl, x * power(-shift), 0);
  return deliver(h, lo[0], e + shift);
}
