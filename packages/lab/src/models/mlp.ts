import { nn, numpy as np } from '@jax-js/jax';
import type { Random } from '../random.js';

/**
 * The classifier of Hendrycks and Gimpel's MNIST experiment (arXiv 1606.08415, 2016): fully connected,
 * 784 - 8 × 128 - 10, weights of unit norm for each unit, biases 0, the same activation after each hidden layer.
 */
export interface MlpShape {
  inputs: number;
  width: number;
  hidden: number;
  classes: number;
}

export const PAPER_SHAPE: MlpShape = { inputs: 784, width: 128, hidden: 8, classes: 10 };

/** weights[l] is [inputs of layer l, outputs], biases[l] is [outputs]. */
export type MlpParameters = { weights: np.Array[]; biases: np.Array[] };

type Activation = (x: np.Array) => np.Array;

/** Matrices whose width is a multiple of 4 multiply many times faster in jax-js: 10 classes take 12 columns. */
export function paddedClasses({ classes }: MlpShape): number {
  return Math.ceil(classes / 4) * 4;
}

/** Fresh parameters: normal numbers, each unit's incoming weights scaled to norm 1; the columns of the padding are 0. */
export function initialize(shape: MlpShape, random: Random): MlpParameters {
  const { inputs, width, hidden, classes } = shape;
  const sizes = [inputs, ...Array<number>(hidden).fill(width), classes];
  const columns = [...Array<number>(hidden).fill(width), paddedClasses(shape)];
  return {
    weights: columns.map((padded, layer) => unitNorm(sizes[layer], sizes[layer + 1], padded, random)),
    biases: columns.map((padded) => np.zeros([padded])),
  };
}

/** The logits [n, padded classes] of images [n, inputs]; those of the padding are −10⁹. Takes ownership of both. */
export function logits(shape: MlpShape, f: Activation, { weights, biases }: MlpParameters, images: np.Array): np.Array {
  let x = images;
  for (let layer = 0; layer < shape.hidden; layer++) x = f(np.matmul(x, weights[layer]).add(biases[layer]));
  return np.matmul(x, weights[shape.hidden]).add(biases[shape.hidden]).add(paddingMask(shape));
}

/** What each hidden layer's activation is given: `hidden` arrays [n, width]. Takes ownership of both. */
export function preActivations(
  shape: MlpShape,
  f: Activation,
  { weights, biases }: MlpParameters,
  images: np.Array,
): np.Array[] {
  const inputs: np.Array[] = [];
  let x = images;
  for (let layer = 0; layer < shape.hidden; layer++) {
    const z = np.matmul(x, weights[layer]).add(biases[layer]);
    inputs.push(z.ref);
    x = f(z);
  }
  for (const unused of [x, weights[shape.hidden], biases[shape.hidden]]) unused.dispose();
  return inputs;
}

/** The mean cross-entropy in nats of logits [n, padded classes] and one-hot labels of the same shape. */
export function crossEntropy(logits: np.Array, oneHot: np.Array): np.Array {
  const count = logits.shape[0];
  return nn
    .logSoftmax(logits)
    .mul(oneHot)
    .sum()
    .mul(-1 / count);
}

function unitNorm(rows: number, columns: number, padded: number, random: Random): np.Array {
  const values = new Float32Array(rows * padded);
  for (let column = 0; column < columns; column++) {
    const unit = Float64Array.from({ length: rows }, () => random.normal());
    const norm = Math.hypot(...unit);
    for (let row = 0; row < rows; row++) values[row * padded + column] = unit[row] / norm;
  }
  return np.array(values, { shape: [rows, padded] });
}

/** 0 for the classes, −10⁹ for the padding, whose probabilities and gradients are then exactly 0. */
function paddingMask(shape: MlpShape): np.Array {
  return np.array(Array.from({ length: paddedClasses(shape) }, (_, i) => (i < shape.classes ? 0 : -1e9)));
}
