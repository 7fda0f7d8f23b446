import type { Random } from '../numbers/random.js';

/** Labelled images. */
export interface Examples {
  count: number;
  /** Row-major [count, 784], each pixel in [0, 1]. */
  images: Float32Array;
  /** [count], 0 … 9. */
  labels: Uint8Array;
}

/** Pixels of an image, 28×28. */
export const PIXELS = 784;

/** The first `count` examples. */
export function take(examples: Examples, count: number): Examples {
  const n = Math.min(count, examples.count);
  return { count: n, images: examples.images.subarray(0, n * PIXELS), labels: examples.labels.subarray(0, n) };
}

/** A fixed random sample of the examples. */
export function sample(examples: Examples, count: number, random: Random): Examples {
  const chosen = random.permutation(examples.count).slice(0, count).sort();
  const images = new Float32Array(chosen.length * PIXELS);
  chosen.forEach((index, i) => {
    images.set(examples.images.subarray(index * PIXELS, (index + 1) * PIXELS), i * PIXELS);
  });
  return { count: chosen.length, images, labels: Uint8Array.from(chosen, (index) => examples.labels[index]) };
}
