import { UsageError } from '../console/errors.js';
import type { Choices } from '../console/options.js';
import { PIXELS } from '../data/examples.js';
import { loadMnist, withValidation } from '../data/mnist.js';
import { loadText } from '../data/text.js';
import { TOKENIZERS, type Tokenizer, tokenizerFor } from '../data/tokenizer.js';
import { loadTweets } from '../data/tweets.js';
import type { Split, Task } from '../training/task.js';
import type { TrainingConfig } from '../training/train.js';
import type { GptOptions } from './gpt.js';
import { readGpt, tokenizerOf } from './stored-gpt.js';

/** What of a model and its data the user may choose; `null` where nothing was chosen and nothing is the default. */
export type ModelOptions = Record<string, string | number | null>;

/** A model that `gelu-lab train` knows. */
export interface Trainable {
  description: string;
  /** The options that it has, with their defaults. */
  options: ModelOptions;
  /** How it is trained unless the user says otherwise. */
  training: Omit<TrainingConfig, 'seed'>;
  /** The options, with those filled in that a file decides. @throws UsageError naming one that says otherwise. */
  settle?(options: ModelOptions): ModelOptions;
  /** @throws UsageError naming an option that is out of range. */
  task(options: Choices, seed: number): Promise<Task>;
}

const TEXT_MODEL: ModelOptions = {
  activation: 'gelu',
  batch: 16,
  layers: 4,
  width: 128,
  heads: 4,
  context: 64,
  text: null,
  tokenizer: 'char',
};

const TRANSFORMER = {
  optimizer: { name: 'adamw', beta2: 0.99, weightDecay: 0.1 },
  clip: 1,
  schedule: { learningRate: 3e-3, warmup: 100, decay: 'cosine', final: 0.05 },
} as const;

export const TRAINABLES: Readonly<Record<string, Trainable>> = {
  gpt: {
    description: 'GPT-2’s decoder on the characters (or byte pairs) of a text',
    options: { ...TEXT_MODEL, from: null },
    training: {
      ...TRANSFORMER,
      steps: null,
      seconds: 900,
      evaluateEvery: 200,
      checkpointEvery: 500,
      splits: ['train', 'validation'],
    },
    settle: fromWeights,
    task: async (options, seed) => {
      const { gptTask } = await import('./gpt.js');
      const from = options.text('from');
      const model = textModel(options, seed);
      if (from === undefined) return gptTask(...(await textAndTokens(options)), model);
      const start = readGpt(from, model.heads);
      return gptTask(loadText(options.text('text')), await tokenizerOf(from, start), { ...model, start });
    },
  },
  bert: {
    description: 'a masked model, as BERT, of the characters (or byte pairs) of a text',
    options: TEXT_MODEL,
    training: {
      ...TRANSFORMER,
      steps: 2000,
      evaluateEvery: 200,
      checkpointEvery: 500,
      splits: ['train', 'validation'],
    },
    task: async (options, seed) => {
      const { bertTask } = await import('./bert.js');
      return bertTask(...(await textAndTokens(options)), textModel(options, seed));
    },
  },
  vit: {
    description: 'a small vision transformer on MNIST, 16 patches of 7×7',
    options: { activation: 'gelu', batch: 64, layers: 4, width: 64, heads: 4, data: null },
    training: {
      ...TRANSFORMER,
      schedule: { ...TRANSFORMER.schedule, learningRate: 1e-3 },
      steps: 5 * Math.floor(55_000 / 64),
      evaluateEvery: 200,
      checkpointEvery: 1000,
      splits: ['train', 'validation'],
      finalSplits: ['test'],
    },
    task: async (options, seed) => {
      const { vitTask } = await import('./vit.js');
      return vitTask(withValidation(loadMnist(options.text('data'))), { ...transformer(options), seed });
    },
  },
  autoencoder: {
    description: 'the autoencoder of the GELU paper on MNIST, 784 – 1000 – 500 – 250 – 30 – …',
    options: { activation: 'gelu', batch: 64, data: null },
    training: {
      optimizer: { name: 'adamw' },
      clip: null,
      schedule: { learningRate: 1e-3 },
      steps: 10 * Math.floor(55_000 / 64),
      evaluateEvery: 200,
      checkpointEvery: 1000,
      splits: ['train', 'validation'],
      finalSplits: ['test'],
    },
    task: async (options, seed) => {
      const { autoencoderTask } = await import('./autoencoder.js');
      const data = withValidation(loadMnist(options.text('data')));
      return autoencoderTask(data, { activation: activation(options), batch: batch(options), seed });
    },
  },
  tweets: {
    description: 'the part-of-speech tagger of the GELU paper on tweets; --data names their folder',
    options: { activation: 'gelu', batch: 16, width: 256, keep: 0.8, data: null },
    training: {
      optimizer: { name: 'adamw' },
      clip: null,
      schedule: { learningRate: 1e-3 },
      steps: 30 * 900,
      evaluateEvery: 900,
      checkpointEvery: 2000,
      splits: ['train', 'validation'],
      finalSplits: ['test'],
    },
    task: async (options, seed) => {
      const { tweetsTask } = await import('./tweets.js');
      const keep = options.number('keep', 0.01, 1);
      const choices = { activation: activation(options), batch: batch(options), width: width(options), keep, seed };
      return tweetsTask(loadTweets(options.text('data') ?? null), choices);
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
      const keep = options.number('keep', 0.01, 1);
      const { mnistClassifier } = await import('./mnist.js');
      const data = withValidation(loadMnist(options.text('data')));
      return mnistClassifier(data, {
        activation: activation(options),
        batch: batch(options),
        keep,
        shape,
        seed,
        evaluated: { train: 5000 },
      });
    },
  },
};

/** What a GPT's weights decide, or know best. */
export const OF_WEIGHTS = ['activation', 'layers', 'width', 'heads', 'context', 'tokenizer'] as const;

/** Fills in what the weights decide that a GPT starts from; its activation may be another. */
function fromWeights(options: ModelOptions): ModelOptions {
  if (options.from === null) return options;
  const from = String(options.from);
  const { shape, activation, tokenizer } = readGpt(from, options.heads === null ? undefined : Number(options.heads));
  const { layers, width, heads, context } = shape;
  const decided: ModelOptions = { layers, width, heads, context, tokenizer: tokenizer.kind };
  for (const [name, value] of Object.entries(decided)) {
    if (options[name] !== null && options[name] !== value)
      throw new UsageError(`--${name} ${options[name]}: the weights in ${from} are for ${value}`);
  }
  return { ...options, ...decided, activation: options.activation ?? activation };
}

async function textAndTokens(options: Choices): Promise<[string, Tokenizer]> {
  const text = loadText(options.text('text'));
  return [text, await tokenizerFor(options.word('tokenizer', TOKENIZERS), text)];
}

const textModel = (options: Choices, seed: number): GptOptions => ({
  ...transformer(options),
  context: options.whole('context', 2, 4096),
  seed,
});

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
  return {
    activation: activation(options),
    batch: batch(options),
    layers: options.whole('layers', 1, 100),
    width: width(options),
    heads,
  };
}

const activation = (options: Choices): string => options.text('activation') ?? 'gelu';

const batch = (options: Choices): number => options.whole('batch', 1, 4096);

/** jax-js multiplies matrices of other widths many times more slowly. */
function width(options: Choices): number {
  const value = options.whole('width', 4, 8192);
  if (value % 4 !== 0) throw new UsageError(`--width must be a multiple of 4, got ${value}`);
  return value;
}
