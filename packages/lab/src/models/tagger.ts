import { numpy as np } from '@jax-js/jax';
import type { Random } from '../numbers/random.js';
import type { Arrays } from '../training/task.js';
import { initialize as initializeMlp, type LayerActivation, logits as mlpLogits } from './mlp.js';
import type { MlpShape } from './mlp-shape.js';

/**
 * The part-of-speech tagger of Hendrycks and Gimpel's tweets experiment: the vectors of a word and its two neighbours, 3 × 50,
 * through 256 – 256 – 25, fully connected. The vectors are given, or learnt with the rest.
 */
export interface TaggerShape {
  /** The words that have a vector of their own to learn; null if the vectors are given. */
  vocabulary: number | null;
  /** The numbers of a vector. */
  dimension: number;
  width: number;
  classes: number;
}

export const WINDOW = 3;

/** Each vector takes a multiple of 4 columns; jax-js multiplies other widths many times more slowly. */
export function columns({ dimension }: TaggerShape): number {
  return Math.ceil(dimension / 4) * 4;
}

const mlp = (shape: TaggerShape): MlpShape => ({
  inputs: WINDOW * columns(shape),
  width: shape.width,
  hidden: 2,
  classes: shape.classes,
});

/** Parameters as the classifier's, and `vectors` [vocabulary, columns] if they are learnt. */
export function initialize(shape: TaggerShape, random: Random): Arrays {
  const rest = initializeMlp(mlp(shape), random);
  if (shape.vocabulary === null) return rest;
  const values = Float32Array.from({ length: shape.vocabulary * columns(shape) }, () => 0.1 * random.normal());
  return { vectors: np.array(values, { shape: [shape.vocabulary, columns(shape)] }), ...rest };
}

/**
 * Logits [n, padded classes] of windows: vectors [n, 3 · columns], or word ids [n, 3] where they are learnt. Takes ownership of
 * all arrays.
 */
export function logits(shape: TaggerShape, f: LayerActivation, parameters: Arrays, windows: np.Array): np.Array {
  if (shape.vocabulary === null) return mlpLogits(mlp(shape), f, parameters, windows);
  const { vectors, ...rest } = parameters;
  const n = windows.shape[0];
  // A product with one-hot rows: jax-js has no gradient of a look-up under jit.
  const oneHot = np.equal(windows.reshape([n * WINDOW, 1]), np.arange(shape.vocabulary).reshape([1, shape.vocabulary]));
  const looked = np.matmul(oneHot.astype(np.float32), vectors).reshape([n, WINDOW * columns(shape)]);
  return mlpLogits(mlp(shape), f, rest, looked);
}
