import { lax, numpy as np } from '@jax-js/jax';
import type { Random } from '../numbers/random.js';
import type { Arrays } from '../training/task.js';

/** Images are [n, channels, height, width]; weights of a convolution [outputs, inputs, side, side]. */

const EPSILON = 1e-5;

/** Adds a convolution's fresh weights (He et al. 2015) and its biases, 0, under `name`. */
export function addConvolution(
  into: Arrays,
  name: string,
  inputs: number,
  outputs: number,
  side: number,
  random: Random,
): void {
  const deviation = Math.sqrt(2 / (inputs * side * side));
  const values = Float32Array.from({ length: outputs * inputs * side * side }, () => deviation * random.normal());
  into[`${name}.weight`] = np.array(values, { shape: [outputs, inputs, side, side] });
  into[`${name}.bias`] = np.zeros([1, outputs, 1, 1]);
}

/** Takes ownership of x; the parameters are those of `name`. */
export function convolution(
  p: Arrays,
  name: string,
  x: np.Array,
  stride = 1,
  padding: 'SAME' | 'VALID' = 'SAME',
): np.Array {
  return lax.convGeneralDilated(x, p[`${name}.weight`], [stride, stride], padding).add(p[`${name}.bias`]);
}

export function addBatchNorm(into: Arrays, name: string, channels: number): void {
  into[`${name}.scale`] = np.ones([1, channels, 1, 1]);
  into[`${name}.shift`] = np.zeros([1, channels, 1, 1]);
}

/**
 * Batch normalization (Ioffe and Szegedy 2015) with the statistics of the batch at hand, also in evaluation, where the batch is
 * large. Takes ownership of x.
 */
export function batchNorm(p: Arrays, name: string, x: np.Array): np.Array {
  const centred = x.ref.sub(channelMean(x));
  const variance = channelMean(np.square(centred.ref));
  const inverse = np.reciprocal(np.sqrt(variance.add(EPSILON)));
  return centred.mul(inverse).mul(p[`${name}.scale`]).add(p[`${name}.shift`]);
}

/** The mean of each channel, image by image first: one float32 sum over all would drift. Takes ownership of x. */
function channelMean(x: np.Array): np.Array {
  return np.mean(np.mean(x, [2, 3], { keepdims: true }), 0, { keepdims: true });
}

/** The largest of each 2 × 2 values. Takes ownership of x. */
export function maxPool(x: np.Array): np.Array {
  const [n, channels, height, width] = x.shape;
  return np.max(x.reshape([n, channels, height / 2, 2, width / 2, 2]), [3, 5]);
}

/** The mean over each channel's image: [n, channels]. Takes ownership of x. */
export function averagePool(x: np.Array): np.Array {
  return np.mean(x, [2, 3]);
}
