import { expect, test } from 'vitest';
import { compareAll } from './compare.js';
import type { ArmSummary } from './outcome.js';
import type { Measure } from './types.js';
import { differenceText, outcomeOf, powerText } from './verdict.js';

const error: Measure = { key: 'error', title: 'error', factor: 100, unit: '%', digits: 2 };
const arm = (name: string, error: number[], group = ''): ArmSummary => ({
  ...{ name, group, settings: null, seeds: error.map((_, i) => i + 1), values: { error } },
  ...{ medians: {}, curves: {}, msPerStep: 1, diverged: 0 },
});
const texts = (...arms: ArmSummary[]): string[] => compareAll(arms, [error]).map((c) => differenceText(c, error));

const A = [0.01, 0.012, 0.011, 0.013, 0.01];
const plus = (by: number, spread: number): number[] => A.map((a, i) => a + by + spread * [1, -1, 0.5, -0.6, 0.1][i]);

test('what holds, what does not, and what only holds taken alone', () => {
  const [better, worse] = [arm('B', plus(0.01, 0.001)), arm('C', plus(-0.01, 0.001))];
  expect(texts(arm('A', A), better, worse)).toEqual([
    expect.stringMatching(/^−1\.\d+ % \[−1\.\d+ %, −0\.\d+ %\]: A is better$/),
    expect.stringMatching(/^\+1\.00 % \[.*\]: C is better$/),
  ]);
  const weak = arm('W', plus(0.002, 0.001));
  expect(texts(arm('A', A), weak)).toEqual([expect.stringMatching(/: A is better$/)]);
  const open = [1, 2, 3, 4, 5].map((i) => arm(`O${i}`, plus(0, 0.001)));
  const [first, ...others] = texts(arm('A', A), weak, ...open);
  expect(first).toMatch(/A is better taken alone, not as one of 6 comparisons/);
  for (const text of others) expect(text).toMatch(/no difference beyond that between seeds/);
});

test('measures and groups: each measure is a family, groups are not compared with each other', () => {
  const arms = [arm('A', A, 'x'), arm('B', plus(0.01, 0.001), 'x'), arm('A', A, 'y'), arm('B', A, 'y')];
  const found = compareAll(arms, [error, { ...error, key: 'none' }]);
  expect(found.map(({ group, a, b, among }) => [group, a, b, among])).toEqual([
    ['x', 'A', 'B', 2],
    ['y', 'A', 'B', 2],
  ]);
  expect(found.map((c) => outcomeOf(c, { ...error, moreIsBetter: true }))).toEqual(['worse', 'open']);
});

test('without an interval the reason is told', () => {
  expect(texts(arm('A', [0.1]), arm('B', [0.2]))).toEqual(['−10.00 %: no interval from one seed']);
  expect(texts(arm('A', [0.1, Infinity]), arm('B', [0.2, 0.1]))).toEqual(['diverged: no interval: A diverges']);
  expect(texts(arm('A', [0.1, 0.3]), arm('B', [0.2, Infinity]))).toEqual(['diverged: no interval: B diverges']);
  expect(texts(arm('A', [Infinity, 0.3]), arm('B', [0.2, Infinity]))[0]).toMatch(/both diverge/);
});

test('how many seeds such a difference takes', () => {
  const [found] = compareAll([arm('A', A), arm('B', plus(0.001, 0.001))], [error]);
  expect(powerText(found, error)).toMatch(/^a difference of 0\.10 % takes \d+ seeds, 5 seeds find one of 0\.\d\d %$/);
  const [none] = compareAll([arm('A', [0.1]), arm('B', [0.2])], [error]);
  expect(powerText(none, error)).toBe('');
});
