import { jit, tree } from '@jax-js/jax';
import type { Tokenizer } from '../data/tokenizer.js';
import { type BertShape, hide, loss } from '../models/bert.js';
import { initialize } from '../models/gpt.js';
import { blockActivation } from '../models/transformer.js';
import { random } from '../numbers/random.js';
import type { Arrays, Batch, Split, Task } from '../training/task.js';
import { toEngine } from '../training/trainer.js';
import { type GptOptions, textParts, windows } from './gpt.js';

/** Batches that are evaluated: on the way, and at the end. */
const BATCHES = [16, 64] as const;

/** A masked model of the characters (or tokens) of a text: which ones were hidden? `loss` is in nats a hidden one. */
export function bertTask(text: string, tokens: Tokenizer, options: GptOptions): Task {
  const { activation, context, batch, seed, layers, width, heads } = options;
  const { apply, gated, inner } = blockActivation(activation, width);
  const mask = tokens.size;
  const shape: BertShape = { layers, width, heads, inner, gated, context, vocabulary: tokens.size + 1 };
  const parts: Partial<Record<Split, Int32Array>> = textParts(tokens.encode(text), context);
  const compiled = jit((p: Arrays, b: Arrays) => loss(shape, apply, p, b));
  const drawn = (part: Int32Array, name: string, step: number): Batch => {
    const source = random(seed, name, step);
    const starts = Array.from({ length: batch }, () => Math.floor(source.uniform() * (part.length - context)));
    const { x } = windows(part, starts, context);
    const { hidden, weights } = hide(x.values as Int32Array<ArrayBuffer>, mask, source);
    return { hidden: { ...x, values: hidden }, tokens: x, weights: { ...x, values: weights } };
  };
  return {
    name: 'bert',
    initialize: (from) => initialize(shape, random(from, 'weights')),
    loss: (parameters, given) => loss(shape, apply, parameters, given),
    batch: (step) => drawn(parts.train!, 'windows', step),
    evaluate: async (parameters, split, thorough) => {
      const part = parts[split];
      if (part === undefined) throw new RangeError(`a text has no ${split} part`);
      const count = BATCHES[thorough ? 1 : 0];
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const given = toEngine(drawn(part, `${split} windows`, i));
        sum += ((await compiled(tree.ref(parameters), given).data()) as Float32Array)[0];
      }
      return { loss: sum / count };
    },
    dispose: () => compiled.dispose(),
  };
}
