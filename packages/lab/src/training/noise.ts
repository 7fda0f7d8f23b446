import type { numpy as np } from '@jax-js/jax';
import type { HostArray } from '../numbers/host-array.js';
import { random } from '../numbers/random.js';
import type { Arrays, Batch } from './task.js';

/** Dropout's mask for a step: 1/keep with probability `keep`, else 0, independently. */
export function dropoutMask(keep: number, shape: number[], seed: number, name: string, step: number): HostArray {
  const { uniform } = random(seed, name, step);
  const values = new Float32Array(size(shape));
  for (let i = 0; i < values.length; i++) values[i] = uniform() < keep ? 1 / keep : 0;
  return { shape, values };
}

/** Masks for layers 0, 1, … of these shapes, as `dropped` takes them; none if all units are kept. */
export function dropoutMasks(shapes: readonly number[][], keep: number, seed: number, step: number): Batch {
  if (keep === 1) return {};
  const named = shapes.map((shape, i) => [`mask.${i}`, dropoutMask(keep, shape, seed, `dropout ${i}`, step)] as const);
  return Object.fromEntries(named);
}

/** Drops units of layer 0, 1, … by the masks that a step is given; in evaluation there are none. Takes ownership of x. */
export function dropped(given: Arrays): (x: np.Array, layer: number) => np.Array {
  return (x, layer) => (given[`mask.${layer}`] ? x.mul(given[`mask.${layer}`]) : x);
}

/** Standard normal numbers for a step. */
export function normalNoise(shape: number[], seed: number, name: string, step: number): HostArray {
  const { normal } = random(seed, name, step);
  const values = new Float32Array(size(shape));
  for (let i = 0; i < values.length; i++) values[i] = normal();
  return { shape, values };
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
