import type { Tensor } from '@tensorflow/tfjs-core';
import { compute, type Inputs, type Work } from './kernels.js';
import { tf } from './peers.js';

/** For backends of which nothing is known: the tensors' numbers are read, worked on and written back. */
export function composed({ x, dy }: Inputs, work: Work): Tensor {
  const input = x.dataSync() as Float32Array;
  const out = new Float32Array(input.length);
  compute(work, input, out, dy?.dataSync() as Float32Array | undefined);
  return tf.tensor(out, x.shape, 'float32');
}
