import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, div, lo, mul, sqrt, twoProduct, twoSum } from './dd.js';

// Exact rationals as integers over a power of two: every float64 below is m·2^e with |e| small.
const SCALE = 400n;
const exact = (x: number): bigint => {
  let e = 0;
  let m = x;
  while (!Number.isInteger(m)) {
    m *= 2;
    e++;
  }
  return (BigInt(m) << SCALE) >> BigInt(e);
};
const value = (high: number, low: number): bigint => exact(high) + exact(low);
const wide = fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-9);
const pair = fc.tuple(wide, fc.double({ min: -0.5, max: 0.5, noNaN: true })).map(([h, r]): [number, number] => {
  const low = Math.abs(r) < 1e-9 ? 0 : r * Math.abs(h) * 2 ** -53;
  return [h, h + low === h ? low : 0];
});
/** |error| / |reference| < 2^-bits. */
const close = (error: bigint, reference: bigint, bits: bigint): boolean => {
  const abs = (x: bigint) => (x < 0n ? -x : x);
  return abs(error) << bits <= abs(reference) + 1n;
};

test('twoSum and twoProduct lose nothing', () => {
  fc.assert(
    fc.property(wide, wide, (a, b) => {
      const s = twoSum(a, b);
      expect(value(s, lo[0])).toBe(exact(a) + exact(b));
      const p = twoProduct(a, b);
      expect(value(p, lo[0])).toBe((exact(a) * exact(b)) >> SCALE);
    }),
  );
});

test('sums, products, quotients and roots of double-doubles are good to 2^-100', () => {
  fc.assert(
    fc.property(pair, pair, ([ah, al], [bh, bl]) => {
      const a = value(ah, al);
      const b = value(bh, bl);
      const s = add(ah, al, bh, bl);
      expect(close(value(s, lo[0]) - (a + b), a + b, 100n)).toBe(true);
      const p = mul(ah, al, bh, bl);
      const product = (a * b) >> SCALE;
      expect(close(value(p, lo[0]) - product, product, 100n)).toBe(true);
      if (bh !== 0) {
        const q = div(ah, al, bh, bl);
        expect(close(((value(q, lo[0]) * b) >> SCALE) - a, a, 100n)).toBe(true);
      }
      if (ah > 0) {
        const r = sqrt(ah, al);
        const root = value(r, lo[0]);
        expect(close(((root * root) >> SCALE) - a, a, 100n)).toBe(true);
      }
    }),
  );
});
