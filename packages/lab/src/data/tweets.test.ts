import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { emptyFolder } from '../../../../test/support/folder.js';
import { DataError } from '../console/errors.js';
import { loadTweets, TAGS } from './tweets.js';

const folder = emptyFolder('tweets');
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);

beforeEach(() => {
  put('tweets-train.txt', 'rt\t~\n@you\t@\n:\t~\nnice\tA\n\nso\tR\ntrue\tA\n!\t,\n\n');
  put('tweets-dev.txt', 'yes\t!\r\n\r\nno\t!\r\n');
  put('tweets-devtest.txt', '#a\t#\n');
});

test('25 tags, each once', () => {
  expect(new Set(TAGS).size).toBe(25);
});

test('reads tweets, also with the line ends of Windows and without an empty line at the end', () => {
  const { train, validation, test: judged, vectors } = loadTweets(folder);
  expect(train.map(({ words }) => words)).toEqual([
    ['rt', '@you', ':', 'nice'],
    ['so', 'true', '!'],
  ]);
  expect(train[0].tags.map((i) => TAGS[i])).toEqual(['~', '@', '~', 'A']);
  expect(validation).toHaveLength(2);
  expect(judged[0]).toEqual({ words: ['#a'], tags: [TAGS.indexOf('#')] });
  expect(vectors).toBeNull();
});

test('reads vectors where there are some', () => {
  put('embeddings-twitter.txt', '</s>\t0 0.5 -1\nUUUNKKK 1 2 3e-1\nnice 4 5 6\n');
  const { vectors } = loadTweets(folder);
  expect(vectors?.dimension).toBe(3);
  expect([...vectors!.of.get('</s>')!]).toEqual([0, 0.5, -1]);
});

test.each<[string, string, string, RegExp]>([
  ['a tag that is none', 'tweets-train.txt', 'rt\t~\nx\tNN\n', /tweets-train.txt, line 2: must be a word, a tab/],
  ['no tab', 'tweets-dev.txt', 'word N\n', /tweets-dev.txt, line 1/],
  ['nothing', 'tweets-devtest.txt', '\n\n', /holds no tweet/],
  ['vectors of two lengths', 'embeddings-twitter.txt', '</s> 1 2\nUUUNKKK 1\n', /line 2: must be a word and 2 numbers/],
  ['vectors that are no numbers', 'embeddings-twitter.txt', '</s> 1 x\n', /line 1/],
  ['no vector for other words', 'embeddings-twitter.txt', '</s> 1 2\n', /no vector for 'UUUNKKK'/],
])('names the file and the fault: %s', (_, name, text, message) => {
  put(name, text);
  expect(() => loadTweets(folder)).toThrow(DataError);
  expect(() => loadTweets(folder)).toThrow(message);
});

test('says what to fetch and where to put it', () => {
  expect(() => loadTweets(null)).toThrow(/github.com\/hendrycks\/GELUs.*--data FOLDER/);
  rmSync(join(folder, 'tweets-dev.txt'));
  expect(() => loadTweets(folder)).toThrow(/lacks tweets-dev.txt/);
});
