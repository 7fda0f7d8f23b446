import { type Approximate, gelu, geluDerivative } from 'gelu';
import { expect, test } from 'vitest';
import { FORMS } from '../../implementations/forms.js';
import type { Implementation } from '../../implementations/types.js';
import { checksAt, type Level } from './levels.js';
import { measureTarget } from './measure.js';

// A correct GELU passes everything; each bad one fails the checks that it should, and no other.

type Real = (x: number) => number;
const exact: Real = (x) => Math.fround(gelu(x));
const slope: Real = (x) => Math.fround(geluDerivative(x));

async function failed(level: Level, f: Real, g?: Real, approximate: Approximate = 'none'): Promise<string[]> {
  const subject: Implementation = {
    implementation: 'test',
    version: '-',
    form: approximate,
    approximate,
    value: async (x) => x.map(f),
    ...(g && { gradient: async (x: Float32Array) => x.map(g) }),
    prepare: async () => ({ run: () => {}, dispose: () => {} }),
  };
  const checks = checksAt(level, await measureTarget(subject, 8192, 3));
  return checks.filter(({ passed }) => passed === false).map(({ of, name }) => `${of}: ${name}`);
}

test.each(FORMS)('a correctly rounded one passes at every level: %s', async (approximate) => {
  const f: Real = (x) => Math.fround(gelu(x, { approximate }));
  const g: Real = (x) => Math.fround(geluDerivative(x, { approximate }));
  for (const level of ['exact', '1ulp', 'framework'] as const)
    expect(await failed(level, f, g, approximate)).toEqual([]);
});

/** One float32 further from 0. */
const next: Real = (y) => {
  const bits = new Uint32Array(Float32Array.of(y).buffer);
  if (Number.isFinite(y) && y !== 0) bits[0]++;
  return new Float32Array(bits.buffer)[0];
};

const WORST = 'value: worst error';
const CLOSE = 'value: beyond 10⁻⁵ + 1.3·10⁻⁶·|exact|';
const FINITE = 'value: NaN or ∞ where finite';
const FLUSHED = 'value: flushed to 0';
const SIGN = 'value: wrong sign';
const MONOTONE = 'value: steps against the slope';
const SYMMETRY = 'value: f(x) − f(−x) = x';
const SPECIAL = 'value: special values';

/** Every second float32 about the minimum, where the function is flat. */
const odd = (x: number): boolean => x > -0.76 && x < -0.74 && (new Uint32Array(Float32Array.of(x).buffer)[0] & 1) === 1;

test.each<[string, Level, Real, string[]]>([
  ['every second off by 1 ULP', 'exact', (x) => (odd(x) ? next(exact(x)) : exact(x)), [WORST, MONOTONE]],
  ['every second off by 3 ULP', '1ulp', (x) => (odd(x) ? next(next(next(exact(x)))) : exact(x)), [WORST, MONOTONE]],
  ['a tail of 0', '1ulp', (x) => (x < -9 ? -0 : exact(x)), [WORST, FLUSHED]],
  ['a tail of the wrong sign', '1ulp', (x) => (x < -9 ? -exact(x) : exact(x)), [WORST, SIGN, MONOTONE, SPECIAL]],
  ['NaN at a finite input', 'framework', (x) => (x > 1e19 ? Number.NaN : exact(x)), [CLOSE, FINITE, SPECIAL]],
  ['∞ at a finite input', 'framework', (x) => (x > 1e37 ? Infinity : exact(x)), [CLOSE, FINITE, SPECIAL]],
  ['a step down where it rises', '1ulp', (x) => exact(x) - (x > 2 ? 0.1 : 0), [WORST, CLOSE, MONOTONE, SYMMETRY]],
  ['lopsided', '1ulp', (x) => (x > 0 ? x : exact(x)), [WORST, CLOSE, SYMMETRY]],
  ['NaN at −∞', '1ulp', (x) => (x === -Infinity ? Number.NaN : exact(x)), [SPECIAL]],
  ['the sign of 0', '1ulp', (x) => exact(x) + 0, [SPECIAL]],
  ['a number for NaN', 'framework', (x) => (Number.isNaN(x) ? 0 : exact(x)), [SPECIAL]],
  ['off by 2·10⁻⁵', 'framework', (x) => (x > 0 && x < 1 ? exact(x) + 2e-5 : exact(x)), [CLOSE]],
  ['another form', 'framework', (x) => Math.fround(gelu(x, { approximate: 'tanh' })), [CLOSE]],
])('%s fails at %s', async (_, level, f, expected) => {
  expect(new Set(await failed(level, f))).toEqual(new Set(expected));
});

test.each<[string, Level, Real, string[]]>([
  ['NaN', 'framework', (x) => (x > 1e19 ? Number.NaN : slope(x)), [CLOSE, FINITE, SPECIAL]],
  ['wrong sign', '1ulp', (x) => (x < -3 && x > -4 ? -slope(x) : slope(x)), [WORST, CLOSE, SIGN]],
  ['0 in the tail', '1ulp', (x) => (x < -9 ? -0 : slope(x)), [WORST, FLUSHED, SPECIAL]],
  ['another zero at −∞', 'exact', (x) => (x === -Infinity ? -0 : slope(x)), [SPECIAL]],
  ['at +∞', '1ulp', (x) => (x === Infinity ? Number.NaN : slope(x)), [SPECIAL]],
])('a gradient: %s', async (_, level, g, expected) => {
  expect(new Set(await failed(level, exact, g))).toEqual(
    new Set(expected.map((name) => name.replace('value', 'gradient'))),
  );
});

test('what a level does not ask for is reported all the same', async () => {
  expect(await failed('framework', (x) => (x < -9 ? -0 : exact(x)))).toEqual([]);
});

test('the worst error is found by range and by power of two', async () => {
  const subject = {
    implementation: 'test',
    version: '-',
    form: 'none',
    approximate: 'none' as const,
    value: async (x: Float32Array) => x.map((v) => (v < -6 && v > -7 ? 2 * exact(v) : exact(v))),
    prepare: async () => ({ run: () => {}, dispose: () => {} }),
  };
  const { value, gradient } = await measureTarget(subject, 8192, 3);
  expect(gradient).toBeNull();
  for (const { range, ulp } of value.ranges) expect(ulp > 1e6, range).toBe(range === 'x < −5');
  expect(value.byExponent.negative.filter(([, ulp]) => ulp > 1).map(([exponent]) => exponent)).toEqual([2]);
  expect(value.byExponent.positive.every(([, ulp]) => ulp <= 0.5 + 1e-6)).toBe(true);
  expect(value.curve.x.filter((_, i) => value.curve.ulp[i] > 1).every((x) => x < -6 && x > -7)).toBe(true);
});
