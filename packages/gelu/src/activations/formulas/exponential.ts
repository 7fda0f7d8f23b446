import { div, lo, mul } from '../../numerics/dd.js';
import { exp, exponent } from '../../numerics/exp.js';
import { expm1 } from '../../numerics/expm1.js';
import { power, shiftOf } from '../../numerics/shift.js';
import type { Evaluate, Facts } from '../model/activation.js';
import { line, type SmoothShape } from '../model/shape.js';
import { LOGISTIC_MAX } from './logistic.js';
import { deliver, deliverProduct } from './result.js';

/** scale·x above 0, scale·alpha·(exp(x/width) − 1) below: ELU, SELU and CELU. The scale is positive, the width not 0. */
export interface Exponential {
  readonly scale: number;
  readonly alpha: number;
  readonly width: number;
  /** What scale and alpha leave out, for those of SELU. */
  readonly scaleLow?: number;
  readonly alphaLow?: number;
}

/** Its evaluator. The derivatives at 0 are those of the left side, as in PyTorch. */
export function exponential({ scale, alpha, width, scaleLow = 0, alphaLow = 0 }: Exponential): Evaluate {
  const scaleShift = shiftOf(scale);
  const alphaShift = shiftOf(alpha);
  const shift = scaleShift + alphaShift;
  const [a, b] = [power(-scaleShift), power(-alphaShift)];
  const depth = mul(scale * a, scaleLow * a, alpha * b, alphaLow * b);
  const depthLow = lo[0];
  const widthShift = shiftOf(width);
  const scaledWidth = width * power(-widthShift);
  return (order, x, precise = false) => {
    if (Number.isNaN(x)) return deliver(x, 0, 0);
    if (x > 0) {
      if (order > 0) return deliver(order === 1 ? scale : 0, order === 1 ? scaleLow : 0, 0);
      if (scale === 1 || x === Infinity) return deliver(x, 0, 0);
      return deliverProduct(scale * power(-scaleShift), scaleLow * power(-scaleShift), scaleShift, x);
    }
    if (x === 0 && order === 0) return deliver(alpha / width < 0 ? -x : x, 0, 0);
    const rough = x / width;
    if (rough < -LOGISTIC_MAX) return order === 0 ? deliver(-depth, -depthLow, shift) : deliver(0 * depth, 0, 0);
    // Only where the width is negative: there it grows beyond all numbers.
    if (rough > LOGISTIC_MAX) return deliver(Math.sign(alpha) * (order === 1 ? Math.sign(width) : 1) * Infinity, 0, 0);
    const xShift = shiftOf(x);
    // t = x/width, times 2^(xShift − widthShift) unless that is 0.
    const qh = div(x * power(-xShift), 0, scaledWidth, 0);
    const ql = lo[0];
    const up = xShift - widthShift;
    if (order === 0 && Math.abs(rough) < 2 ** -200) {
      const h = mul(depth, depthLow, qh, ql);
      return deliver(h, lo[0], shift + up);
    }
    const s = power(up);
    let h: number;
    let e = 0;
    if (order === 0 && rough < 80) h = expm1(qh * s, ql * s, precise);
    else {
      h = exp(qh * s, ql * s, precise);
      e = exponent[0];
    }
    h = mul(depth, depthLow, h, lo[0]);
    for (let k = 0; k < order; k++) h = div(h, lo[0], scaledWidth, 0);
    return deliver(h, lo[0], e + shift - order * widthShift);
  };
}

/** What it tends to at −∞. */
function depthOf({ scale, alpha, width, scaleLow = 0, alphaLow = 0 }: Exponential): number {
  if (width < 0) return alpha * Infinity;
  return scaleLow === 0 ? -scale * alpha || 0 : -mul(scale, scaleLow, alpha, alphaLow);
}

/** Its shape. */
export function exponentialShape(form: Exponential): SmoothShape {
  const zeros = [[0], []] as const;
  return {
    kind: 'smooth',
    below: line(depthOf(form), form.width > 0 ? 0 : Infinity),
    above: line(0, form.scale),
    breaks: [0],
    zeros,
  };
}

/** Its facts. */
export function exponentialFacts(form: Exponential): Facts {
  const { scale, alpha, width } = form;
  const low = depthOf(form);
  const falls = alpha < 0 && width > 0;
  const grows = width < 0; // then alpha is the width: a CELU
  return {
    range: { low: falls ? 0 : low, high: Infinity, attains: [falls || alpha === 0, false] },
    zeros: [alpha === 0 ? [-Infinity, 0] : [0, 0]],
    stationary: falls ? [0] : [],
    minimum: falls || alpha === 0 ? { x: 0, value: 0 } : null,
    monotone: falls ? 'not monotone' : alpha === 0 ? 'non-decreasing' : 'increasing',
    smoothness: alpha === width ? 1 : 0,
    kinks: [0],
    convex: alpha >= 0 && alpha <= width,
    lipschitz: grows ? Infinity : scale * Math.max(1, Math.abs(alpha / width)),
    below: { value: low, slope: grows ? Infinity : 0 },
    above: { value: Infinity, slope: scale },
  };
}
