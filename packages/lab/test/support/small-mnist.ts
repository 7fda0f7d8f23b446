import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadMnist } from '../../src/data/mnist.js';

/** Makes a folder of MNIST's first 5,200 training images, of which 200 are learnt from, and 100 test images, in its own format. */
export function putSmallMnist(folder: string): void {
  const { train, test } = loadMnist();
  mkdirSync(folder);
  for (const [prefix, { images, labels }, count] of [
    ['train', train, 5200],
    ['t10k', test, 100],
  ] as const) {
    const bytes = Uint8Array.from(images.subarray(0, 784 * count), (x) => Math.round(255 * x));
    writeFileSync(join(folder, `${prefix}-images-idx3-ubyte`), idx([count, 28, 28], bytes));
    writeFileSync(join(folder, `${prefix}-labels-idx1-ubyte`), idx([count], labels.subarray(0, count)));
  }
}

/** A file of MNIST's format. */
export function idx(shape: number[], bytes: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  for (const [i, n] of shape.entries()) header.writeUInt32BE(n, 4 + 4 * i);
  return Buffer.concat([header, bytes]);
}
