import { type Approximate, gelu, geluDerivative } from 'gelu';
import { ulp, ulpError } from 'gelu/numerics';
import { HIGH, LOW } from './points.js';
import type { AccuracyResult } from './types.js';

/** The smallest normal float32. */
const MIN_NORMAL = 2 ** -126;
const BINS = 300;

type ValueErrors = Pick<
  AccuracyResult,
  'worstRelative' | 'worstRelativeAt' | 'worstUlp' | 'worstUlpAt' | 'firstZero' | 'flushedShare' | 'errorCurve'
>;

/** The errors of the results `actual` at the ascending points x against the definition in float64. */
export function valueErrors(x: Float32Array, actual: Float32Array, approximate: Approximate): ValueErrors {
  const worst: ValueErrors = {
    worstRelative: 0,
    worstRelativeAt: Number.NaN,
    worstUlp: 0,
    worstUlpAt: Number.NaN,
    firstZero: null,
    flushedShare: 0,
    errorCurve: { x: [], ulp: [] },
  };
  const definition = gelu(Float64Array.from(x), { approximate });
  for (let i = 0; i < x.length; i++) {
    const exact = definition[i];
    const error = ulpError(actual[i], exact, 0, 'float32');
    if (error > worst.worstUlp) {
      worst.worstUlp = error;
      worst.worstUlpAt = x[i];
    }
    const normal = Math.abs(exact) >= MIN_NORMAL;
    const relative = Number.isNaN(actual[i]) ? Infinity : Math.abs(actual[i] - exact) / Math.abs(exact);
    if (normal && relative > worst.worstRelative) {
      worst.worstRelative = relative;
      worst.worstRelativeAt = x[i];
    }
    if (normal && x[i] < 0 && actual[i] === 0) worst.firstZero = x[i];
  }
  worst.errorCurve = errorCurve(x, (i) => ulpError(actual[i], definition[i], 0, 'float32'));
  worst.flushedShare = flushedShare(x, actual, definition);
  return worst;
}

/** The worst error in each of some hundred bins of [−15, 6], where it is. x is ascending. */
export function errorCurve(x: Float32Array, errorAt: (i: number) => number): AccuracyResult['errorCurve'] {
  const curve: AccuracyResult['errorCurve'] = { x: [], ulp: [] };
  let bin = -1;
  for (let i = 0; i < x.length; i++) {
    if (x[i] < LOW || x[i] >= HIGH) continue;
    const here = Math.floor(((x[i] - LOW) / (HIGH - LOW)) * BINS);
    const error = errorAt(i);
    const last = curve.ulp.length - 1;
    if (here !== bin) {
      curve.x.push(x[i]);
      curve.ulp.push(error);
    } else if (error > curve.ulp[last]) {
      curve.x[last] = x[i];
      curve.ulp[last] = error;
    }
    bin = here;
  }
  return curve;
}

/** The share, by length, of the inputs in [−15, 0) with a normal result that give 0 instead. x is ascending. */
function flushedShare(x: Float32Array, actual: Float32Array, exact: Float64Array): number {
  let length = 0;
  let flushed = 0;
  for (let i = 0; i + 1 < x.length && x[i] < 0; i++) {
    if (x[i] < LOW || Math.abs(exact[i]) < MIN_NORMAL) continue;
    const step = Math.min(x[i + 1], 0) - x[i];
    length += step;
    if (actual[i] === 0) flushed += step;
  }
  return length === 0 ? 0 : flushed / length;
}

/** The errors of derivatives `actual` at the points x. */
export function gradientErrors(
  x: Float32Array,
  actual: Float32Array,
  approximate: Approximate,
): NonNullable<AccuracyResult['gradient']> {
  const value = gelu(Float64Array.from(x), { approximate });
  const derivative = geluDerivative(Float64Array.from(x), { approximate });
  let nanCount = 0;
  let firstNan: number | null = null;
  let worst = 0;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(actual[i])) {
      nanCount++;
      if (firstNan === null || Math.abs(x[i]) < Math.abs(firstNan)) firstNan = x[i];
      continue;
    }
    const error = Math.abs(actual[i] - derivative[i]) / ulp(largerAddend(x[i], value[i], derivative[i]), 'float32');
    if (error > worst) worst = error;
  }
  return { nanCount, firstNan, worstUlpOfLargerAddend: worst };
}

/** The derivative of x·s(x) is s(x) + x·s'(x): the magnitude of the larger of the two, or of the sum if that is more. */
export function largerAddend(x: number, value: number, derivative: number): number {
  const s = x === 0 ? derivative : value / x;
  return Math.max(Math.abs(derivative), Math.abs(s), Math.abs(derivative - s));
}
