import type { numpy as np } from '@jax-js/jax';
import type { Random } from '../numbers/random.js';
import type { Arrays } from '../training/task.js';
import { addBatchNorm, addConvolution, averagePool, batchNorm, convolution, maxPool } from './convolution.js';
import { paddedClasses, paddingMask } from './mlp.js';

/**
 * The convolutional network of nine layers of the GELU paper's CIFAR-10 experiment (Salimans and Kingma 2016, ConvPool-CNN-C, with
 * batch norm): three convolutions 3 × 3 of 96 channels, pooling, dropout, three of 192, pooling, dropout, one 3 × 3 without
 * padding and two 1 × 1 of 192, the mean over what is left, classes.
 */
export interface ConvNetShape {
  widths: readonly [number, number];
  classes: number;
}

export const PAPER_CONV_NET: ConvNetShape = { widths: [96, 192], classes: 10 };

type Layer = { inputs: number; outputs: number; side: number };

function layers({ widths: [a, b] }: ConvNetShape): Layer[] {
  const outputs = [a, a, a, b, b, b, b, b, b];
  return outputs.map((width, i) => ({ inputs: i === 0 ? 3 : outputs[i - 1], outputs: width, side: i < 7 ? 3 : 1 }));
}

export function initialize(shape: ConvNetShape, random: Random): Arrays {
  const parameters: Arrays = {};
  for (const [i, { inputs, outputs, side }] of layers(shape).entries()) {
    addConvolution(parameters, `conv.${i}`, inputs, outputs, side, random);
    addBatchNorm(parameters, `norm.${i}`, outputs);
  }
  addConvolution(parameters, 'classes', shape.widths[1], paddedClasses(shape), 1, random);
  return parameters;
}

/**
 * Logits [n, padded classes] of images [n, 3, side, side], the side a multiple of 4 from 12. `drop(x, i)` is dropout after pooling
 * 0 and 1. Takes ownership of all arrays.
 */
export function logits(
  shape: ConvNetShape,
  f: (x: np.Array) => np.Array,
  drop: (x: np.Array, i: number) => np.Array,
  p: Arrays,
  images: np.Array,
): np.Array {
  let x = images;
  for (let i = 0; i < 9; i++) {
    x = f(batchNorm(p, `norm.${i}`, convolution(p, `conv.${i}`, x, 1, i === 6 ? 'VALID' : 'SAME')));
    if (i === 2 || i === 5) x = drop(maxPool(x), i === 2 ? 0 : 1);
  }
  return averagePool(convolution(p, 'classes', x)).add(paddingMask(shape));
}
