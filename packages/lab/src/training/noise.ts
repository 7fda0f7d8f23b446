import { random } from '../random.js';
import type { HostArray } from './task.js';

/** Dropout's mask for a step: 1/keep with probability `keep`, else 0, independently. */
export function dropoutMask(keep: number, shape: number[], seed: number, name: string, step: number): HostArray {
  const { uniform } = random(seed, name, step);
  const values = new Float32Array(size(shape));
  for (let i = 0; i < values.length; i++) values[i] = uniform() < keep ? 1 / keep : 0;
  return { shape, values };
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
