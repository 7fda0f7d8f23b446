import { requireCount } from '../functions/stochastic.js';
import { rreluSlopes, type StochasticRreluOptions } from '../functions/stochastic-rrelu.js';
import { thresholds } from '../functions/stochastic-thresholds.js';
import { isArray } from '../input/arrays.js';
import { requireOptions } from '../input/options.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { isJaxArray, requireFloat32 } from './operand.js';
import { np } from './peer.js';

/** Which random numbers. */
export interface JaxRandomOptions {
  /** Names the random numbers; an integer from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Which call with this seed it is, an integer from 0; default 0. Other calls have other numbers. */
  readonly call?: number | undefined;
  /** The number of the first element; default 0. Work on parts with their offsets gives what the whole gives. */
  readonly offset?: number | undefined;
}

/** Options of {@link stochasticRrelu}: the range of the slopes too. */
export type JaxRreluOptions = Omit<StochasticRreluOptions, 'out' | 'dtype'>;

const RANDOM: readonly string[] = ['seed', 'call', 'offset'];
const RANGE: readonly string[] = ['lower', 'upper', ...RANDOM];

/**
 * The random numbers of {@link stochasticGelu} for an array of that shape: the least x of each element that is kept. What a compiled
 * function takes as an argument, since a seed in it would be a constant: with every step other elements.
 *
 * @throws GeluTypeError, GeluRangeError for a shape that is none, or for a seed, call or offset that is no such integer.
 *
 * @example
 * const step = jit((x, least) => stochasticGelu(x, least));
 * step(np.array([-1, 1, 2]), stochasticThresholds([3], { seed: 7, call: 1 })).js(); // [0, 1, 2]
 */
export function stochasticThresholds(shape: readonly number[], options: JaxRandomOptions): np.Array {
  const { seed, call = 0, offset = 0 } = read(options, RANDOM);
  const checked = [requireCount(seed, 'seed'), requireCount(call, 'call'), requireCount(offset, 'offset')] as const;
  return arrayOf(thresholds(...checked, sizeOf(shape)) as Float32Array<ArrayBuffer>, shape);
}

/**
 * GELU's stochastic form (the paper's SOI map): x·m, m ~ Bernoulli(Φ(x)), of a float32 array of any shape, of which it takes ownership.
 * With the same seed and call the same elements are dropped as by `stochasticGelu` of `gelu`, on every back end. Dropped elements
 * become 0, NaN stays NaN; under `grad` the gradient of what was kept passes. Instead of options the thresholds of
 * {@link stochasticThresholds}, of which it takes ownership: within `jit` options would be constants of the program.
 *
 * Source: Hendrycks and Gimpel, arXiv 1606.08415 (2016 version), section 2.
 *
 * @throws GeluTypeError, GeluRangeError if x is no such array, for thresholds of another shape, or for a seed, call or offset that is
 * no such integer.
 * @example
 * await stochasticGelu(np.array([3, -3, 0.5]), { seed: 1 }).data(); // Float32Array [3, 0, 0.5]
 */
export function stochasticGelu(x: np.Array, options: JaxRandomOptions | np.Array): np.Array {
  requireFloat32(x);
  const least = given(x, options, () => stochasticThresholds(x.shape, options as JaxRandomOptions));
  const dropped = x.ref.less(least);
  return np.where(dropped, 0, x);
}

/**
 * The random numbers of {@link stochasticRrelu} for an array of that shape: the slope of each element.
 *
 * @throws GeluTypeError, GeluRangeError as {@link stochasticThresholds}, and for lower above upper.
 *
 * @example
 * const slopes = stochasticSlopes([3], { seed: 7 });
 * slopes.shape; // [3]
 */
export function stochasticSlopes(shape: readonly number[], options: JaxRreluOptions): np.Array {
  const slopes = rreluSlopes(sizeOf(shape), read(options, RANGE));
  return arrayOf(slopes, shape);
}

/**
 * RReLU as it is in training: x above 0, x·a below, a drawn for each element uniformly from [lower, upper), of a float32 array of any
 * shape, of which it takes ownership. The bits are those of `stochasticRrelu` of `gelu` with the same seed and call. Instead of
 * options the slopes of {@link stochasticSlopes}, of which it takes ownership: within `jit` options would be constants of the program.
 * In evaluation it is {@link rrelu}.
 *
 * Source: Xu, Wang, Chen, Li, Empirical Evaluation of Rectified Activations in Convolutional Network (2015),
 * https://arxiv.org/abs/1505.00853.
 *
 * @throws GeluTypeError, GeluRangeError if x is no such array, for slopes of another shape, for a seed, call or offset that is no such
 * integer, and for lower above upper.
 * @example
 * await stochasticRrelu(np.array([2, -1]), { seed: 1, lower: 0.25, upper: 0.25 }).data(); // Float32Array [2, -0.25]
 */
export function stochasticRrelu(x: np.Array, options: JaxRreluOptions | np.Array): np.Array {
  requireFloat32(x);
  const slopes = given(x, options, () => stochasticSlopes(x.shape, options as JaxRreluOptions));
  const above = x.ref.greater(0);
  return np.where(above, x.ref, x.mul(slopes));
}

function read<O extends object>(options: O, keys: readonly string[]): O {
  const known = options ?? {};
  requireOptions(known, keys);
  return known as O;
}

/** The random numbers that are given, or made, as an array of x's shape. */
function given(x: np.Array, options: object, make: () => np.Array): np.Array {
  if (!isJaxArray(options)) return make();
  requireFloat32(options, 'options');
  if (options.shape.join() !== x.shape.join())
    throw new GeluRangeError('options', `of x's shape, [${x.shape}]`, `shape [${options.shape}]`);
  return options;
}

/** The numbers in that shape; jax-js makes no array of none. */
const arrayOf = (numbers: Float32Array<ArrayBuffer>, shape: readonly number[]): np.Array =>
  numbers.length === 0 ? np.zeros([...shape]) : np.array(numbers, { shape: [...shape] });

function sizeOf(shape: readonly number[]): number {
  if (!isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0))
    throw new GeluTypeError('shape', 'an array of sizes', describe(shape));
  return shape.reduce((a, b) => a * b, 1);
}
