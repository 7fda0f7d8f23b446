import { powerOfTwo } from '../../numerics/scale.js';
import { exponentOf } from '../../numerics/ulp.js';
import { describe, GeluRangeError, GeluTypeError } from '../../shared/errors.js';
import { deliver } from '../formulas/result.js';
import type { Activation, Evaluate, Facts } from './activation.js';
import { requireConsistent } from './consistent.js';
import { type Line, line } from './shape.js';

/** A function of one number. */
type Scalar = (x: number) => number;

/** What `defineActivation` needs to know of an activation of one's own. */
export interface OwnActivation {
  /** In camelCase: 'myLinear'. */
  readonly name: string;
  /** The name of its layer; default: the name with a capital letter. */
  readonly layer?: string;
  readonly formula?: string;
  /** The function in float64, smooth between the `breaks`. Its own error is the error of everything derived from it. */
  readonly value: Scalar;
  /** Its derivative; by default from differences of the value, to about 13 digits. */
  readonly derivative?: Scalar;
  /** Its second derivative; by default from differences of the derivative (13 digits) or of the value (10 digits). */
  readonly secondDerivative?: Scalar;
  /** [low, high]: below low the function is the line `below` in float32, above high the line `above`. */
  readonly domain: readonly [number, number];
  /** Default: 0. */
  readonly below?: Partial<Line>;
  /** Default: x. */
  readonly above?: Partial<Line>;
  /** Points at which it, or a derivative, jumps; then the derivatives must be given. */
  readonly breaks?: readonly number[];
  /** Where it crosses 0 and where its derivative does: there the kernels keep relative accuracy. Default: none. */
  readonly zeros?: readonly [readonly number[], readonly number[]];
  readonly facts?: Facts;
}

// Central differences of order 8: f' = Σ aₖ·(f(x + kh) − f(x − kh))/h, f'' = Σ bₖ·(f(x + kh) − 2f(x) + f(x − kh))/h².
const FIRST = [4 / 5, -1 / 5, 4 / 105, -1 / 280];
const SECOND = [8 / 5, -1 / 5, 8 / 315, -1 / 560];

/** The step: small against the curvature of an activation, exact beside x. */
function stepAt(x: number, least: number): number {
  return powerOfTwo(Math.max(least, exponentOf(x === 0 ? 1 : x) - 20));
}

/** The derivative of f by differences: relative error about 10⁻¹³ of the size of f where f varies over lengths near 1. */
export function difference(f: Scalar): Scalar {
  return (x) => {
    const h = stepAt(x, -7);
    return FIRST.reduce((sum, a, i) => sum + a * (f(x + (i + 1) * h) - f(x - (i + 1) * h)), 0) / h;
  };
}

/** The second derivative of f by differences: error about 10⁻¹⁰ of the size of f. */
function secondDifference(f: Scalar): Scalar {
  return (x) => {
    const h = stepAt(x, -6);
    const y = f(x);
    const terms = SECOND.map((b, i) => b * (f(x + (i + 1) * h) - y - (y - f(x - (i + 1) * h))));
    return terms.reduce((sum, t) => sum + t, 0) / (h * h);
  };
}

/** The entries of an object. */
function read(own: OwnActivation): OwnActivation {
  try {
    if (own !== null && typeof own === 'object') return { ...own };
  } catch {
    // a proxy that throws
  }
  throw new GeluTypeError('own', 'an object with name, value and domain', describe(own));
}

/**
 * An activation from a float64 function and its domain: with `registerActivation` it gets kernels, a layer and a name like
 * the built-in ones. What is built on it is as accurate as the function given: 1 ULP of float32 needs errors below 2⁻³⁰.
 *
 * Throws GeluTypeError for arguments of the wrong type and GeluRangeError, with the numbers, if the domain is empty, the
 * function or a derivative is not finite on it (or throws), a line does not begin where the function ends, the derivative is
 * another function's, or it has breaks but no derivative.
 *
 * @example
 * const logish = defineActivation({
 *   name: 'logish',
 *   value: (x) => x * Math.log1p(1 / (1 + Math.exp(-x))),
 *   domain: [-110, 40],
 *   above: { slope: Math.LN2 },
 *   zeros: [[0], []],
 * });
 * activationFunction(logish)(1); // 0.5487331165400282
 */
export function defineActivation(own: OwnActivation): Activation {
  const { name, value, domain, breaks = [], zeros = [[], []], facts } = read(own);
  if (typeof name !== 'string' || !/^[a-zA-Z]\w*$/.test(name))
    throw new GeluTypeError('name', 'an identifier', describe(name));
  if (typeof value !== 'function') throw new GeluTypeError('value', 'a function of a number', describe(value));
  if (!Array.isArray(domain) || domain.length !== 2 || !domain.every(Number.isFinite))
    throw new GeluTypeError('domain', 'two finite numbers', describe(domain));
  const [low, high] = domain;
  if (!(low < high)) throw new GeluRangeError('domain', 'two increasing numbers', `${low}, ${high}`);
  if (breaks.length > 0 && !(own.derivative && own.secondDerivative))
    throw new GeluRangeError('breaks', 'empty unless derivative and secondDerivative are given', String(breaks));
  const below = line(own.below?.intercept ?? 0, own.below?.slope ?? 0);
  const above = line(own.above?.intercept ?? 0, own.above?.slope ?? 1);
  const derivative = own.derivative ?? difference(value);
  const second = own.secondDerivative ?? (own.derivative ? difference(own.derivative) : secondDifference(value));
  requireConsistent({ value, derivative, second, given: own.derivative !== undefined, domain, below, above, breaks });
  const functions = [value, derivative, second];
  const evaluate: Evaluate = (order, x) => {
    if (Number.isNaN(x)) return deliver(x, 0, 0);
    if (x >= low && x <= high) return deliver(functions[order](x), 0, 0);
    const { intercept, slope } = x < low ? below : above;
    return deliver(order === 0 ? (slope === 0 ? intercept : intercept + slope * x) : order === 1 ? slope : 0, 0, 0);
  };
  return {
    name,
    layer: own.layer ?? name[0].toUpperCase() + name.slice(1),
    aliases: [],
    formula: own.formula ?? name,
    parameters: {},
    evaluator: () => evaluate,
    shape: () => ({ kind: 'smooth', below, above, breaks, zeros, domain: [low, high] }),
    ...(facts && { facts: () => facts }),
  };
}
