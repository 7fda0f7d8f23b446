import { expect, test } from 'vitest';
import { add, lo } from './dd.js';
import { exp, exponent } from './exp.js';
import { asymptotic, MILLS_MAX, mills, SEEDS } from './mills.js';
import { scale } from './scale.js';
import { ulp, ulpError } from './ulp.js';

test('the seeds of the Mills ratio follow from the asymptotic series, and end at Q(0) = 1/2', () => {
  // The row at t = n is made from M(n + 1): each seed, or the series above them all, must give the seed below it.
  for (let n = 40; n >= 22; n--) {
    const high = mills(n, 0, true);
    const low = lo[0];
    const series = asymptotic(n);
    expect(series).toBe(high);
    expect(Math.abs(lo[0] - low)).toBeLessThan(2 ** -97 * high);
  }
  for (let n = 21; n >= 1; n--) {
    const high = mills(n, 0, true);
    expect(high).toBe(SEEDS[2 * n - 2]);
    expect(Math.abs(lo[0] - SEEDS[2 * n - 1])).toBeLessThan(2 ** -97 * high);
  }
  expect(mills(0, 0, true)).toBe(0.5);
  expect(Math.abs(lo[0])).toBeLessThan(2 ** -98);
});

test('the quick Mills ratio agrees with the precise one to 2^-56', () => {
  for (let i = 0; i <= 50_000; i++) {
    const t = (i / 50_000) * MILLS_MAX;
    const high = mills(t, 0, true);
    const low = lo[0];
    const quick = mills(t, 0, false);
    const error = add(quick, lo[0], -high, -low);
    expect(Math.abs(error / high)).toBeLessThan(2 ** -56);
  }
});

test('the quick exponential agrees with the precise one to 2^-60, and exp(a)·exp(-a) = 1', () => {
  for (let i = 0; i <= 50_000; i++) {
    const v = -1500 + (i / 50_000) * 1500.5;
    const rest = v * 2 ** -54;
    const high = exp(v, rest, true);
    const low = lo[0];
    const e = exponent[0];
    const quick = exp(v, rest, false);
    expect(exponent[0]).toBe(e);
    const error = add(quick, lo[0], -high, -low);
    expect(Math.abs(error / high)).toBeLessThan(2 ** -60);
    const inverse = exp(-v, -rest, true);
    expect(Math.abs(scale(inverse, exponent[0] + e) * high - 1)).toBeLessThan(2 ** -50);
  }
});

test('exp(1) is e to 106 bits', () => {
  // The two words of e, from its series summed in integers.
  const one = 1n << 300n;
  let sum = 0n;
  for (let n = 1n, term = one; term > 0n; term /= n++) sum += term;
  const high = exp(1, 0, true) * 2 ** exponent[0];
  const low = lo[0] * 2 ** exponent[0];
  expect(high).toBe(Number(sum >> 240n) / 2 ** 60);
  const rest = Number(sum - (BigInt(high * 2 ** 60) << 240n)) / 2 ** 300;
  expect(Math.abs(low - rest)).toBeLessThan(2 ** -100);
});

test('scale rounds once, also into the subnormals', () => {
  expect(scale(1.5, -1074)).toBe(2 ** -1073); // a tie, to even
  expect(scale(1.25, -1074)).toBe(2 ** -1074);
  expect(scale(1 + 2 ** -52, -1022)).toBe((1 + 2 ** -52) * 2 ** -1022);
  expect(scale(3, 1000)).toBe(3 * 2 ** 1000);
  expect(scale(1, -2000)).toBe(0);
});

test('ULP are measured at the exact value', () => {
  expect(ulp(1)).toBe(2 ** -52);
  expect(ulp(1, 'float32')).toBe(2 ** -23);
  expect(ulp(5e-324)).toBe(5e-324);
  expect(ulp(0, 'float32')).toBe(2 ** -149);
  expect(ulp(2 ** -130, 'float32')).toBe(2 ** -149);
  expect(ulpError(1, 1, 2 ** -54)).toBe(0.25);
  expect(ulpError(1 + 2 ** -52, 1, 0)).toBe(1);
  expect(ulpError(0, 5e-324, 0)).toBe(1);
  expect(ulpError(0, 1e-40, 0, 'float32')).toBeCloseTo(1e-40 / 2 ** -149, 5);
  expect(ulpError(Number.NaN, 1, 0)).toBe(Infinity);
  expect(ulpError(Number.NaN, Number.NaN, 0)).toBe(0);
  expect(ulpError(Infinity, Infinity, 0)).toBe(0);
});
