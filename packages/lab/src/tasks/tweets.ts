import { EDGE, TAGS, type Tweet, type Tweets, UNKNOWN } from '../data/tweets.js';
import { activationBySpec } from '../models/activations.js';
import { columns, initialize, logits, type TaggerShape, WINDOW } from '../models/tagger.js';
import type { HostArray } from '../numbers/host-array.js';
import { random } from '../numbers/random.js';
import { dropoutMasks, dropped } from '../training/noise.js';
import type { Task } from '../training/task.js';
import { classifier, type Labelled } from './classifier.js';

export interface TaggerOptions {
  activation: string;
  seed: number;
  batch: number;
  /** A hidden unit stays with this probability in training. */
  keep: number;
  width?: number;
}

/** The numbers of a vector that is learnt. */
const DIMENSION = 50;

/** The tagger of the paper on tweets; where no pretrained vectors are there, vectors of the words in the training part are learnt. */
export function tweetsTask(data: Tweets, { activation, seed, batch, keep, width = 256 }: TaggerOptions): Task {
  const f = activationBySpec(activation).apply;
  const { vectors } = data;
  const known = [UNKNOWN, EDGE, ...new Set(data.train.flatMap(({ words }) => words.map(lower)))];
  const ids = new Map(known.map((word, id) => [word, id]));
  const shape: TaggerShape = {
    vocabulary: vectors === null ? Math.ceil(known.length / 4) * 4 : null,
    dimension: vectors?.dimension ?? DIMENSION,
    width,
    classes: TAGS.length,
  };
  const inputs =
    vectors === null
      ? (words: readonly string[][]): HostArray => ({
          shape: [words.length, WINDOW],
          values: Int32Array.from(words.flat(), (word) => ids.get(lower(word)) ?? 0),
        })
      : (words: readonly string[][]): HostArray => {
          const size = columns(shape);
          const values = new Float32Array(words.length * WINDOW * size);
          words.flat().forEach((word, i) => {
            const vector = vectors.of.get(word) ?? vectors.of.get(lower(word)) ?? vectors.of.get(UNKNOWN);
            if (vector !== undefined) values.set(vector, i * size);
          });
          return { shape: [words.length, WINDOW * size], values };
        };
  const part = (tweets: readonly Tweet[]): Labelled => {
    const windows = tweets.flatMap(({ words }) =>
      words.map((word, i) => [words[i - 1] ?? EDGE, word, words[i + 1] ?? EDGE]),
    );
    return {
      labels: Uint8Array.from(tweets.flatMap(({ tags }) => tags)),
      inputs: (chosen) => inputs(Array.from(chosen, (i) => windows[i])),
    };
  };
  return classifier({
    name: 'tweets',
    classes: TAGS.length,
    data: { train: part(data.train), validation: part(data.validation), test: part(data.test) },
    seed,
    batch,
    initialize: (from) => initialize(shape, random(from, 'weights')),
    logits: (parameters, x, given) => {
      const drop = dropped(given);
      return logits(shape, (z, layer) => drop(f(z), layer), parameters, x);
    },
    extras: (step) =>
      dropoutMasks(
        [
          [batch, width],
          [batch, width],
        ],
        keep,
        seed,
        step,
      ),
  });
}

const lower = (word: string): string => word.toLowerCase();
