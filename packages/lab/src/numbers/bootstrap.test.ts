import { expect, test } from 'vitest';
import { medianDifference } from './bootstrap.js';
import { random } from './random.js';

test('the interval of pairs that all differ by the same is that difference', () => {
  const found = medianDifference([3, 5, 9, 4, 7], [2, 4, 8, 3, 6]);
  expect(found).toEqual({ difference: 1, low: 1, high: 1 });
});

test('the interval of three pairs is that of all 27 resamples', () => {
  // The median of a resample is -1, 0 or 4 with 7, 13 and 7 of 27: both ends lie beyond 2.5 %.
  expect(medianDifference([-1, 0, 4], [0, 0, 0])).toEqual({ difference: 0, low: -1, high: 4 });
});

test.each([
  [15, 20, 0.8, 1],
  [3, 200, 0.68, 0.84],
  [5, 60, 0.85, 0.99],
])('how often it covers the true difference, as COVERAGE tells: %i seeds', (n, trials, least, most) => {
  const source = random(5, 'coverage');
  let covered = 0;
  for (let trial = 0; trial < trials; trial++) {
    const a = Array.from({ length: n }, () => 1 + source.normal());
    const b = Array.from({ length: n }, () => source.normal());
    const { low, high } = medianDifference(a, b, trial);
    if (low <= 1 && 1 <= high) covered++;
  }
  expect(covered / trials).toBeGreaterThanOrEqual(least);
  expect(covered / trials).toBeLessThanOrEqual(most);
});

test('is seeded, has no interval for one pair, and takes only pairs', () => {
  const a = [1, 2, 3, 4, 8];
  const b = [2, 1, 5, 3, 2];
  expect(medianDifference(a, b, 4)).toEqual(medianDifference(a, b, 4));
  expect(medianDifference([1], [0])).toEqual({ difference: 1, low: Number.NaN, high: Number.NaN });
  expect(() => medianDifference([1], [])).toThrow(RangeError);
});
