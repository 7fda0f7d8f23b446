import { expect, test } from 'vitest';
import { COVERED, coverageText, type Kind } from './coverage.js';
import { holm, pairedDifference, pairsFor, sizeFor } from './paired.js';
import { random } from './random.js';
import { critical } from './student.js';

const zeros = (n: number): number[] => Array<number>(n).fill(0);

test('the mean of the differences; of symmetric ones the interval of Student at 2 %, and p agrees with it', () => {
  const { difference, low, high, deviation, p } = pairedDifference([3, 5, 7], [2, 3, 4]);
  expect([difference, deviation]).toEqual([2, 1]);
  const reach = critical(0.02, 2) / Math.sqrt(3);
  expect([low, high]).toEqual([expect.closeTo(2 - reach, 10), expect.closeTo(2 + reach, 10)]);
  expect(p).toBeCloseTo(0.0741799 / 0.4, 5);
});

test('a long tail moves the interval to its side, and p is the level at which 0 leaves it', () => {
  const { difference, low, high } = pairedDifference([0, 0.1, 0.2, 0.3, 3], zeros(5));
  expect(high - difference).toBeGreaterThan(difference - low);
  const mirrored = pairedDifference([0, -0.1, -0.2, -0.3, -3], zeros(5));
  expect([mirrored.low, mirrored.high]).toEqual([-high, -low].map((x) => expect.closeTo(x, 12)));
  const source = random(3, 'p');
  for (let i = 0; i < 200; i++) {
    const found = pairedDifference(
      Array.from({ length: 4 }, () => 1 + source.normal()),
      zeros(4),
    );
    expect(found.p <= 0.05).toBe(found.low > 0 || found.high < 0);
  }
});

test('none where there can be none', () => {
  expect(pairedDifference([1], [0])).toMatchObject({ difference: 1, low: NaN, p: NaN });
  expect(pairedDifference([1, Infinity], [0, 1])).toMatchObject({ difference: Infinity, low: NaN });
  expect(pairedDifference([Infinity, 1], [Infinity, 1])).toMatchObject({ difference: 0, low: 0, high: 0, p: 1 });
  expect(pairedDifference([0.3, 0.3], [0.1, 0.1])).toMatchObject({ deviation: 0, p: 0 });
  expect(() => pairedDifference([1], [])).toThrow(RangeError);
});

const DRAWS: Readonly<Record<Kind, (uniform: () => number, normal: () => number) => number>> = {
  normal: (_, normal) => normal(),
  skewed: (uniform) => -Math.log((1 - uniform()) * (1 - uniform())) - 2,
  'very skewed': (uniform) => -Math.log(1 - uniform()) - 1,
};

// 4,000 studies each: the standard error is 0.3 to 0.43 %.
test.each(COVERED)('how often the interval holds the true difference: %s, %i seeds: %d %', (kind, n, told) => {
  const { uniform, normal } = random(7, `coverage ${kind}`);
  let held = 0;
  for (let study = 0; study < 4000; study++) {
    const { low, high } = pairedDifference(
      Array.from({ length: n }, () => DRAWS[kind](uniform, normal)),
      zeros(n),
    );
    if (low <= 0 && 0 <= high) held++;
  }
  const percent = held / 40;
  expect(Math.abs(percent - told)).toBeLessThan(1.2);
  // The one that lies outside is told wherever intervals are shown.
  if (!(kind === 'very skewed' && n === 3)) expect(told >= 93 && told <= 97).toBe(true);
  expect(coverageText()).toContain(`${told.toFixed(1)} % with ${n} seeds`);
});

test('of many comparisons, those that hold for the page', () => {
  expect(holm([0.01, 0.04, 0.03, 0.5])).toEqual([true, false, false, false]);
  expect(holm([0.01, 0.02, 0.04])).toEqual([true, true, true]);
  expect(holm([Number.NaN, 0.04])).toEqual([false, true]);
});

test('so many seeds find a difference of their size in 4 of 5 studies', () => {
  const n = pairsFor(1, 1);
  expect(sizeFor(n, 1)).toBeLessThanOrEqual(1);
  expect(sizeFor(n - 1, 1)).toBeGreaterThan(1);
  const { normal } = random(3, 'power');
  let found = 0;
  for (let study = 0; study < 2000; study++) {
    const { low } = pairedDifference(
      Array.from({ length: n }, () => 1 + normal()),
      zeros(n),
    );
    if (low > 0) found++;
  }
  expect(found / 2000).toBeGreaterThan(0.75);
  expect(found / 2000).toBeLessThan(0.87);
  expect(pairsFor(0, 1)).toBeNaN();
  expect(pairsFor(1e-9, 1)).toBe(Infinity);
});
