import { expect, test } from 'vitest';
import { median, medianInterval } from './statistics.js';

test('the median: the middle, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([10, 9])).toBe(9.5);
  expect(median([])).toBeNaN();
});

test('infinite values take their places, also as the two in the middle', () => {
  expect(median([1, Infinity, Infinity])).toBe(Infinity);
  expect(median([1, Infinity, Infinity, 2])).toBe(Infinity);
  expect(median([-Infinity, 1, 5])).toBe(1);
});

test('the interval of a median is made of values', () => {
  const values = Array.from({ length: 25 }, (_, i) => i);
  expect(medianInterval(values)).toEqual({ low: 6, high: 18 });
});
