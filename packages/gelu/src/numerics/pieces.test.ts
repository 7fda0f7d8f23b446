import { expect, test } from 'vitest';
import { add, lo } from './dd.js';
import { exp, exponent } from './exp.js';
import { fraction, MILLS_MAX, mills } from './mills.js';
import { scale } from './scale.js';
import { ulp, ulpError } from './ulp.js';

/**
 * M(1), …, M(21) as pairs: from 300-bit arithmetic (mpmath: erfc(t/√2)·exp(t²/2)/2).
 */
// biome-ignore format: a table
const SEEDS = [
  0.2615782918651234, -8.473622911119317e-18,
  0.1681020012231706, 1.2414036991617827e-17,
  0.12151394835556217, -6.432117119983667e-18,
  0.09441064130196894, -2.7718791762467385e-18,
  0.07691930497500629, 4.1399418884552445e-18,
  0.06477931432444685, 4.3208041260389545e-19,
  0.055893482440540536, -1.9902837815379467e-18,
  0.049122546212424935, -2.737696950965452e-18,
  0.043798788870866794, -2.46993597708214e-18,
  0.039506694101386006, -2.735203097543368e-18,
  0.03597488962113435, 1.3833447608135145e-18,
  0.033018971077214535, 2.240026748650394e-19,
  0.030509414495257164, 6.433574664156364e-19,
  0.028352660527342942, -1.677213987213771e-18,
  0.02647948899922989, -2.503375836808099e-19,
  0.024837614186806883, -1.1580055937737325e-18,
  0.023386820284968527, 5.389941076711078e-19,
  0.02209567809900095, -1.1124630611277078e-18,
  0.02093927558022258, 7.179232599059702e-20,
  0.01989761564832703, 2.01945048764736e-19,
  0.01895446355454213, -1.6153877341920584e-18,
];

test('the continued fraction gives the Mills ratio, and the rows made from it end at Q(0) = 1/2', () => {
  for (let t = 1; t <= MILLS_MAX + 1; t++) {
    const high = fraction(t);
    const low = lo[0];
    if (t <= 21) {
      expect(high).toBe(SEEDS[2 * t - 2]);
      expect(Math.abs(low - SEEDS[2 * t - 1])).toBeLessThan(2 ** -103 * high);
    }
    if (t > MILLS_MAX) continue;
    // The row at t is made from M(t + 1).
    expect(mills(t, 0, true)).toBe(high);
    expect(Math.abs(lo[0] - low)).toBeLessThan(2 ** -97 * high);
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
    if (!(Math.abs(error / high) < 2 ** -56)) expect.fail(`${error / high} at ${t}`);
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
    if (exponent[0] !== e) expect.fail(`exponents ${exponent[0]} and ${e} at ${v}`);
    const error = add(quick, lo[0], -high, -low);
    if (!(Math.abs(error / high) < 2 ** -60)) expect.fail(`${error / high} at ${v}`);
    const inverse = exp(-v, -rest, true);
    const product = scale(inverse, exponent[0] + e) * high;
    if (!(Math.abs(product - 1) < 2 ** -50)) expect.fail(`the product is ${product} at ${v}`);
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
