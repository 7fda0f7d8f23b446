import { uniforms } from '../numerics/philox.js';
import { keepProbability } from './stochastic.js';

// An element x is dropped if its random number u is at least Φ(x). Φ grows, so that is x < t(u), with t(u) the least float32
// that is kept: numbers which need not wait for x, and a comparison that is exact on every backend.

const float = new Float32Array(1);
const int = new Int32Array(float.buffer);

/** The float32 of that number in their order, −∞ to +∞; 0 is +0. */
function floatAt(index: number): number {
  int[0] = index >= 0 ? index : -0x80000000 - index - 1;
  return float[0];
}

function indexOf(x: number): number {
  float[0] = x;
  return int[0] >= 0 ? int[0] : -0x80000000 - int[0] - 1;
}

const LEAST = indexOf(-64); // nothing below is kept by any number,
const LARGEST = indexOf(16); // and all from here on is kept by every one

/** t(u). */
export function threshold(u: number): number {
  const kept = (index: number): boolean => !(u >= keepProbability(floatAt(index)));
  let high = Math.min(Math.max(indexOf(quantile(u)), LEAST + 1), LARGEST);
  // The guess is off by a step or two at most, but beside 0, where float32 numbers are closer than probabilities.
  for (let tries = 0; tries < 6; tries++) {
    if (!kept(high)) high++;
    else if (kept(high - 1)) high--;
    else return floatAt(high);
  }
  let low = LEAST;
  high = LARGEST;
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (kept(middle)) high = middle;
    else low = middle;
  }
  return floatAt(high);
}

/** The thresholds of the elements from number `first` on of a call with a seed. */
export function thresholds(seed: number, call: number, first: number, length: number): Float32Array {
  const out = new Float32Array(length);
  const numbers = new Float64Array(Math.min(4096, length));
  for (let start = 0; start < length; start += numbers.length) {
    const part = numbers.subarray(0, Math.min(numbers.length, length - start));
    uniforms(seed, call, first + start, part);
    for (let i = 0; i < part.length; i++) out[start + i] = threshold(part[i]);
  }
  return out;
}

// Rational approximations of the quantile of the normal distribution by P. J. Acklam (2003), relative error 1.2e-9: a guess.
const A = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
const C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];

const horner = (c: readonly number[], x: number): number => c.reduce((sum, factor) => sum * x + factor, 0);

function quantile(p: number): number {
  const tail = (q: number): number => {
    const r = Math.sqrt(-2 * Math.log(q));
    return horner(C, r) / horner(D, r);
  };
  if (p < 0.02425) return p === 0 ? -64 : tail(p);
  if (p > 0.97575) return -tail(1 - p);
  const q = p - 0.5;
  return (q * horner(A, q * q)) / horner(B, q * q);
}
