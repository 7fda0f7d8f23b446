import { expect, test } from 'vitest';

// support/equality.ts: arrays that are the same are told so at once, whatever differs is told by `toEqual` as ever.

const large = (): Float32Array => Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i));
const changed = (at: number, value: number): Float32Array => large().fill(value, at, at + 1);

test('arrays of the same numbers are equal, NaN to NaN', () => {
  expect(large()).toEqual(large());
  expect(changed(3, Number.NaN)).toEqual(changed(3, Number.NaN));
  expect([...large()]).toStrictEqual([...large()]);
});

test.each<[string, unknown, unknown]>([
  ['another number', large(), changed(999, 2)],
  ['the sign of a zero', changed(5, 0), changed(5, -0)],
  ['NaN', large(), changed(0, Number.NaN)],
  ['the length', large(), large().subarray(1)],
  ['the type', large(), Float64Array.from(large())],
  ['a list for an array', large(), [...large()]],
  ['text for a number', ['1'], [1]],
])('%s makes a difference', (_, a, b) => {
  expect(a).not.toEqual(b);
  expect({ deep: [a] }).not.toEqual({ deep: [b] });
});
