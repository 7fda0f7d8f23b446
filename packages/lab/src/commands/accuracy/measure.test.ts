import { gelu, geluDerivative, geluSecondDerivative } from 'gelu';
import { describe, expect, it } from 'vitest';
import { cancelledBits, measureChunk, RANGES, scaledUlpError } from './measure.js';
import { fillPoints } from './points.js';
import { failures, merge, overall } from './report.js';

const exact = (high: number, low = 0, exponent = 0) => Float64Array.of(high, low, exponent);

describe('scaledUlpError', () => {
  it('counts units in the last place of the exact result', () => {
    expect(scaledUlpError(1, exact(1))).toBe(0);
    expect(scaledUlpError(1 + 2 ** -52, exact(1))).toBe(1);
    expect(scaledUlpError(1, exact(1, 2 ** -54))).toBe(0.25);
    expect(scaledUlpError(-3, exact(-3, 2 ** -52))).toBe(0.5);
    expect(scaledUlpError(Number.NaN, exact(1))).toBe(Infinity);
  });

  it('counts units of the subnormals at the bottom', () => {
    expect(scaledUlpError(2 ** -1074, exact(1, 0, -1074))).toBe(0);
    expect(scaledUlpError(0, exact(1.5, 0, -1074))).toBe(1.5);
    expect(scaledUlpError(2 ** -1073, exact(1.25, 0, -1074))).toBe(0.75);
    expect(scaledUlpError(0, exact(1, 0, -1080))).toBe(2 ** -6);
    expect(scaledUlpError(3 * 2 ** -1074, exact(0))).toBe(3);
    expect(scaledUlpError(-0, exact(0))).toBe(0);
  });

  it('does not mind the scale of the exact result', () => {
    for (const exponent of [-1021, -600, -1, 0, 1, 700])
      expect(scaledUlpError((1 + 3 * 2 ** -52) * 2 ** exponent, exact(1, 0, exponent))).toBe(3);
  });
});

it('knows how much cancels near a root of a derivative', () => {
  const bits = (order: 1 | 2, x: number) =>
    cancelledBits(order, x, gelu(x), geluDerivative(x), order === 1 ? geluDerivative(x) : geluSecondDerivative(x));
  expect(bits(1, -0.7517915246935645)).toBeGreaterThan(45);
  expect(bits(1, -0.75)).toBeGreaterThan(4);
  expect(bits(2, Math.SQRT2)).toBeGreaterThan(45);
  expect(bits(2, -1.4)).toBeGreaterThan(3);
  expect(bits(1, 1)).toBe(0);
  expect(bits(2, 0)).toBe(0);
});

describe('fillPoints', () => {
  const x = new Float64Array(40_000);
  fillPoints(x, 'none', 7, 3);

  it('is finite, reaches everywhere and repeats with its seed', () => {
    expect(x.every(Number.isFinite)).toBe(true);
    const share = (f: (v: number) => boolean) => x.filter(f).length / x.length;
    expect(share((v) => v >= -40 && v < -8)).toBeGreaterThan(0.2);
    expect(share((v) => Math.abs(v) < 2 ** -1022)).toBeGreaterThan(0.01);
    expect(share((v) => v > 2 ** 500)).toBeGreaterThan(0.02);
    expect(share((v) => v < -(2 ** 500))).toBeGreaterThan(0.02);
    expect(share((v) => Math.abs(v + 0.7517915246935645) < 2 ** -40)).toBeGreaterThan(0.02);
    const again = new Float64Array(x.length);
    fillPoints(again, 'none', 7, 3);
    expect(again).toEqual(x);
    fillPoints(again, 'none', 7, 4);
    expect(again).not.toEqual(x);
  });

  it('takes up the bit patterns where the chunk before stopped', () => {
    const exponents = new Set<number>();
    for (let chunk = 0; chunk < 3; chunk++) {
      fillPoints(x.subarray(0, 8000), 'none', 1, chunk);
      for (const v of x.subarray(0, 8000)) if (v !== 0) exponents.add(Math.floor(Math.log2(Math.abs(v))));
    }
    for (let e = -1021; e < 1023; e++) expect(exponents, `exponent ${e}`).toContain(e);
  });
});

describe('measureChunk', () => {
  const chunk = { form: 'none', chunk: 0, points: 8000, seed: 1 } as const;

  it('finds the library within its bound, in every range', () => {
    const parts = measureChunk(chunk);
    expect(failures(parts)).toEqual([]);
    expect(new Set(parts.map(({ range }) => range))).toEqual(new Set(RANGES));
    for (const { ulp } of overall(parts)) expect(ulp).toBeGreaterThan(0.4);
    for (const { points } of overall(parts)) expect(points).toBe(8000);
  });

  it('finds the fault of a derivative formed in float64, and bounds it by the larger addend', () => {
    const rounded = (x: Float64Array) => x.map((v) => Math.fround(geluDerivative(v)));
    const parts = measureChunk(chunk, [gelu, rounded, geluSecondDerivative]);
    expect(new Set(failures(parts).map(({ order }) => order))).toEqual(new Set([1]));
    const naive = (x: Float64Array) =>
      x.map((v) => (v === 0 ? 0.5 : gelu(v) / v + v * Math.exp((-v * v) / 2) * 0.3989422804014327));
    const [, first] = overall(measureChunk(chunk, [gelu, naive, geluSecondDerivative])).sort(
      (a, b) => a.order - b.order,
    );
    expect(first.ulp).toBeGreaterThan(1000);
    expect(first.addendUlp).toBeLessThan(first.ulp);
  });

  it('merges chunks into the worst of all', () => {
    const parts = [0, 1].flatMap((n) => measureChunk({ ...chunk, chunk: n }));
    const merged = merge(parts);
    expect(merged.length).toBe(new Set(parts.map((p) => `${p.order} ${p.range}`)).size);
    for (const m of merged) {
      const same = parts.filter((p) => p.order === m.order && p.range === m.range);
      expect(m.ulp).toBe(Math.max(...same.map((p) => p.ulp)));
      expect(m.points).toBe(same.reduce((sum, p) => sum + p.points, 0));
    }
  });
});
