import { expect, test } from 'vitest';
import { cosSin, exp, ln, power } from './exact.js';

const near = (got: number, wanted: number): void =>
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(Math.max(4e-15 * Math.abs(wanted), 5e-324));

test('e^x and its inverse', () => {
  for (let x = -745; x < 709; x += 1.37) near(exp(x), Math.exp(x));
  expect([exp(0), exp(-800), exp(800), exp(Number.NaN)]).toEqual([1, 0, Number.POSITIVE_INFINITY, Number.NaN]);
  for (let x = 2 ** -40; x < 2 ** 40; x *= 1.07) near(ln(x), Math.log(x));
  expect([ln(1), ln(0), ln(-1)]).toEqual([0, Number.NEGATIVE_INFINITY, Number.NaN]);
  for (let d = 1; d > 1e-9; d /= 3) near(ln(1 + d), Math.log1p(d + (1 + d - 1 - d)));
});

test('whole powers', () => {
  for (const [base, n] of [
    [0.999, 20_000],
    [2, 1023],
    [2, -1074],
    [-3, 5],
    [7, 0],
  ] as const)
    expect(Math.abs(power(base, n) / base ** n - 1)).toBeLessThan(1e-11);
});

test('cosine and sine', () => {
  for (let a = -6.28; a <= 6.28; a += 0.1) {
    const [cos, sin] = cosSin(a);
    expect(Math.abs(cos - Math.cos(a)) + Math.abs(sin - Math.sin(a))).toBeLessThan(2e-14);
  }
});
