import { jit, numpy as np, tree } from '@jax-js/jax';
import { DataError, UsageError } from '../console/errors.js';
import type { Tokenizer, TokenizerConfig } from '../data/tokenizer.js';
import { initialize, losses } from '../models/gpt.js';
import type { GptShape } from '../models/gpt-shape.js';
import { blockActivation } from '../models/transformer.js';
import type { HostArray } from '../numbers/host-array.js';
import { random } from '../numbers/random.js';
import type { Arrays, Split, Task } from '../training/task.js';
import { toEngine } from '../training/trainer.js';

export interface TransformerOptions {
  /** As `blockActivation` takes it. */
  activation: string;
  layers: number;
  width: number;
  heads: number;
  batch: number;
  seed: number;
}

export interface GptOptions extends TransformerOptions {
  context: number;
  /** Weights to start from, and what they ask for besides the options. */
  start?: { shape: GptShape; weights: Record<string, HostArray> };
}

/** What a checkpoint says about its model. */
export interface GptModel {
  name: 'gpt';
  activation: string;
  shape: GptShape;
  tokenizer: TokenizerConfig;
}

/** The last tenth of the text is for validation. */
const VALIDATION = 0.1;
/** Windows that are evaluated on the way, and of the training part also at the end; evenly spread. */
const SAMPLE = 256;

/** GPT learns to go on with a text: each character or token from those before it, in windows of `context`. */
export function gptTask(text: string, tokens: Tokenizer, options: GptOptions): Task & { readonly model: GptModel } {
  const { activation: name, context, batch, seed, layers, width, heads, start } = options;
  const { apply, gated, inner } = blockActivation(name, width);
  const shape = start?.shape ?? { layers, width, heads, inner, gated, context, vocabulary: tokens.size };
  if (shape.gated !== gated)
    throw new UsageError(`--activation ${name}: the weights are for ${gated ? 'one without gates' : 'a gated one'}`);
  const ids = tokens.encode(text);
  const parts: Partial<Record<Split, Int32Array>> = textParts(ids, context);
  const cut = parts.train!.length;
  // From nats a token to nats a character.
  const perCharacter = ids.length / [...text].length;
  const each = jit((p: Arrays, x: np.Array, y: np.Array) => losses(shape, apply, p, x, y));

  return {
    name: 'gpt',
    model: { name: 'gpt', activation: name, shape, tokenizer: tokens.config },
    initialize: (from) => (start ? toEngine(start.weights) : initialize(shape, random(from, 'weights'))),
    loss: (parameters, { x, y }) => losses(shape, apply, parameters, x, y).mean(),
    batch: (step) => {
      const { uniform } = random(seed, 'windows', step);
      const starts = Array.from({ length: batch }, () => Math.floor(uniform() * (cut - context)));
      return windows(ids, starts, context);
    },
    evaluate: async (parameters, split, thorough) => {
      const part = parts[split];
      if (part === undefined) throw new RangeError(`a text has no ${split} part`);
      const all = Math.floor((part.length - 1) / context);
      const count = thorough && split !== 'train' ? all : Math.min(all, SAMPLE);
      const starts = Array.from({ length: count }, (_, i) => Math.floor((i * all) / count) * context);
      let sum = 0;
      for (let first = 0; first < count; first += batch) {
        // The last batch is filled up, so that the compiled function serves for it too.
        const some = Array.from({ length: batch }, (_, i) => starts[Math.min(first + i, count - 1)]);
        const { x, y } = windows(part, some, context);
        const out = each(
          tree.ref(parameters),
          np.array(x.values, { shape: x.shape }),
          np.array(y.values, { shape: y.shape }),
        );
        const values = (await out.data()) as Float32Array;
        for (const value of values.subarray(0, Math.min(batch, count - first) * context)) sum += value;
      }
      const loss = sum / (count * context);
      return perCharacter === 1 ? { loss } : { loss, lossPerCharacter: loss * perCharacter };
    },
    dispose: () => each.dispose(),
  };
}

/** The parts of a text. @throws DataError if it is too short for a context. */
export function textParts(ids: Int32Array, context: number): { train: Int32Array; validation: Int32Array } {
  const cut = Math.floor(ids.length * (1 - VALIDATION));
  const parts = { train: ids.subarray(0, cut), validation: ids.subarray(cut) };
  for (const [part, { length }] of Object.entries(parts)) {
    if (length <= context)
      throw new DataError(`the text is too short: its ${part} part has ${length} tokens, the context ${context}`);
  }
  return parts;
}

/** Windows of `ids` and what follows each of their tokens: [starts, context]. */
export function windows(ids: Int32Array, starts: readonly number[], context: number): { x: HostArray; y: HostArray } {
  const at = (shift: number): HostArray => {
    const values = new Int32Array(starts.length * context);
    starts.forEach((start, i) => {
      values.set(ids.subarray(start + shift, start + shift + context), i * context);
    });
    return { shape: [starts.length, context], values };
  };
  return { x: at(0), y: at(1) };
}
