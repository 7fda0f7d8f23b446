import * as tf from '@tensorflow/tfjs-core';
import type { Approximate } from 'gelu';
import { gelu } from 'gelu/tfjs';
import type { Engine } from './features.js';

async function at(x: Float32Array, f: (x: tf.Tensor) => tf.Tensor): Promise<ArrayLike<number>> {
  const y = tf.tidy(() => f(tf.tensor1d(x)));
  const data = await y.data();
  y.dispose();
  return data;
}

const form = (approximate: Approximate) => (x: tf.Tensor) => gelu(x, { approximate });

/** GELU in TensorFlow.js, on the backend that is set. */
export const tensorflow: Engine = {
  value: (x, approximate) => at(x, form(approximate)),
  derivative: (x, approximate) => at(x, tf.grad(form(approximate))),
};
