import { jit, numpy as np, tree } from '@jax-js/jax';
import type { Random } from '../numbers/random.js';
import type { Arrays } from '../training/task.js';
import { logits } from './gpt.js';
import { type GptShape, padded } from './gpt-shape.js';
import type { BlockActivation } from './transformer.js';

export interface SampleOptions {
  tokens: number;
  /** The logits are divided by it: 1 as learnt, towards 0 bolder; at 0 the likeliest token is taken. */
  temperature: number;
  /** Only so many of the likeliest tokens are drawn from; null: all. */
  topK: number | null;
}

/**
 * Goes on with `prompt`, at least one token, one token after another, each drawn from what the model gives for the last
 * `context` of them. The parameters stay the caller's.
 */
export async function* sample(
  shape: GptShape,
  activation: BlockActivation,
  parameters: Arrays,
  prompt: ArrayLike<number>,
  { tokens, temperature, topK }: SampleOptions,
  random: Random,
): AsyncGenerator<number> {
  const { context, vocabulary } = shape;
  const forward = jit((p: Arrays, ids: np.Array) => logits(shape, activation, p, ids));
  const all = Array.from(prompt);
  try {
    for (let i = 0; i < tokens; i++) {
      const seen = all.slice(-context);
      // Always a whole window, so that it is compiled once: what stands after a token does not reach back to it.
      const ids = new Int32Array(context);
      ids.set(seen);
      const out = (await forward(tree.ref(parameters), np.array(ids, { shape: [1, context] })).data()) as Float32Array;
      const row = (seen.length - 1) * padded(shape);
      const next = draw(out.subarray(row, row + vocabulary), temperature, topK ?? vocabulary, random);
      all.push(next);
      yield next;
    }
  } finally {
    forward.dispose();
  }
}

/** The index of one of the `most` largest logits, with probabilities as softmax(logits/temperature). */
export function draw(logits: Float32Array, temperature: number, most: number, random: Random): number {
  const order = Array.from(logits.keys()).sort((a, b) => logits[b] - logits[a]);
  const kept = order.slice(0, temperature === 0 ? 1 : most);
  const weights = kept.map((id) => (temperature === 0 ? 1 : Math.exp((logits[id] - logits[kept[0]]) / temperature)));
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  return (
    kept.find((_, i) => {
      left -= weights[i];
      return left < 0;
    }) ?? kept[0]
  );
}
