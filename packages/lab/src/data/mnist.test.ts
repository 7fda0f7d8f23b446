import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { emptyFolder } from '../../../../test/support/folder.js';
import { idx } from '../../test/support/small-mnist.js';
import { DataError } from '../console/errors.js';
import { take } from './examples.js';
import { loadMnist } from './mnist.js';

const folder = emptyFolder('idx');

beforeEach(() => {
  for (const prefix of ['train', 't10k']) {
    put(
      `${prefix}-images-idx3-ubyte`,
      idx(
        [2, 28, 28],
        Uint8Array.from({ length: 1568 }, (_, i) => i % 256),
      ),
    );
    put(`${prefix}-labels-idx1-ubyte`, idx([2], Uint8Array.of(3, 9)));
  }
});

function put(name: string, bytes: Uint8Array): void {
  writeFileSync(join(folder, name), bytes);
}

test('reads images and labels, plain or gzipped', () => {
  put('train-images-idx3-ubyte', gzipSync(idx([2, 28, 28], new Uint8Array(1568).fill(51))));
  const { train, test } = loadMnist(folder);
  expect(train.count).toBe(2);
  expect(train.images).toEqual(new Float32Array(1568).fill(0.2));
  expect([...test.labels]).toEqual([3, 9]);
  expect(test.images[255]).toBe(1);
  expect(take(test, 1).images).toEqual(test.images.subarray(0, 784));
});

test.each<[string, string, () => Uint8Array, RegExp]>([
  ['another format', 'train-images-idx3-ubyte', () => Buffer.from('not an IDX file at all'), /starts with the bytes/],
  ['an empty file', 'train-images-idx3-ubyte', () => new Uint8Array(0), /header has 16 bytes, the file has 0/],
  [
    'missing bytes',
    't10k-images-idx3-ubyte',
    () => idx([2, 28, 28], new Uint8Array(1567)),
    /2×28×28 bytes announced, 1567/,
  ],
  ['damaged gzip data', 'train-images-idx3-ubyte', () => Uint8Array.of(0x1f, 0x8b, 8, 0, 1), /damaged gzip/],
  [
    'other images',
    'train-images-idx3-ubyte',
    () => idx([2, 14, 14], new Uint8Array(392)),
    /must be 28×28, these are 14×14/,
  ],
  ['too few labels', 't10k-labels-idx1-ubyte', () => idx([1], Uint8Array.of(3)), /1 labels for the 2 images/],
  ['labels that are no digits', 'train-labels-idx1-ubyte', () => idx([2], Uint8Array.of(3, 10)), /label 1 is 10/],
])('names the file and the fault: %s', (_, name, bytes, message) => {
  put(name, bytes());
  expect(() => loadMnist(folder)).toThrow(DataError);
  expect(() => loadMnist(folder)).toThrow(message);
  expect(() => loadMnist(folder)).toThrow(name);
});

test('names a missing file', () => {
  rmSync(join(folder, 't10k-labels-idx1-ubyte'));
  expect(() => loadMnist(folder)).toThrow(/t10k-labels-idx1-ubyte: cannot be read \(ENOENT\)/);
});

test('the installed files are the whole of MNIST', () => {
  const { train, test } = loadMnist();
  expect([train.count, test.count]).toEqual([60_000, 10_000]);
  expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
});
