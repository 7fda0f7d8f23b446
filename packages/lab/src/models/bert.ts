import type { numpy as np } from '@jax-js/jax';
import type { Random } from '../numbers/random.js';
import type { Arrays } from '../training/task.js';
import { losses } from './gpt.js';
import type { GptShape } from './gpt-shape.js';
import type { BlockActivation } from './transformer.js';

/**
 * A masked language model as BERT (Devlin et al. 2019), on GPT-2's blocks: every position sees every other, and what is to be
 * told is what stood where tokens were hidden. Of `vocabulary`, the last is the mask. Parameters as GPT's.
 */
export type BertShape = GptShape;

/** The mean cross-entropy in nats, `weights` [sequences, length] with the sum 1 telling what counts. */
export function loss(
  shape: BertShape,
  activation: BlockActivation,
  parameters: Arrays,
  { hidden, tokens, weights }: Arrays,
): np.Array {
  return losses(shape, activation, parameters, hidden, tokens, null).mul(weights).sum();
}

const CHOSEN = 0.15;

/**
 * Chooses 15 % of the tokens, at least one; of these 80 % become the mask, 10 % a random token, 10 % stay. Returns what the model
 * is given and the weights of the chosen.
 */
export function hide(
  tokens: Int32Array<ArrayBuffer>,
  mask: number,
  random: Random,
): { hidden: Int32Array<ArrayBuffer>; weights: Float32Array<ArrayBuffer> } {
  const hidden = tokens.slice();
  const weights = new Float32Array(tokens.length);
  const count = Math.max(1, Math.round(CHOSEN * tokens.length));
  for (const i of random.permutation(tokens.length).subarray(0, count)) {
    weights[i] = 1 / count;
    const way = random.uniform();
    if (way < 0.8) hidden[i] = mask;
    else if (way < 0.9) hidden[i] = Math.floor(random.uniform() * mask);
  }
  return { hidden, weights };
}
