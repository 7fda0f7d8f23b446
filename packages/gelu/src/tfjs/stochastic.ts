import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { requireCount } from '../functions/stochastic.js';
import { rreluSlopes, type StochasticRreluOptions } from '../functions/stochastic-rrelu.js';
import { thresholds } from '../functions/stochastic-thresholds.js';
import { requireOptions } from '../input/options.js';
import { float32 } from './ops.js';

/** Options of {@link stochasticGelu}. */
export interface TfStochasticOptions {
  /** Names the random numbers; an integer from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Which call with this seed it is, an integer from 0; default 0. Other calls have other numbers. */
  readonly call?: number | undefined;
  /** The number of the first element; default 0. Work on parts with their offsets gives what the whole gives. */
  readonly offset?: number | undefined;
}

/**
 * GELU's stochastic form (the paper's SOI map): x·m, m ~ Bernoulli(Φ(x)), of a tensor of any shape, as float32. With the same seed
 * and call the same elements are dropped as by `stochasticGelu` of `gelu`, on every backend. Dropped elements become 0, NaN
 * stays NaN. Under `tf.grad` the gradient of what was kept passes.
 *
 * Source: Hendrycks and Gimpel, arXiv 1606.08415 (2016 version), section 2.
 *
 * @throws GeluTypeError, GeluRangeError if x is no tensor of real numbers, or for a seed, call or offset that is no such integer.
 *
 * @example
 * stochasticGelu(tf.tensor1d([-1, 1, 2]), { seed: 7 }).dataSync(); // Float32Array [0, 1, 2]
 */
export function stochasticGelu<T extends Tensor = Tensor>(x: T | TensorLike, options: TfStochasticOptions): T {
  const given = options ?? {};
  requireOptions(given, ['seed', 'call', 'offset']);
  const seed = requireCount(given.seed, 'seed');
  const call = requireCount(given.call ?? 0, 'call');
  const offset = requireCount(given.offset ?? 0, 'offset');
  return tf.tidy(() => {
    const input = float32(x);
    const least = tf.tensor(thresholds(seed, call, offset, input.size), input.shape);
    return kept(input, least) as T;
  });
}

/** x, and 0 where it is less than its threshold; 0 and not a product, so that nothing else of a dropped element counts. */
const kept: (x: Tensor, least: Tensor) => Tensor = tf.customGrad((x, least, save) => {
  const dropped = tf.less(x as Tensor, least as Tensor);
  (save as (tensors: Tensor[]) => void)([dropped]);
  const value = tf.where(dropped, tf.zerosLike(x as Tensor), x as Tensor);
  return {
    value,
    gradFunc: (dy: Tensor, saved: Tensor[]) => [tf.where(saved[0], tf.zerosLike(dy), dy), tf.zerosLike(dy)],
  };
});

/** Options of {@link stochasticRrelu}: the range of the slopes, and which random numbers. */
export type TfRreluOptions = Omit<StochasticRreluOptions, 'out' | 'dtype'>;

/**
 * RReLU as it is in training: x above 0, x·a below, a drawn for each element uniformly from [lower, upper), of a tensor of any
 * shape, as float32. The bits are those of `stochasticRrelu` of `gelu` with the same seed and call, on every backend whose products
 * are rounded. In evaluation it is `activation('rrelu', x)`.
 *
 * Source: Xu, Wang, Chen, Li, Empirical Evaluation of Rectified Activations in Convolutional Network (2015),
 * https://arxiv.org/abs/1505.00853.
 *
 * @throws GeluTypeError, GeluRangeError if x is no tensor of real numbers, for a seed, call or offset that is no such integer, and
 * for lower above upper.
 * @example
 * stochasticRrelu([2, -1], { seed: 1, lower: 0.25, upper: 0.25 }).dataSync(); // Float32Array [2, -0.25]
 */
export function stochasticRrelu<T extends Tensor = Tensor>(x: T | TensorLike, options: TfRreluOptions): T {
  const given = options ?? {};
  requireOptions(given, ['lower', 'upper', 'seed', 'call', 'offset']);
  return tf.tidy(() => {
    const input = float32(x);
    const slopes = tf.tensor(rreluSlopes(input.size, given), input.shape);
    return sloped(input, slopes) as T;
  });
}

/** x above 0, else x times its slope. */
const sloped: (x: Tensor, slopes: Tensor) => Tensor = tf.customGrad((x, slopes, save) => {
  const above = tf.greater(x as Tensor, 0);
  (save as (tensors: Tensor[]) => void)([above, slopes as Tensor]);
  const value = tf.where(above, x as Tensor, tf.mul(x as Tensor, slopes as Tensor));
  return {
    value,
    gradFunc: (dy: Tensor, saved: Tensor[]) => [tf.where(saved[0], dy, tf.mul(dy, saved[1])), tf.zerosLike(dy)],
  };
});
