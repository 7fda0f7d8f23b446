import { gelu } from 'gelu';
import { expect, test } from 'vitest';
import { bitsOf } from './bits.js';
import { tailError, tailForms } from './forms.js';
import { type TailOutput, tailJob } from './job.js';

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

test('the figure has the largest error in each interval', () => {
  const got: TailOutput[] = [];
  tailJob({ type: 'float32', range: [-13, 0] }, { post: (part) => got.push(part as TailOutput), listen: () => {} });
  const [{ x, errors }] = got;
  expect([x.length, errors.length]).toEqual([240, 3]);
  expect(Math.max(...errors[0])).toBeLessThanOrEqual(0.5);
  expect(Math.max(...errors[1])).toBeGreaterThan(2 ** 22);
});

test('bits of float32 and float64: sign, exponent, significand', () => {
  expect(bitsOf(-0.75, 'float32')).toEqual(['1', '01111110', '10000000000000000000000']);
  expect(bitsOf(1, 'float64')).toEqual(['0', '01111111111', '0'.repeat(52)]);
  expect(bitsOf(-0, 'float32')).toEqual(['1', '00000000', '0'.repeat(23)]);
});
