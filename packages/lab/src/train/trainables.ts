import { loadMnist, PIXELS, withValidation } from '../data/mnist.js';
import { loadText } from '../data/text.js';
import { TOKENIZERS, tokenizerFor } from '../data/tokenizer.js';
import { UsageError } from '../errors.js';
import { ACTIVATION_NAMES } from '../models/activations.js';
import { BLOCK_ACTIVATIONS } from '../models/transformer.js';
import type { Choices } from '../options.js';
import { gptTask } from '../tasks/gpt.js';
import { mnistClassifier } from '../tasks/mnist.js';
import type { Split, Task } from '../training/task.js';
import type { TrainingConfig } from '../training/train.js';

/** What of a model and its data the user may choose; `null` where nothing was chosen and nothing is the default. */
export type ModelOptions = Record<string, string | number | null>;

/** A model that `gelu-lab train` knows. */
export interface Trainable {
  description: string;
  /** The options that it has, with their defaults. */
  options: ModelOptions;
  /** How it is trained unless the user says otherwise. */
  training: Omit<TrainingConfig, 'seed'>;
  /** @throws UsageError naming an option that is out of range. */
  task(options: Choices, seed: number): Promise<Task>;
}

export const TRAINABLES: Readonly<Record<string, Trainable>> = {
  gpt: {
    description: 'GPT-2’s decoder on the characters (or byte pairs) of a text',
    options: {
      activation: 'gelu',
      batch: 16,
      layers: 4,
      width: 128,
      heads: 4,
      context: 64,
      text: null,
      tokenizer: 'char',
    },
    training: {
      optimizer: { name: 'adamw', beta2: 0.99, weightDecay: 0.1 },
      clip: 1,
      schedule: { learningRate: 3e-3, warmup: 100, decay: 'cosine', final: 0.05 },
      steps: null,
      seconds: 900,
      evaluateEvery: 200,
      checkpointEvery: 500,
      splits: ['train', 'validation'],
    },
    task: async (options, seed) => {
      const text = loadText(options.text('text'));
      const tokens = await tokenizerFor(options.word('tokenizer', TOKENIZERS), text);
      return gptTask(text, tokens, { ...transformer(options), context: options.whole('context', 2, 4096), seed });
    },
  },
  mnist: {
    description: 'the classifier of the GELU paper on MNIST, 784 – 8 × 128 – 10',
    options: { activation: 'gelu', batch: 128, layers: 8, width: 128, keep: 1, data: null },
    training: {
      optimizer: { name: 'adamw' },
      clip: null,
      schedule: { learningRate: 1e-3 },
      steps: 50 * Math.floor(55_000 / 128),
      evaluateEvery: 200,
      checkpointEvery: 2000,
      splits: ['train', 'validation'] satisfies Split[],
      finalSplits: ['test'],
    },
    task: async (options, seed) => {
      const shape = { inputs: PIXELS, width: width(options), hidden: options.whole('layers', 1, 100), classes: 10 };
      const activation = options.word('activation', ACTIVATION_NAMES);
      const keep = options.number('keep', 0.01, 1);
      const data = withValidation(loadMnist(options.text('data')));
      return mnistClassifier(data, {
        activation,
        batch: batch(options),
        keep,
        shape,
        seed,
        evaluated: { train: 5000 },
      });
    },
  },
};

/** What the transformers have in common. */
function transformer(options: Choices): {
  activation: string;
  batch: number;
  layers: number;
  width: number;
  heads: number;
} {
  const heads = options.whole('heads', 1, 64);
  if (width(options) % heads !== 0)
    throw new UsageError(`--width ${width(options)} cannot be split into --heads ${heads}`);
  const activation = options.word('activation', BLOCK_ACTIVATIONS);
  return { activation, batch: batch(options), layers: options.whole('layers', 1, 100), width: width(options), heads };
}

const batch = (options: Choices): number => options.whole('batch', 1, 4096);

/** jax-js multiplies matrices of other widths many times more slowly. */
function width(options: Choices): number {
  const value = options.whole('width', 4, 8192);
  if (value % 4 !== 0) throw new UsageError(`--width must be a multiple of 4, got ${value}`);
  return value;
}
