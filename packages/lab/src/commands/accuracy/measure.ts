import { type Approximate, gelu, geluDerivative, geluSecondDerivative } from 'gelu';
import { exponentOf, preciseGelu } from 'gelu/numerics';
import { fillPoints, LANDMARKS } from './points.js';

/** The worst errors in one range of inputs, in float64 units in the last place. */
export interface Worst {
  form: Approximate;
  order: 0 | 1 | 2;
  range: string;
  points: number;
  /** Of the exact result. */
  ulp: number;
  ulpAt: number;
  /** Of the larger of the two addends of a derivative; of the result for the function itself. */
  addendUlp: number;
  addendUlpAt: number;
}

/** What a worker is asked for: all three orders of one form on one chunk of points. */
export interface Chunk {
  form: Approximate;
  chunk: number;
  points: number;
  seed: number;
}

const MIN_NORMAL = 2 ** -1022;

/** Closer to a root of a derivative than this, its error is bounded in ULP of the larger addend. */
const ROOT_RADIUS: number = 2 ** -40;

/** The ranges of the report, as `rangeOf` names them. */
export const RANGES: readonly string[] = [
  'subnormal x',
  'tiny x',
  'small x',
  'centre',
  'near root',
  'at root',
  'tail',
  'subnormal y',
  'large x',
];

/** The functions under test, by order; those of the library by default. */
export type Functions = readonly ((x: Float64Array, options: { approximate: Approximate }) => Float64Array)[];

const LIBRARY: Functions = [gelu, geluDerivative, geluSecondDerivative];

/** Measures one chunk against the double-double definition. */
export function measureChunk({ form, chunk, points, seed }: Chunk, functions: Functions = LIBRARY): Worst[] {
  const x = new Float64Array(points);
  fillPoints(x, form, seed, chunk);
  const y = functions.map((f) => f(x, { approximate: form }));
  const worst = new Map<string, Worst>();
  const exact = new Float64Array(3);
  for (const order of [0, 1, 2] as const) {
    for (let i = 0; i < points; i++) {
      preciseGelu(form, order, x[i], exact);
      const ulp = scaledUlpError(y[order][i], exact);
      const cancelled = order === 0 ? 0 : cancelledBits(order, x[i], y[0][i], y[1][i], y[order][i]);
      const range = rangeOf(form, order, x[i], y[order][i]);
      record(worst, form, order, range, x[i], ulp, ulp * 2 ** -cancelled);
    }
  }
  return [...worst.values()];
}

/** |actual − (high + low)·2^exponent| in units in the last place of the latter, subnormal results included. */
export function scaledUlpError(actual: number, [high, low, exponent]: Float64Array): number {
  if (exponent === 0 && Object.is(actual, high) && low === 0) return 0;
  const up = 2 ** -Math.trunc(exponent / 2);
  const distance = Math.abs(actual * up * 2 ** (Math.trunc(exponent / 2) - exponent) - high - low);
  const unit = Math.max((high === 0 ? -1100 : exponentOf(high)) + exponent - 52, -1074);
  // In two steps, since the exponents may be far apart or below all normal numbers.
  const shift = exponent - unit;
  return Number.isNaN(distance)
    ? Infinity
    : distance * 2 ** Math.trunc(shift / 2) * 2 ** (shift - Math.trunc(shift / 2));
}

/**
 * By how many binary places the sum that gives a derivative falls short of its larger addend. The gate s = f/x gives
 * the addends of f' = s + x·s' and of f'' = 2s' + x·s''.
 */
export function cancelledBits(order: 1 | 2, x: number, f: number, f1: number, result: number): number {
  const size = Math.abs(x);
  if (result === 0 || size < 0.25 || size > 4) return 0; // far from all roots
  const gate = f / x;
  const addend = order === 1 ? gate : (2 * (f1 - gate)) / x;
  const larger = Math.max(Math.abs(addend), Math.abs(result - addend));
  return Math.max(0, exponentOf(larger) - exponentOf(result));
}

function rangeOf(form: Approximate, order: 0 | 1 | 2, x: number, y: number): string {
  const size = Math.abs(x);
  if (size < MIN_NORMAL) return 'subnormal x';
  if (size < 2 ** -60) return 'tiny x';
  for (const root of LANDMARKS[form].roots[order]) {
    const distance = Math.abs(x - root);
    if (distance < ROOT_RADIUS) return 'at root';
    if (distance < 2 ** -6) return 'near root';
  }
  if (size < 0.25) return 'small x';
  if (size <= 8) return 'centre';
  if (Math.abs(y) < MIN_NORMAL) return 'subnormal y';
  return x < 0 ? 'tail' : 'large x';
}

function record(
  worst: Map<string, Worst>,
  form: Approximate,
  order: 0 | 1 | 2,
  range: string,
  x: number,
  ulp: number,
  addendUlp: number,
): void {
  const key = `${form} ${order} ${range}`;
  let entry = worst.get(key);
  if (entry === undefined) {
    entry = { form, order, range, points: 0, ulp: -1, ulpAt: x, addendUlp: -1, addendUlpAt: x };
    worst.set(key, entry);
  }
  entry.points++;
  if (ulp > entry.ulp) {
    entry.ulp = ulp;
    entry.ulpAt = x;
  }
  if (addendUlp > entry.addendUlp) {
    entry.addendUlp = addendUlp;
    entry.addendUlpAt = x;
  }
}
