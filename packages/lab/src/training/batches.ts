import { random } from '../numbers/random.js';

/**
 * The indices of the examples in the batch of step 1, 2, …: each epoch passes through all `count` examples in a new random
 * order; what does not fill a batch at its end is left out. Every call is answered from (seed, step) alone.
 * @throws RangeError if there are fewer examples than a batch has.
 */
export function batchOrder(count: number, size: number, seed: number): (step: number) => Uint32Array {
  if (count < size) throw new RangeError(`a batch of ${size} from ${count} examples`);
  const perEpoch = Math.floor(count / size);
  let epoch = -1;
  let order: Uint32Array = new Uint32Array();
  return (step) => {
    const wanted = Math.floor((step - 1) / perEpoch);
    if (wanted !== epoch) order = random(seed, 'order', wanted).permutation(count);
    epoch = wanted;
    const first = ((step - 1) % perEpoch) * size;
    return order.subarray(first, first + size);
  };
}

/** The chosen rows of a row-major array of `width` columns. */
export function rows(values: Float32Array, width: number, chosen: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const out = new Float32Array(chosen.length * width);
  for (let i = 0; i < chosen.length; i++)
    out.set(values.subarray(chosen[i] * width, (chosen[i] + 1) * width), i * width);
  return out;
}

/** One-hot rows of `columns` columns. */
export function oneHot(labels: ArrayLike<number>, columns: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(labels.length * columns);
  for (let i = 0; i < labels.length; i++) out[i * columns + labels[i]] = 1;
  return out;
}
