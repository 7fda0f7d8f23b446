import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../console/errors.js';
import type { DataSet } from './data-set.js';
import { readBytes, requireFiles, type Source } from './files.js';

/** Labelled colour images. */
export interface ColourImages {
  count: number;
  /** [count, 3, 32, 32]: red, green, blue, each row by row from the top; 0 … 255. */
  bytes: Uint8Array;
  /** [count] */
  labels: Uint8Array;
}

/** 50,000 images to learn from and 10,000 to judge by (Krizhevsky 2009). */
export interface Cifar {
  classes: number;
  train: ColourImages;
  test: ColourImages;
}

export const SIDE = 32;
export const CHANNELS = 3;
export const VALUES: number = CHANNELS * SIDE * SIDE;

interface Format extends Source {
  classes: number;
  /** The folder in the published archive. */
  folder: string;
  /** Bytes of labels before each image; the last one counts (CIFAR-100: coarse, fine). */
  labelBytes: number;
}

const FETCH = 'www.cs.toronto.edu/~kriz/cifar.html has it: take the "binary version (suitable for C programs)".';
const FORMATS: Readonly<Record<10 | 100, Format>> = {
  10: {
    name: 'CIFAR-10',
    fetch: FETCH,
    files: [
      'data_batch_1.bin',
      'data_batch_2.bin',
      'data_batch_3.bin',
      'data_batch_4.bin',
      'data_batch_5.bin',
      'test_batch.bin',
    ],
    classes: 10,
    folder: 'cifar-10-batches-bin',
    labelBytes: 1,
  },
  100: {
    name: 'CIFAR-100',
    fetch: FETCH,
    files: ['train.bin', 'test.bin'],
    classes: 100,
    folder: 'cifar-100-binary',
    labelBytes: 2,
  },
};

/**
 * Loads CIFAR-10 or CIFAR-100 (with its fine labels) in the binary version, from `data` or the archive's folder inside it: records
 * of the labels and 3 × 32 × 32 bytes.
 * @throws DataError if a file is missing or malformed, or a label is none.
 */
export function loadCifar(classes: 10 | 100, data: string | null): Cifar {
  const format = FORMATS[classes];
  const folder = folderOf(format, data);
  const read = (files: readonly string[]): ColourImages =>
    joined(files.map((file) => readImages(join(folder, file), format)));
  return { classes, train: read(format.files.slice(0, -1)), test: read(format.files.slice(-1)) };
}

/** The files of `loadCifar`. */
export function cifarDataSet(classes: 10 | 100): DataSet {
  const format = FORMATS[classes];
  return {
    name: format.name,
    files: (data) => {
      const folder = folderOf(format, data);
      return new Map(format.files.map((name) => [name, join(folder, name)]));
    },
  };
}

function folderOf(format: Format, data: string | null): string {
  const inner = data === null ? null : join(data, format.folder);
  return requireFiles(inner !== null && existsSync(inner) ? inner : data, format);
}

function readImages(path: string, { classes, labelBytes }: Format): ColourImages {
  const file = readBytes(path);
  const record = labelBytes + VALUES;
  if (file.length === 0 || file.length % record !== 0)
    throw new DataError(`${path}: must hold records of ${record} bytes, it has ${file.length} bytes`);
  const count = file.length / record;
  const labels = new Uint8Array(count);
  const bytes = new Uint8Array(count * VALUES);
  for (let i = 0; i < count; i++) {
    labels[i] = file[i * record + labelBytes - 1];
    if (labels[i] >= classes) throw new DataError(`${path}: label ${i} is ${labels[i]}, it must be below ${classes}`);
    bytes.set(file.subarray(i * record + labelBytes, (i + 1) * record), i * VALUES);
  }
  return { count, bytes, labels };
}

function joined(parts: readonly ColourImages[]): ColourImages {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const all: ColourImages = { count, bytes: new Uint8Array(count * VALUES), labels: new Uint8Array(count) };
  let first = 0;
  for (const part of parts) {
    all.bytes.set(part.bytes, first * VALUES);
    all.labels.set(part.labels, first);
    first += part.count;
  }
  return all;
}
