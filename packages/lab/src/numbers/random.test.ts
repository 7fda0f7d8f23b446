import { expect, test } from 'vitest';
import { mulberry32, random } from './random.js';

const draw = (seed: number, name: string): number[] => {
  const source = random(seed, name);
  return Array.from({ length: 5 }, () => source.normal());
};

test('the same seed and name give the same numbers, others give others', () => {
  expect(draw(1, 'weights')).toEqual(draw(1, 'weights'));
  expect(draw(1, 'weights')).not.toEqual(draw(2, 'weights'));
  expect(draw(1, 'weights')).not.toEqual(draw(1, 'batches'));
});

test('normal numbers have mean 0, variance 1 and the tails of the normal distribution', () => {
  const source = random(7, 'moments');
  const n = 100_000;
  const values = Float64Array.from({ length: n }, () => source.normal());
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
  const beyond2 = values.filter((x) => Math.abs(x) > 2).length / n;
  expect(Math.abs(mean)).toBeLessThan(0.015);
  expect(Math.abs(variance - 1)).toBeLessThan(0.02);
  expect(Math.abs(beyond2 - 0.0455)).toBeLessThan(0.003);
});

test('a permutation holds each number once, in another order', () => {
  const order = random(3, 'order').permutation(1000);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect([...order]).not.toEqual([...order].sort((a, b) => a - b));
});

test('the numbers for points are even in [0, 1)', () => {
  const next = mulberry32(1);
  const counts = new Array(16).fill(0);
  for (let i = 0; i < 16_000; i++) counts[Math.floor(16 * next())]++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
