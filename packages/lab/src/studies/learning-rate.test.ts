import { expect, test } from 'vitest';
import { largestStable } from './learning-rate.js';
import type { ArmSummary } from './outcome.js';
import { sweepCells, sweepsOf } from './sweep.js';

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

test('the whole curve of loss over rate, with what diverged', () => {
  const arms = [
    { ...arm(0.01, [0.2, 0.4]), medians: { loss: 0.3 } },
    { ...arm(0.001, [0.5, 0.5]), medians: { loss: 0.5 } },
    { ...arm(0.1, [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]), medians: { loss: Number.POSITIVE_INFINITY } },
    { ...arm(0.03, [1, Number.POSITIVE_INFINITY]), medians: { loss: 1 } },
    largestStable('GELU', []),
  ];
  const [sweep, ...others] = sweepsOf(arms, 'loss');
  expect(others).toEqual([]);
  expect(sweep.points.map(({ rate }) => rate)).toEqual([0.001, 0.01, 0.03, 0.1]);
  expect(sweepCells(sweep)).toEqual(['GELU', '0.500', '0.300', '1.000 (1 of 2 diverged)', 'diverged']);
  expect(sweepsOf([{ ...arm(0.1, [1]), group: '2 layers' }], 'loss')).toEqual([]);
});
