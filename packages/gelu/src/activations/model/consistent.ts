import { GeluRangeError } from '../../shared/errors.js';
import type { Line } from './shape.js';

type Scalar = (x: number) => number;

/** What of a user's activation must agree. */
export interface Parts {
  readonly value: Scalar;
  readonly derivative: Scalar;
  readonly second: Scalar;
  /** Whether the user gave the derivative; else it is a difference of the value. */
  readonly given: boolean;
  readonly domain: readonly [number, number];
  readonly below: Line;
  readonly above: Line;
  readonly breaks: readonly number[];
}

/** Points of the domain that are looked at, and how far a line may be off at its end. */
const POINTS = 256;
const END = 2 ** -20;
/** Steps of three differences, as parts of the size of x: where they agree the function is smooth. */
const STEPS = [2 ** -10, 2 ** -13, 2 ** -16];

/**
 * Throws GeluRangeError, with the numbers, if the parts of an activation contradict one another: a value or a derivative that
 * is no finite number somewhere in the domain, or throws; a line that does not begin where the value ends; a derivative that
 * is not the value's.
 */
export function requireConsistent({ value, derivative, second, given, domain, below, above, breaks }: Parts): void {
  const [low, high] = domain;
  const beside = given ? '' : ' (from differences, which read the value beside the domain too: state the derivative)';
  const functions = [
    ['value', value, ''],
    ['derivative', derivative, beside],
    ['secondDerivative', second, beside],
  ] as const;
  for (const [name, f, remark] of functions)
    for (let i = 0; i <= POINTS; i++) {
      const x = i === POINTS ? high : low + (high - low) * (i / POINTS);
      if (f === value || !breaks.includes(x)) requireFinite(name, f, x, remark);
    }
  for (const [name, line, x] of [
    ['below', below, low],
    ['above', above, high],
  ] as const) {
    const [y, end] = [value(x), line.intercept + line.slope * x];
    if (!(Math.abs(y - end) <= END * Math.max(1, Math.abs(end))))
      throw new GeluRangeError(name, `the line that the value becomes at ${x}, where it is ${y}`, `${end} there`);
  }
  if (!given) return;
  for (let i = 1; i < POINTS; i++) {
    // No point that a kink is likely to be at: at kinks conventions decide.
    const x = low + (high - low) * ((i * 0.6180339887498949) % 1);
    const slopes = STEPS.map((step) => difference(value, x, step * Math.max(Math.abs(x), (high - low) / 64)));
    const [first, , last] = slopes;
    const size = Math.max(Math.abs(last), Math.abs(derivative(x)), 1e-3);
    const smooth = slopes.every((s) => Math.abs(s - first) <= 1e-3 * size);
    if (smooth && Math.abs(last - derivative(x)) > 0.02 * size)
      throw new GeluRangeError('derivative', `the value's, ${last} at ${x}`, String(derivative(x)));
  }
}

function difference(f: Scalar, x: number, h: number): number {
  return (f(x + h) - f(x - h)) / (2 * h);
}

function requireFinite(name: string, f: Scalar, x: number, remark: string): void {
  let y: unknown;
  try {
    y = f(x);
  } catch (error) {
    throw new GeluRangeError(name, `a number at every point of its domain${remark}`, `an error at ${x}: ${error}`);
  }
  if (typeof y !== 'number' || !Number.isFinite(y))
    throw new GeluRangeError(name, `finite on its domain${remark}`, `${String(y)} at ${x}`);
}
