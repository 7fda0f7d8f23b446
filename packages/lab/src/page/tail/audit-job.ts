import { type Approximate, gelu } from 'gelu';
import { valueErrors } from '../../implementations/errors.js';
import { testPoints } from '../../implementations/points.js';
import type { Port } from '../work/types.js';

export interface AuditInput {
  /** A JavaScript expression that is a function of a number: (x) => … */
  source: string;
  form: Approximate;
}

/** How good it is as float32: the level it reaches, and what keeps it from the next one. */
export interface AuditOutput {
  level: 'exact' | '1ulp' | 'framework' | 'none';
  points: number;
  worstUlp: number;
  worstUlpAt: number;
  /** The largest x below 0 at which 0 comes out though the exact result is a normal number. */
  firstZero: number | null;
  notFinite: number;
  curve: { x: number[]; ulp: number[] };
}

const POINTS = 40_000;

/** Calls someone's function at many float32 inputs, rounds what it gives to float32, and compares with the definition. */
export function auditJob({ source, form }: AuditInput, { post }: Port): void {
  let f: unknown;
  try {
    f = new Function(`'use strict'; return (${source}\n);`)();
  } catch (error) {
    throw new Error(`This is no JavaScript expression: ${(error as Error).message}`);
  }
  if (typeof f !== 'function')
    throw new Error('Expected a function of a number, as (x) => 0.5 * x * (1 + Math.tanh(0.8 * x)).');
  const x = testPoints(POINTS, 1);
  const y = new Float32Array(x.length);
  let notFinite = 0;
  let close = true;
  for (let i = 0; i < x.length; i++) {
    const value: unknown = f(x[i]);
    if (typeof value !== 'number') throw new Error(`At x = ${x[i]} it gives no number.`);
    y[i] = value;
    if (!Number.isFinite(y[i])) notFinite++;
  }
  const { worstUlp, worstUlpAt, firstZero, errorCurve } = valueErrors(x, y, form);
  // What frameworks promise of float32 (PyTorch's assert_close): 10⁻⁵ + 1.3·10⁻⁶·|exact|.
  const exact = gelu(Float64Array.from(x), { approximate: form });
  for (let i = 0; i < x.length; i++)
    if (!(Math.abs(y[i] - exact[i]) <= 1e-5 + 1.3e-6 * Math.abs(exact[i]))) close = false;
  const level = worstUlp <= 0.5 + 1e-6 ? 'exact' : worstUlp <= 1 ? '1ulp' : close ? 'framework' : 'none';
  post({
    level,
    points: x.length,
    worstUlp,
    worstUlpAt,
    firstZero,
    notFinite,
    curve: errorCurve,
  } satisfies AuditOutput);
}
