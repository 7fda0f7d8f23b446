import { describe, expect, it } from 'vitest';
import { atanDefect, pi } from './atan.js';
import { lo } from './dd.js';
import { exponent } from './exp.js';
import { expm1 } from './expm1.js';
import { log1p } from './log1p.js';
import { down, power, product, shiftOf } from './shift.js';

// Exact constants as pairs: 32 digits more than float64.
const LN2 = [Math.LN2, 2.3190468138462996e-17];
const PI = [Math.PI, 1.2246467991473532e-16];
const E_MINUS_1 = [1.718281828459045, 1.4456468917292502e-16];
const POINTS = Array.from({ length: 400 }, (_, i) => (i + 0.37) / 400);

/** |(high + lo[0])/(h + l) − 1|, for the result just returned. */
function relative(high: number, [h, l]: readonly number[]): number {
  const low = lo[0];
  return Math.abs((high - h + (low - l)) / h);
}

describe('expm1', () => {
  it('hits known values', () => {
    expect(relative(expm1(1, 0, true), E_MINUS_1)).toBeLessThan(2 ** -98);
    expect(relative(expm1(1, 0, false), E_MINUS_1)).toBeLessThan(2 ** -59);
    expect(relative(expm1(-LN2[0], -LN2[1], true), [-0.5, 0])).toBeLessThan(2 ** -98);
  });
  it('is near 0 what its series says, and quick and precise agree everywhere', () => {
    expect(relative(expm1(2 ** -60, 0, false), [2 ** -60, 2 ** -121])).toBeLessThan(2 ** -100);
    for (const p of POINTS)
      for (const v of [p, -p, -40 * p, p * 1e-9]) {
        const h = expm1(v, v * 2 ** -60, true);
        const exact = [h, lo[0]];
        expect(relative(expm1(v, v * 2 ** -60, false), exact), `${v}`).toBeLessThan(2 ** -58);
      }
  });
});

describe('log1p', () => {
  it('hits known values, however small the argument', () => {
    expect(relative(log1p(1, 0, 0, true), LN2)).toBeLessThan(2 ** -98);
    expect(exponent[0]).toBe(0);
    expect(relative(log1p(1.5, 0, -1500, true), [1.5, 0])).toBeLessThan(2 ** -104);
    expect(exponent[0]).toBe(-1500);
    expect(relative(log1p(1, 0, -60, false), [1, -(2 ** -61)])).toBeLessThan(2 ** -100);
  });
  it('undoes expm1', () => {
    for (const p of POINTS)
      for (const precise of [false, true]) {
        const v = p * LN2[0];
        const e = expm1(v, 0, precise);
        const y = log1p(e, lo[0], 0, precise);
        const up = power(exponent[0]);
        const low = lo[0] * up;
        expect(Math.abs((y * up - v + low) / v), `${v}`).toBeLessThan(precise ? 2 ** -92 : 2 ** -56);
      }
  });
});

describe('atan', () => {
  it('makes π', () => {
    expect([...pi()]).toEqual(PI);
  });
  it('keeps the defect accurate relative to itself', () => {
    expect(relative(atanDefect(2 ** -40, 0, false), [2 ** -120 / 3, 2 ** -174 / 3])).toBeLessThan(2 ** -78);
    for (const p of POINTS) {
      const h = atanDefect(p, 0, true);
      const exact = [h, lo[0]];
      expect(relative(atanDefect(p, 0, false), exact), `${p}`).toBeLessThan(2 ** -57);
      expect(Math.abs(p - h - Math.atan(p))).toBeLessThan(2 ** -52);
    }
  });
});

describe('shifts', () => {
  it('multiply numbers of any size', () => {
    expect(product(1e-310, 3e300)).toBeCloseTo(3e-10, 20);
    expect(product(1e305, 3e-300)).toBeCloseTo(300000, 8);
    expect(product(3, 5)).toBe(15);
    expect([shiftOf(1e-200), shiftOf(1), shiftOf(-1e200)]).toEqual([-600, 0, 600]);
    expect([down(5e-324, -1074), down(2 ** 1023, 1023), power(-1023), power(3)]).toEqual([1, 1, 0, 8]);
  });
});
