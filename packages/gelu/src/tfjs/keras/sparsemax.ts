import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * The Euclidean projection of the numbers along an axis onto the simplex: max(x − τ, 0), with τ so that they sum to 1.
 *
 * Source: Martins, Astudillo, From Softmax to Sparsemax, arXiv 1602.02068 (2016), algorithm 1.
 */
export function sparsemax(x: Tensor, axis = -1): Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  const last = x.rank - 1;
  const order = x.shape.map((_, i) => (i === at ? last : i === last ? at : i));
  const y = rows(at === last ? x : tf.transpose(x, order));
  return at === last ? y : tf.transpose(y, order);
}

const rows: (x: Tensor) => Tensor = tf.customGrad((x, save) => {
  const z = x as Tensor;
  const n = z.shape[z.rank - 1];
  const { values } = tf.topk(z, n);
  const sums = tf.cumsum(values, z.rank - 1);
  const counts = tf.range(1, n + 1);
  const inside = tf.greater(tf.add(1, tf.mul(counts, values)), sums);
  const size = tf.sum(tf.cast(inside, 'float32'), -1, true);
  const sum = tf.sum(tf.where(inside, values, tf.zerosLike(values)), -1, true);
  const value = tf.relu(tf.sub(z, tf.div(tf.sub(sum, 1), size)));
  (save as (tensors: Tensor[]) => void)([value]);
  return {
    value,
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const support = tf.cast(tf.greater(saved[0], 0), 'float32');
      const mean = tf.div(tf.sum(tf.mul(dy, support), -1, true), tf.sum(support, -1, true));
      return tf.mul(support, tf.sub(dy, mean));
    },
  };
});
