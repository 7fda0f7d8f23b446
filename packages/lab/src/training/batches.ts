import { type Examples, PIXELS } from '../data/mnist.js';
import type { Random } from '../random.js';
import type { Batch } from './learner.js';

/**
 * Endless batches of `size` examples: each epoch passes through all examples in a new random order; what does not fill
 * a batch at its end is left out. `columns` is the width of the one-hot labels.
 */
export function* batches(examples: Examples, size: number, columns: number, random: Random): Generator<Batch, never> {
  if (examples.count < size) throw new RangeError(`a batch of ${size} from ${examples.count} examples`);
  while (true) {
    const order = random.permutation(examples.count);
    for (let first = 0; first + size <= examples.count; first += size) {
      yield gather(examples, order.subarray(first, first + size), columns);
    }
  }
}

/** A fixed random sample of the examples. */
export function sample(examples: Examples, count: number, random: Random): Examples {
  const chosen = random.permutation(examples.count).slice(0, count).sort();
  const images = new Float32Array(chosen.length * PIXELS);
  chosen.forEach((index, i) => {
    images.set(image(examples, index), i * PIXELS);
  });
  return { count: chosen.length, images, labels: Uint8Array.from(chosen, (index) => examples.labels[index]) };
}

function gather(examples: Examples, indices: Uint32Array, columns: number): Batch {
  const images = new Float32Array(indices.length * PIXELS);
  const oneHot = new Float32Array(indices.length * columns);
  indices.forEach((index, i) => {
    images.set(image(examples, index), i * PIXELS);
    oneHot[i * columns + examples.labels[index]] = 1;
  });
  return { images, oneHot };
}

function image(examples: Examples, index: number): Float32Array {
  return examples.images.subarray(index * PIXELS, (index + 1) * PIXELS);
}
