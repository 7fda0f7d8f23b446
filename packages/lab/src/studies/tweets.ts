import { loadTweets, TWEETS_DATA_SET } from '../data/tweets.js';
import type { Settings } from './arm.js';
import { activationArms } from './arms.js';
import { ERROR, LOSS } from './mnist.js';
import type { DataOptions, Prepared, Study } from './types.js';

const BATCH = 16;
/** 14,619 words to learn from. */
const STEPS_PER_EPOCH = 913;

export const tweets: Study = {
  name: 'tweets',
  title: 'Parts of speech in tweets',
  about: `25 tags from windows of three words of 1,000 tweets, with a fully connected network of two layers of 256 units, dropout with 0.8 of them kept; Adam, batches of ${BATCH}.`,
  activations: ['gelu', 'relu', 'elu'],
  select: 'validation.error',
  arms: (activations) => activationArms(activations, { rate: [1e-3, 1e-4, 1e-5] }),
  full: { steps: 30 * STEPS_PER_EPOCH, seeds: 5, stepsPerEpoch: STEPS_PER_EPOCH, extendable: true },
  measures: [ERROR, LOSS],
  curves: [
    { key: 'train.loss', title: 'Training loss', unit: 'nats' },
    { key: 'validation.loss', title: 'Validation loss', unit: 'nats' },
    { key: 'validation.error', title: 'Validation error', unit: 'share' },
  ],
  evaluateEvery: STEPS_PER_EPOCH,
  paper: {
    figures: { GELU: 12.57, ReLU: 12.67, ELU: 12.91 },
    text: 'test errors of 12.57 % (GELU), 12.67 % (ReLU), 12.91 % (ELU), with pretrained vectors.',
  },
  dataSet: TWEETS_DATA_SET,
  prepare,
};

async function prepare({ activation, rate, seed }: Settings, { data }: DataOptions): Promise<Prepared> {
  const { tweetsTask } = await import('../tasks/tweets.js');
  const found = loadTweets(data);
  const task = tweetsTask(found, {
    activation: String(activation),
    seed: Number(seed),
    batch: BATCH,
    keep: 0.8,
  });
  return {
    task,
    trainer: { seed: Number(seed), optimizer: { name: 'adamw' } },
    schedule: { learningRate: Number(rate) },
    remark:
      found.vectors === null
        ? 'The data folder has no pretrained vectors of the words: they are learnt, which costs several per cent.'
        : "The words' vectors are the pretrained ones.",
  };
}
