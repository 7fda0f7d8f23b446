import { expect, test } from 'vitest';
import { largestStable } from './learning-rate.js';
import type { ArmSummary } from './outcome.js';

const arm = (rate: number, loss: number[], seeds = [1, 2]): ArmSummary => ({
  name: 'GELU',
  group: `rate ${rate}`,
  settings: { rate },
  seeds,
  values: { loss },
  medians: {},
  curves: {},
  msPerStep: 1,
  diverged: 0,
});

test('the largest rate before the first that fails, by an infinite loss or one of an even guess', () => {
  const arms = [arm(0.1, [0.1, 2.4]), arm(0.01, [Number.POSITIVE_INFINITY, 0.2]), arm(0.001, [0.3, 0.3])];
  expect(largestStable('GELU', arms)).toMatchObject({ seeds: [1, 2], values: { stableRate: [0.001, 0.01] } });
});

test('0 if the smallest fails; seeds that lack a rate do not count', () => {
  const arms = [arm(0.001, [Number.NaN, 0.1]), arm(0.01, [0.1], [1])];
  expect(largestStable('GELU', arms)).toMatchObject({ seeds: [1], values: { stableRate: [0] } });
});
