import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisOf } from './ticks.js';

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -100, max: 100, noNaN: true }),
  fc.constantFrom(0, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, 1e-300),
);
/** Two numbers far apart, next to each other, or the same. */
const ends = fc.oneof(
  fc.tuple(number, number),
  number.map((x): [number, number] => [x, x]),
  number.map((x): [number, number] => [x, x * (1 + Number.EPSILON)]),
);

test.each([
  { log: false, nice: false },
  { log: false, nice: true },
  { log: true, nice: false },
])('every axis has 2 to 9 ticks within its domain, each with a label of its own: %o', (options) => {
  fc.assert(
    fc.property(ends, (given) => {
      const values = options.log ? given.map((x) => Math.abs(x) || Number.MIN_VALUE) : given;
      const { domain, ticks, labels } = axisOf(values, options);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(9);
      expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
      expect(domain[0]).toBeLessThan(domain[1]);
      expect(ticks[0]).toBeGreaterThanOrEqual(domain[0]);
      expect(ticks[ticks.length - 1]).toBeLessThanOrEqual(domain[1]);
      for (const value of values.filter(Number.isFinite)) {
        expect(value).toBeGreaterThanOrEqual(domain[0]);
        expect(value).toBeLessThanOrEqual(domain[1]);
      }
      expect(new Set(labels).size).toBe(ticks.length);
    }),
    { numRuns: 500 },
  );
});

test('ticks are the numbers that people count by', () => {
  expect(axisOf([0, 1]).labels).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1']);
  expect(axisOf([-0.17, 4], { nice: true }).labels).toEqual(['−1', '0', '1', '2', '3', '4']);
  expect(axisOf([0.1, 1e9], { log: true }).labels).toEqual(['1', '100', '10000', '10⁶', '10⁸']);
  expect(axisOf([1, 2, 3], { integer: true }).ticks).toEqual([1, 2, 3]);
  expect(axisOf([Number.NaN, Infinity]).ticks.length).toBeGreaterThan(1);
});
