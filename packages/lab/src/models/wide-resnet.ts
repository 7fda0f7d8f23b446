import type { numpy as np } from '@jax-js/jax';
import type { Random } from '../numbers/random.js';
import type { Arrays } from '../training/task.js';
import { addBatchNorm, addConvolution, averagePool, batchNorm, convolution } from './convolution.js';
import { paddedClasses, paddingMask } from './mlp.js';

/**
 * A wide residual network (Zagoruyko and Komodakis 2016) with the blocks of the GELU paper's CIFAR-100 experiment: convolution,
 * activation, dropout, convolution, activation, batch norm, added to the shortcut. 40-4 has 3 stages of 6 blocks of 64, 128
 * and 256 channels.
 */
export interface WideResnetShape {
  /** Blocks of a stage. */
  blocks: number;
  widths: readonly number[];
  classes: number;
}

export const WRN_40_4: WideResnetShape = { blocks: 6, widths: [64, 128, 256], classes: 100 };

const STEM = 16;

interface Block {
  name: string;
  inputs: number;
  outputs: number;
  stride: number;
}

/** The blocks in order; the first of a stage changes the width, and from the second stage on halves the image. */
export function blocksOf({ blocks, widths }: WideResnetShape): Block[] {
  return widths.flatMap((outputs, stage) =>
    Array.from({ length: blocks }, (_, i) => ({
      name: `block.${stage}.${i}`,
      inputs: i > 0 ? outputs : (widths[stage - 1] ?? STEM),
      outputs,
      stride: i === 0 && stage > 0 ? 2 : 1,
    })),
  );
}

export function initialize(shape: WideResnetShape, random: Random): Arrays {
  const parameters: Arrays = {};
  addConvolution(parameters, 'stem', 3, STEM, 3, random);
  addBatchNorm(parameters, 'stem.norm', STEM);
  for (const { name, inputs, outputs } of blocksOf(shape)) {
    addConvolution(parameters, `${name}.first`, inputs, outputs, 3, random);
    addConvolution(parameters, `${name}.second`, outputs, outputs, 3, random);
    addBatchNorm(parameters, `${name}.norm`, outputs);
    if (inputs !== outputs) addConvolution(parameters, `${name}.shortcut`, inputs, outputs, 1, random);
  }
  const last = shape.widths[shape.widths.length - 1];
  addBatchNorm(parameters, 'norm', last);
  addConvolution(parameters, 'classes', last, paddedClasses(shape), 1, random);
  return parameters;
}

/**
 * Logits [n, padded classes] of images [n, 3, side, side]. `drop(x, block)` is the dropout inside a block. Takes ownership of all
 * arrays.
 */
export function logits(
  shape: WideResnetShape,
  f: (x: np.Array) => np.Array,
  drop: (x: np.Array, block: number) => np.Array,
  p: Arrays,
  images: np.Array,
): np.Array {
  let x = batchNorm(p, 'stem.norm', f(convolution(p, 'stem', images)));
  for (const [i, { name, inputs, outputs, stride }] of blocksOf(shape).entries()) {
    const past = inputs === outputs ? x.ref : convolution(p, `${name}.shortcut`, x.ref, stride);
    const inner = drop(f(convolution(p, `${name}.first`, x, stride)), i);
    x = batchNorm(p, `${name}.norm`, f(convolution(p, `${name}.second`, inner))).add(past);
  }
  const pooled = averagePool(f(batchNorm(p, 'norm', x)));
  const [n, channels] = pooled.shape;
  return averagePool(convolution(p, 'classes', pooled.reshape([n, channels, 1, 1]))).add(paddingMask(shape));
}
