import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { APPROXIMATE } from '../src/activations/gelu/approximate.js';
import { type Approximate, gelu, geluDerivative, geluSecondDerivative } from '../src/index.js';
import { exponentOf, preciseGelu, ulpError } from '../src/numerics.js';

// Multi-precision values, made by reference/gelu.py, which also describes the format.
type Entry = [high: number, low: number, exponent?: number, cancelled?: number];
type Row = [x: number, ...entries: Entry[]];
const load = (name: string) =>
  JSON.parse(readFileSync(new URL(`../reference/data/${name}.json`, import.meta.url), 'utf8'));
const { pairs }: { pairs: { mean: number; std: number; rows: Row[] }[] } = load('general');
const landmarks: Record<Approximate, { minimum: { x: string; value: string }; inflections: string[] }> =
  load('landmarks');

const FUNCTIONS = [gelu, geluDerivative, geluSecondDerivative] as const;
const ORDERS = [0, 1, 2] as const;

/** x·2^n in steps, so that no intermediate leaves the normal range. */
function ldexp(x: number, n: number): number {
  let y = x;
  for (let rest = n; rest !== 0; ) {
    const step = Math.max(-1000, Math.min(1000, rest));
    y *= 2 ** step;
    rest -= step;
  }
  return y;
}

/** The error of a float64 in units in the last place of the exact result, and of the larger addend of its sum. */
function errorInUlp(
  actual: number,
  [high, low, exponent = 0, cancelled = 0]: Entry,
): { plain: number; addend: number } {
  if (high === 0) return { plain: Math.abs(actual) / 2 ** -1074, addend: Math.abs(actual) / 2 ** -1074 };
  const binade = exponentOf(high) + exponent;
  if (binade > 1023) {
    const error = actual === high * Infinity ? 0 : Infinity;
    return { plain: error, addend: error };
  }
  const distance = Math.abs(ldexp(actual, -exponent) - high - low);
  const inUnits = (of: number) => ldexp(distance, exponent - Math.max(of - 52, -1074));
  return { plain: inUnits(binade), addend: inUnits(binade + cancelled) };
}

/** The error of a double-double relative to the larger addend; results below float64's range need only be 0 there. */
function relativeError(out: Float64Array, [high, low, exponent = 0, cancelled = 0]: Entry): number {
  if (high === 0 || exponentOf(high) + exponent < -1074)
    return Math.abs(ldexp(out[0], out[2])) <= 2 ** -1074 ? 0 : Infinity;
  const difference = ldexp(out[0], out[2] - exponent) - high + (ldexp(out[1], out[2] - exponent) - low);
  return Math.abs(difference) / (Math.abs(high) * 2 ** cancelled);
}

/** Fails with the worst point if any error is above the bound. */
function expectBelow(bound: number, errors: { x: number; error: number }[]): void {
  let worst = errors[0];
  for (const e of errors) if (!(e.error <= worst.error)) worst = e;
  expect(worst.error, `at x = ${worst.x}`).toBeLessThanOrEqual(bound);
}

function checkRows(rows: Row[], approximate: Approximate, mean = 0, std = 1): void {
  const options = { approximate, mean, std };
  for (const order of ORDERS) {
    it(`order ${order}, float64`, () => {
      const errors = rows.map(([x, ...entries]) => ({
        x,
        cancelled: entries[order][3] ?? 0,
        ...errorInUlp(FUNCTIONS[order](x, options), entries[order]),
      }));
      expectBelow(
        1,
        errors.map(({ x, addend }) => ({ x, error: addend })),
      );
      // Only where more than 40 bits cancel may the error exceed 1 ULP of the result itself.
      const apart = errors.filter(({ cancelled }) => cancelled <= 40);
      if (apart.length > 0)
        expectBelow(
          1,
          apart.map(({ x, plain }) => ({ x, error: plain })),
        );
    });
    it(`order ${order}, double-double`, () => {
      const out = new Float64Array(3);
      expectBelow(
        2 ** -88,
        rows.map(([x, ...entries]) => {
          preciseGelu(approximate, order, x, out, mean, std);
          return { x, error: relativeError(out, entries[order]) };
        }),
      );
    });
  }
  it('keeps the sign of zeros and of vanishing results', () => {
    for (const [x, [high]] of rows) if (high === 0) expect(gelu(x, options)).toBe(high);
  });
}

describe.each(APPROXIMATE)('%s against the multi-precision reference', (approximate) => {
  const { ranges }: { ranges: Record<string, Row[]> } = load(approximate);
  describe.each(Object.keys(ranges))('%s', (range) => checkRows(ranges[range], approximate));

  it('has its minimum where it should be', () => {
    const { x, value } = landmarks[approximate].minimum;
    expect(ulpError(gelu(Number(x), { approximate }), Number(value), 0)).toBeLessThanOrEqual(1);
    expect(Math.abs(geluDerivative(Number(x), { approximate }))).toBeLessThan(2 ** -53);
    for (const root of landmarks[approximate].inflections)
      expect(Math.abs(geluSecondDerivative(Number(root), { approximate }))).toBeLessThan(2 ** -52);
  });
});

describe.each(pairs)('x·Φ((x − $mean)/$std)', ({ mean, std, rows }) => checkRows(rows, 'none', mean, std));
