import { gelu, geluDerivative } from 'gelu';
import { describe, expect, it } from 'vitest';
import { significant } from '../console/figures.js';
import { gradientErrors, valueErrors } from './errors.js';
import { formatAccuracy, formatSpeed } from './format.js';
import { erf } from './plain.js';
import { testPoints } from './points.js';
import type { AccuracyResult } from './types.js';

const x = testPoints(20_000, 5);
const exact = gelu(x);

describe('testPoints', () => {
  it('is ascending, finite, of every exponent with both signs, and repeats with its seed', () => {
    const bits = new Uint32Array(x.slice().buffer);
    expect(x.every(Number.isFinite)).toBe(true);
    expect(x.every((v, i) => i === 0 || v >= x[i - 1])).toBe(true);
    for (const sign of [0, 256])
      for (let e = 0; e < 255; e++) expect(bits.some((b) => b >>> 23 === sign + e)).toBe(true);
    expect(x.filter((v) => v >= -15 && v < 6).length).toBeGreaterThan(10_000);
    expect(testPoints(20_000, 5)).toEqual(x);
    expect(testPoints(20_000, 6)).not.toEqual(x);
  });
});

describe('valueErrors', () => {
  it('finds half a unit in the correctly rounded result', () => {
    const { worstUlp, worstRelative, firstZero, flushedShare, errorCurve } = valueErrors(x, exact, 'none');
    expect(worstUlp).toBeGreaterThan(0.49);
    expect(worstUlp).toBeLessThanOrEqual(0.5 + 1e-8);
    expect(worstRelative).toBeLessThanOrEqual(2 ** -24 + 1e-12);
    expect(firstZero).toBeNull();
    expect(flushedShare).toBe(0);
    expect(errorCurve.x.length).toBe(300);
    expect(Math.max(...errorCurve.ulp)).toBeLessThanOrEqual(0.5 + 1e-8);
  });

  it('finds one wrong element and its size', () => {
    const at = x.findIndex((v) => v > -3);
    const y = exact.slice();
    y[at] += 2 ** -27; // the results there lie between 2⁻⁸ and 2⁻⁹, in units of 2⁻³¹
    const errors = valueErrors(x, y, 'none');
    expect(Math.abs(errors.worstUlp - 2 ** 5)).toBeLessThan(17);
    expect(errors.worstUlpAt).toBe(x[at]);
    expect(errors.worstRelativeAt).toBe(x[at]);
    y[at] = Number.NaN;
    expect(valueErrors(x, y, 'none')).toMatchObject({ worstUlp: Infinity, worstRelative: Infinity });
  });

  it('finds where results are flushed to zero', () => {
    const y = exact.map((v, i) => (x[i] < -6 ? 0 : v));
    const errors = valueErrors(x, y, 'none');
    expect(errors.firstZero).toBeLessThan(-6);
    expect(errors.firstZero).toBeGreaterThan(-6.01);
    expect(errors.worstRelative).toBe(1);
    expect(errors.flushedShare).toBeGreaterThan(0.5); // from −13.1 to −6 of −13.1 to 0
    expect(errors.flushedShare).toBeLessThan(0.58);
  });

  it('does not call a vanishing result flushed where the exact one is subnormal', () => {
    const y = exact.map((v) => (Math.abs(v) < 2 ** -126 ? 0 : v));
    expect(valueErrors(x, y, 'none')).toMatchObject({ firstZero: null, flushedShare: 0 });
  });
});

describe('gradientErrors', () => {
  const derivative = geluDerivative(x);

  it('counts NaN and finds the one nearest to 0', () => {
    const y = derivative.map((v, i) => (Math.abs(x[i]) > 1e20 ? Number.NaN : v));
    const { nanCount, firstNan, worstUlpOfLargerAddend } = gradientErrors(x, y, 'none');
    expect(nanCount).toBe(x.filter((v) => Math.abs(v) > 1e20).length);
    expect(Math.abs(firstNan ?? 0)).toBe(Math.min(...x.map(Math.abs).filter((v) => v > 1e20)));
    expect(worstUlpOfLargerAddend).toBeLessThanOrEqual(0.5 + 1e-8);
  });

  it('measures near the root in units of the larger addend', () => {
    const y = derivative.map((v, i) => (Math.abs(x[i] + 0.75) < 0.01 ? v + 2 ** -24 : v)); // addends: 0.22
    expect(gradientErrors(x, y, 'none').worstUlpOfLargerAddend).toBeGreaterThan(3.9);
    expect(gradientErrors(x, y, 'none').worstUlpOfLargerAddend).toBeLessThan(4.6);
  });
});

it('has the erf of formula 7.1.26 with its error', () => {
  expect(erf(0)).toBeCloseTo(0, 8);
  expect(Math.abs(erf(1) - 0.8427007929497149)).toBeLessThan(1.5e-7);
  expect(Math.abs(erf(-2) + 0.9953222650189527)).toBeLessThan(1.5e-7);
  expect(erf(1)).not.toBe(0.8427007929497149);
});

describe('the tables', () => {
  it('round to three digits', () => {
    expect([0, 0.5, 12345.6, 1.234e-9, -5.544, Infinity, Number.NaN].map(significant)).toEqual([
      '0',
      '0.5',
      '12300',
      '1.2e−9',
      '−5.54',
      '∞',
      'NaN',
    ]);
  });

  it('are at most 110 columns wide and say what was found', () => {
    const result: AccuracyResult = {
      implementation: 'ONNX Runtime node',
      version: '1.30.0',
      form: 'sigmoid (QuickGelu)',
      ...valueErrors(
        x,
        exact.map((v, i) => (x[i] < -6 ? 0 : v)),
        'none',
      ),
      atMinusInfinity: Number.NaN,
      gradient: { nanCount: 5181, firstNan: 1e13, worstUlpOfLargerAddend: 1.6e7 },
    };
    const text = formatAccuracy([result, { ...result, gradient: null, atMinusInfinity: -0, firstZero: null }]);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
    expect(text).toMatch(
      /ONNX Runtime node +sigmoid \(QuickGelu\) +1 at −\d+\.?\d* .*−6\.\d\d +5\d % +NaN +5181 +1\.6e7/,
    );
    expect(text.split('\n')[3]).toContain('−0');
    const speed = { implementation: 'gelu', version: '0.1.0', form: 'none', gelemPerSecond: 0.25, median: 0.2 };
    expect(formatSpeed([{ ...speed, ratioToCopy: 0.05 }])).toMatch(/gelu +0\.1\.0 +none +0\.2500 +0\.2000 +0\.0500/);
  });
});
