import { expect, test } from 'vitest';
import { depth } from './depth.js';
import { learningRate } from './learning-rate.js';
import { extended, rulesOf } from './rules.js';

const scale = { steps: 429, seeds: 3, choosingSteps: 170, choosingSeeds: 1 };

test('how is chosen and judged, as the scale allows', () => {
  const arms = depth.arms(['gelu', 'relu'], {});
  const [choice, judged] = rulesOf(depth, arms, scale);
  expect(choice).toMatch(/the least validation\.error after 170 steps, by the first seed/);
  expect(judged).toMatch(/^Judged by test error at the last step, on test data; less is better/);
  expect(rulesOf(depth, arms, { ...scale, choosingSeeds: 0 })[0]).toMatch(/the usual one is taken/);
  expect(rulesOf(depth, arms, { ...scale, choosingSeeds: 5 })[0]).toMatch(/median of 5 seeds/);
  const rates = rulesOf(learningRate, learningRate.arms(['gelu'], {}), scale);
  expect(rates).toHaveLength(3); // nothing to choose
  expect(rates[0]).toMatch(/largest stable rate .* more is better/);
});

test('what is decided when results could be seen is marked', () => {
  const arms = depth.arms(['gelu'], {});
  const before = rulesOf(depth, arms, { ...scale, choosingSeeds: 0 });
  const after = extended(before, rulesOf(depth, arms, scale), '10 of 10 epochs')!;
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.slice(before.length)).toEqual([
    'Decided when results could be seen: to go on to 10 of 10 epochs.',
    expect.stringMatching(/^From then on: Of the settings of an arm the one is taken with the least/),
  ]);
  expect(extended(undefined, before, '')).toBeUndefined();
});
