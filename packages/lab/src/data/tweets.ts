import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../console/errors.js';
import type { DataSet } from './data-set.js';
import { readBytes, requireFiles, type Source } from './files.js';

/** The 25 tags of Gimpel et al., Part-of-speech tagging for Twitter (2011). */
export const TAGS: readonly string[] = [...'NOS^ZLMVAR!DP&TXY#@~UE$,G'];

/** A tagged tweet: tags[i] is the index in TAGS of the tag of words[i]. */
export interface Tweet {
  words: string[];
  tags: number[];
}

export interface Tweets {
  train: Tweet[];
  validation: Tweet[];
  test: Tweet[];
  /** Pretrained vectors by word, if the folder has them. */
  vectors: Vectors | null;
}

export interface Vectors {
  dimension: number;
  of: ReadonlyMap<string, Float32Array>;
}

/** What stands for words without a vector, and before and after a tweet. */
export const UNKNOWN = 'UUUNKKK';
export const EDGE = '</s>';

const FILES = { train: 'tweets-train.txt', validation: 'tweets-dev.txt', test: 'tweets-devtest.txt' } as const;
const VECTORS = 'embeddings-twitter.txt';
const SOURCE: Source = {
  name: 'The tagged tweets',
  fetch: `They are in data/Tweets of the GELU paper's repository, github.com/hendrycks/GELUs (from the ARK Twitter part-of-speech data of Carnegie Mellon); with ${VECTORS} beside them, those vectors are used, else vectors are learnt.`,
  files: Object.values(FILES),
};

/** The files of `loadTweets`. */
export const TWEETS_DATA_SET: DataSet = {
  name: SOURCE.name,
  files: (data) => {
    const folder = requireFiles(data, SOURCE);
    const names = [...SOURCE.files, ...(existsSync(join(folder, VECTORS)) ? [VECTORS] : [])];
    return new Map(names.map((name) => [name, join(folder, name)]));
  },
};

/**
 * Loads tweets-train.txt, tweets-dev.txt, tweets-devtest.txt and, where it is there, embeddings-twitter.txt.
 * @throws DataError if a file is missing or malformed.
 */
export function loadTweets(data: string | null): Tweets {
  const folder = requireFiles(data, SOURCE);
  const read = (name: string): Tweet[] => readTweets(join(folder, name));
  const vectors = join(folder, VECTORS);
  return {
    train: read(FILES.train),
    validation: read(FILES.validation),
    test: read(FILES.test),
    vectors: existsSync(vectors) ? readVectors(vectors) : null,
  };
}

/** Reads a line a word, `word<tab>tag`, and an empty line after each tweet. */
function readTweets(path: string): Tweet[] {
  const tweets: Tweet[] = [];
  let tweet: Tweet = { words: [], tags: [] };
  const end = (): void => {
    if (tweet.words.length > 0) tweets.push(tweet);
    tweet = { words: [], tags: [] };
  };
  for (const [i, line] of linesOf(path).entries()) {
    if (line === '') {
      end();
      continue;
    }
    const [word, tag, ...more] = line.split('\t');
    const index = TAGS.indexOf(tag);
    if (word === '' || index === -1 || more.length > 0)
      throw new DataError(
        `${path}, line ${i + 1}: must be a word, a tab and one of ${TAGS.join(' ')}, it is '${line}'`,
      );
    tweet.words.push(word);
    tweet.tags.push(index);
  }
  end();
  if (tweets.length === 0) throw new DataError(`${path}: holds no tweet`);
  return tweets;
}

/** Reads a line a word: the word, then its numbers, with spaces or tabs between. */
function readVectors(path: string): Vectors {
  const of = new Map<string, Float32Array>();
  let dimension = 0;
  for (const [i, line] of linesOf(path).entries()) {
    if (line === '') continue;
    const [word, ...numbers] = line.split(/[ \t]+/);
    const vector = Float32Array.from(numbers, Number);
    dimension ||= vector.length;
    if (dimension === 0 || vector.length !== dimension || vector.some(Number.isNaN))
      throw new DataError(`${path}, line ${i + 1}: must be a word and ${dimension || 'its'} numbers`);
    of.set(word, vector);
  }
  for (const needed of [UNKNOWN, EDGE])
    if (!of.has(needed)) throw new DataError(`${path}: has no vector for '${needed}'`);
  return { dimension, of };
}

function linesOf(path: string): string[] {
  return readBytes(path).toString('utf8').trimEnd().split(/\r?\n/);
}
