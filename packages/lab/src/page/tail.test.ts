import { gelu } from 'gelu';
import { expect, test } from 'vitest';
import { stochasticChart, tailChart } from './charts.js';
import { measureFlow } from './flow-demo.js';
import { tailError, tailForms } from './tail.js';

const worst = (type: 'float32' | 'float64', form: number, from: number, to: number): number => {
  let largest = 0;
  for (let x = from; x < to; x += 1 / 64) largest = Math.max(largest, tailError(tailForms(type)[form], x, type));
  return largest;
};

test('this library rounds correctly; 1 + erf loses all digits, erfc with a rounded argument some', () => {
  expect(worst('float32', 0, -13, 0)).toBeLessThanOrEqual(0.5);
  expect(worst('float64', 0, -38, 0)).toBeLessThan(0.77);
  expect(tailForms('float32')[1].compute(-6)).toBe(-0);
  expect(worst('float32', 1, -6, -5.8)).toBeGreaterThan(2 ** 22); // all of its bits
  expect(worst('float32', 2, -13, -12)).toBeGreaterThan(50);
  expect(worst('float32', 2, -13, 0)).toBeLessThan(250);
  expect(tailForms('float64')[1].compute(-8.5)).toBe(-0);
  expect(tailForms('float32')[1].compute(-0.5)).toBeCloseTo(gelu(-0.5), 7);
});

test('charts of the tail and of the stochastic form', () => {
  expect(tailChart('float32').series.map(({ points }) => points.length)).toEqual([180, 180, 180]);
  const one = stochasticChart(1, 1);
  for (const [x, y] of one.series[1].points.filter(([, value]) => !Number.isNaN(value))) expect([0, x]).toContain(y);
  expect(stochasticChart(10_000, 1).distance).toBeLessThan(0.06); // 4 standard deviations of the mean
  expect(one.distance).toBeGreaterThan(0.5);
});

test('the flow comes to an end, its share done rising to 1', () => {
  const steps = measureFlow({ named: [], depth: 5, width: 16, init: 'he', gain: 1, residual: true, normalize: false });
  expect(steps.next()).toEqual({ done: true, value: [] });
});
