import { nn, numpy as np } from '@jax-js/jax';
import type { Random } from '../numbers/random.js';
import type { Arrays } from '../training/task.js';
import type { MlpShape } from './mlp-shape.js';

/** What follows hidden layer 0, 1, …; takes ownership of x. */
export type LayerActivation = (x: np.Array, layer: number) => np.Array;

/** Matrices whose width is a multiple of 4 multiply many times faster in jax-js: 10 classes take 12 columns. */
export function paddedClasses({ classes }: { classes: number }): number {
  return Math.ceil(classes / 4) * 4;
}

/** How hidden layers begin where they do not begin as the paper's: weights normal, variance weightStd²/inputs, biases biasStd². */
export interface Start {
  weightStd: number;
  biasStd: number;
  /** The variance that the first layer's units are given, for inputs of the mean square `inputs`; null: weightStd there too. */
  first: { q: number; inputs: number } | null;
}

/** Parameters with a start of their own; those of the padding 0. The last layer's weights have variance 1/inputs. */
export function initializeFrom(shape: MlpShape, start: Start, random: Random): Arrays {
  const { inputs, width, hidden, classes } = shape;
  const parameters: Arrays = {};
  for (let layer = 0; layer <= hidden; layer++) {
    const rows = layer === 0 ? inputs : width;
    const [columns, padded] = layer === hidden ? [classes, paddedClasses(shape)] : [width, width];
    const { weightStd, biasStd, first } = start;
    const own = layer === 0 && first ? Math.sqrt(Math.max(first.q - biasStd ** 2, 0) / first.inputs) : weightStd;
    const deviation = (layer === hidden ? 1 : own) / Math.sqrt(rows);
    const weights = new Float32Array(rows * padded);
    for (let i = 0; i < weights.length; i++) weights[i] = i % padded < columns ? deviation * random.normal() : 0;
    const biases = Float32Array.from({ length: padded }, () => (layer === hidden ? 0 : biasStd * random.normal()));
    parameters[`weights.${layer}`] = np.array(weights, { shape: [rows, padded] });
    parameters[`biases.${layer}`] = np.array(biases);
  }
  return parameters;
}

/**
 * Fresh parameters: `weights.<layer>` [inputs of the layer, outputs], normal numbers, each unit's incoming weights scaled to
 * norm 1, the columns of the padding 0; `biases.<layer>` [outputs], 0.
 */
export function initialize(shape: MlpShape, random: Random): Arrays {
  const { inputs, width, hidden, classes } = shape;
  const sizes = [inputs, ...Array<number>(hidden).fill(width), classes];
  const columns = [...Array<number>(hidden).fill(width), paddedClasses(shape)];
  const parameters: Arrays = {};
  columns.forEach((padded, layer) => {
    parameters[`weights.${layer}`] = unitNorm(sizes[layer], sizes[layer + 1], padded, random);
    parameters[`biases.${layer}`] = np.zeros([padded]);
  });
  return parameters;
}

/** The logits [n, padded classes] of images [n, inputs]; those of the padding are −10⁹. Takes ownership of both. */
export function logits(shape: MlpShape, f: LayerActivation, parameters: Arrays, images: np.Array): np.Array {
  let x = images;
  for (let layer = 0; layer < shape.hidden; layer++) x = f(linear(parameters, layer, x), layer);
  return linear(parameters, shape.hidden, x).add(paddingMask(shape));
}

/** What each hidden layer's activation is given: `hidden` arrays [n, width]. Takes ownership of both. */
export function preActivations(shape: MlpShape, f: LayerActivation, parameters: Arrays, images: np.Array): np.Array[] {
  const inputs: np.Array[] = [];
  let x = images;
  for (let layer = 0; layer < shape.hidden; layer++) {
    const z = linear(parameters, layer, x);
    inputs.push(z.ref);
    x = f(z, layer);
  }
  for (const unused of [x, parameters[`weights.${shape.hidden}`], parameters[`biases.${shape.hidden}`]])
    unused.dispose();
  return inputs;
}

function linear(parameters: Arrays, layer: number, x: np.Array): np.Array {
  return np.matmul(x, parameters[`weights.${layer}`]).add(parameters[`biases.${layer}`]);
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

/** Normal numbers, each of the `columns` scaled to norm 1, zeros up to `padded` columns. */
export function unitNorm(rows: number, columns: number, padded: number, random: Random): np.Array {
  const values = new Float32Array(rows * padded);
  for (let column = 0; column < columns; column++) {
    const unit = Float64Array.from({ length: rows }, () => random.normal());
    const norm = Math.sqrt(unit.reduce((sum, x) => sum + x * x, 0));
    for (let row = 0; row < rows; row++) values[row * padded + column] = unit[row] / norm;
  }
  return np.array(values, { shape: [rows, padded] });
}

/** 0 for the classes, −10⁹ for the padding, whose probabilities and gradients are then exactly 0. */
export function paddingMask(shape: { classes: number }): np.Array {
  return np.array(Array.from({ length: paddedClasses(shape) }, (_, i) => (i < shape.classes ? 0 : -1e9)));
}
