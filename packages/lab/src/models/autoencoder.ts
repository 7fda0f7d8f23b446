import { numpy as np } from '@jax-js/jax';
import type { Random } from '../numbers/random.js';
import type { Arrays } from '../training/task.js';
import { type LayerActivation, unitNorm } from './mlp.js';

/**
 * The autoencoder of Hendrycks and Gimpel's MNIST experiment: fully connected, 784 – 1000 – 500 – 250 – 30 – 250 – 500 – 1000 –
 * 784, an activation after each layer but the last, weights of unit norm for each unit, biases 0.
 */
export const PAPER_SIZES: readonly number[] = [784, 1000, 500, 250, 30, 250, 500, 1000, 784];

/** jax-js multiplies matrices of widths that are multiples of 4 many times faster: 250 units take 252 columns, 30 take 32. */
const padded = (size: number): number => Math.ceil(size / 4) * 4;

/** `weights.<layer>` [inputs, outputs] and `biases.<layer>`; rows and columns of the padding are 0 and stay so. */
export function initialize(sizes: readonly number[], random: Random): Arrays {
  const parameters: Arrays = {};
  sizes.slice(1).forEach((outputs, layer) => {
    const weights = unitNorm(sizes[layer], outputs, padded(outputs), random);
    parameters[`weights.${layer}`] = np.pad(weights, [
      [0, padded(sizes[layer]) - sizes[layer]],
      [0, 0],
    ]);
    parameters[`biases.${layer}`] = np.zeros([padded(outputs)]);
  });
  return parameters;
}

/** The images as they come out again: [n, pixels], both sizes multiples of 4. Takes ownership of all arrays. */
export function reconstruct(
  sizes: readonly number[],
  f: LayerActivation,
  parameters: Arrays,
  images: np.Array,
): np.Array {
  const last = sizes.length - 2;
  let x = images;
  for (let layer = 0; layer <= last; layer++) {
    x = np.matmul(x, parameters[`weights.${layer}`]).add(parameters[`biases.${layer}`]);
    if (layer < last) x = masked(f(x, layer), sizes[layer + 1]);
  }
  return x;
}

/** The mean squared error. Takes ownership of both. */
export function meanSquaredError(output: np.Array, images: np.Array): np.Array {
  // Image by image first: one float32 sum over all would drift.
  return np.square(output.sub(images)).mean(-1).mean();
}

/** With the padding's units at 0, whatever the activation makes of 0, so that nothing is learnt through them. */
function masked(x: np.Array, size: number): np.Array {
  const columns = padded(size);
  if (columns === size) return x;
  return x.mul(np.array(Float32Array.from({ length: columns }, (_, i) => (i < size ? 1 : 0))));
}
