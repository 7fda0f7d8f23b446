import * as tf from '@tensorflow/tfjs-core';
import type { Approximate } from '../../src/activations/gelu/approximate.js';
import { activation } from '../../src/activations/index.js';
import type { Order } from '../../src/activations/model/order.js';
import { type Rule, testPoints, worstError } from './errors.js';

/** The numbers of the tensor that f makes, which must be the only one it leaves. */
export async function numbers(f: () => tf.Tensor): Promise<Float32Array> {
  const before = tf.memory().numTensors;
  const y = f();
  if (tf.memory().numTensors !== before + 1) throw new Error(`${tf.memory().numTensors - before} tensors are left`);
  const data = (await y.data()) as Float32Array;
  y.dispose();
  return data;
}

/** The largest errors of a GELU and its two derivatives. Those of the second count in ULP of 0.2 at least. */
export async function errors(
  f: (x: tf.Tensor) => tf.Tensor,
  approximate: Approximate,
  rule: Rule = {},
): Promise<number[]> {
  const x = testPoints();
  const input = tf.tensor1d(x);
  const first = tf.grad(f);
  const found: number[] = [];
  for (const [order, g] of [f, first, tf.grad(first)].entries()) {
    const y = await numbers(() => g(input));
    const measure = { ...rule, ofAddend: true, least: order === 2 ? 0.2 : 0 };
    found.push(worstError(activation('gelu', { approximate }), order as Order, x, y, measure).worst);
  }
  input.dispose();
  return found;
}
