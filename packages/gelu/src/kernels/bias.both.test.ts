import { expect, test } from 'vitest';
import { biasWork, type FloatArray } from './bias.js';

/** Sums and column sums of a few rows, as the chunks have it. */
function run<T extends FloatArray>(bias: T, length: number, input: T, gradient: T): { sum: T; columns: T } {
  const work = biasWork(bias, length);
  const sum = input.slice() as T;
  const room = work.sum.length;
  for (let start = 0; start < input.length; start += room) {
    const n = Math.min(room, input.length - start);
    work.sum.set(input.subarray(start, start + n));
    work.addBias(n, start % bias.length);
    sum.set(work.sum.subarray(0, n), start);
    work.gradient.set(gradient.subarray(start, start + n));
    work.addGradient(n, start % bias.length);
  }
  const columns = bias.slice() as T;
  columns.set(work.columnSums());
  return { sum, columns };
}

// Lengths that fill vectors and that do not, many rows to a chunk and several chunks to a row.
test.each([1, 3, 4, 7, 768, 9001, 16384, 20001])('%i columns', (columns) => {
  const rows = Math.max(3, Math.ceil(40000 / columns));
  const make = (f: (i: number) => number, n: number) => Float32Array.from({ length: n }, (_, i) => f(i));
  const bias = make((i) => Math.sin(i), columns);
  const input = make((i) => Math.cos(i) * 3, rows * columns);
  const gradient = make((i) => Math.sin(3 * i) * 10 ** ((i % 13) - 6), rows * columns);
  const large = run(bias, input.length, input, gradient);
  expect(large.sum).toEqual(input.map((x, i) => x + bias[i % columns]));
  const sums = new Float64Array(columns);
  for (let i = 0; i < gradient.length; i++) sums[i % columns] += gradient[i];
  expect(large.columns).toEqual(Float32Array.from(sums));
  // A small length has JavaScript do it: the same bits.
  expect(run(bias, 1, input, gradient)).toEqual(large);
});
