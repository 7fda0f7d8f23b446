import { numpy as np } from '@jax-js/jax';
import type { Random } from '../numbers/random.js';
import type { Arrays } from '../training/task.js';
import { paddedClasses, paddingMask } from './mlp.js';
import { type BlockActivation, type BlockShape, blocks, deviation, initializeBlocks, normal } from './transformer.js';

/**
 * A small vision transformer (Dosovitskiy et al. 2021) for 28×28 images: 16 patches of 7×7 pixels, learnt positions, GPT-2's
 * blocks with every patch seeing every other, and a linear layer on the mean of the patches.
 */
export interface VitShape extends BlockShape {
  classes: number;
}

const SIDE = 28;
const PATCH = 7;
const ACROSS = SIDE / PATCH;
const PATCHES = ACROSS * ACROSS;
/** The 49 pixels of a patch and 3 zeros: jax-js multiplies matrices of other widths than multiples of 4 slowly. */
const COLUMNS = 52;

export function initialize(shape: VitShape, random: Random): Arrays {
  return {
    'patch.weight': normal([COLUMNS, shape.width], 1 / PATCH, random),
    'patch.bias': np.zeros([shape.width]),
    'position.weight': normal([PATCHES, shape.width], deviation(shape), random),
    ...initializeBlocks(shape, random),
    'head.weight': np.zeros([shape.width, paddedClasses(shape)]),
    'head.bias': np.zeros([paddedClasses(shape)]),
  };
}

/** Logits [images, padded classes] of patches [images · 16, 52] from `patches`. Takes ownership of all arrays. */
export function logits(shape: VitShape, activation: BlockActivation, parameters: Arrays, patches: np.Array): np.Array {
  const images = patches.shape[0] / PATCHES;
  const {
    'patch.weight': weight,
    'patch.bias': bias,
    'position.weight': positions,
    'head.weight': head,
    'head.bias': headBias,
    ...rest
  } = parameters;
  const placed = np
    .matmul(patches, weight)
    .add(bias)
    .reshape([images, PATCHES, shape.width])
    .add(positions)
    .reshape([images * PATCHES, shape.width]);
  const seen = blocks(shape, activation, rest, placed, PATCHES, null).reshape([images, PATCHES, shape.width]);
  return np.matmul(seen.mean(1), head).add(headBias).add(paddingMask(shape));
}

/** Images [n, 784] cut into patches: [n · 16, 52]. */
export function patches(images: Float32Array, count: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(count * PATCHES * COLUMNS);
  for (let row = 0; row < count * PATCHES; row++) {
    const corner =
      Math.floor(row / PATCHES) * SIDE * SIDE +
      Math.floor((row % PATCHES) / ACROSS) * PATCH * SIDE +
      (row % ACROSS) * PATCH;
    for (let y = 0; y < PATCH; y++)
      out.set(images.subarray(corner + y * SIDE, corner + y * SIDE + PATCH), row * COLUMNS + y * PATCH);
  }
  return out;
}
