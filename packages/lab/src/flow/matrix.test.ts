import { expect, test } from 'vitest';
import { random } from '../numbers/random.js';
import { effectiveRank, multiply, norm, orthogonalized, transpose } from './matrix.js';

const { normal } = random(1, 'matrix test');
const drawn = (n: number): Float64Array => Float64Array.from({ length: n }, normal);

test('multiply, at an inner size that four does not divide', () => {
  const [a, b] = [drawn(3 * 7), drawn(7 * 5)];
  const out = multiply(a, b, 7);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 5; j++) {
      let sum = 0;
      for (let k = 0; k < 7; k++) sum += a[i * 7 + k] * b[k * 5 + j];
      expect(out[i * 5 + j]).toBeCloseTo(sum, 13);
    }
  expect([...transpose(Float64Array.of(1, 2, 3, 4, 5, 6), 3)]).toEqual([1, 4, 2, 5, 3, 6]);
});

test('the norm of tiny, huge and broken vectors', () => {
  expect(norm(Float64Array.of(3e-200, 4e-200))).toBeCloseTo(5e-200, 210);
  expect(norm(Float64Array.of(3e200, 4e200)) / 5e200).toBeCloseTo(1, 14);
  expect(norm(new Float64Array(3))).toBe(0);
  expect(norm(Float64Array.of(1, Number.NaN, 3))).toBeNaN();
  expect(norm(Float64Array.of(1, -Infinity))).toBe(Infinity);
});

test('effective rank: the number of equal singular values, 1 for parallel rows', () => {
  expect(effectiveRank(Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0), 4)).toBeCloseTo(3, 12);
  expect(effectiveRank(Float64Array.of(1e-170, 2e-170, 3e-170, 6e-170), 2)).toBeCloseTo(1, 6);
  // Singular values 3 and 1: entropy of ¾ and ¼.
  const entropy = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
  expect(effectiveRank(Float64Array.of(2, 1, 1, 2), 2)).toBeCloseTo(Math.exp(entropy), 12);
  expect(effectiveRank(new Float64Array(4), 2)).toBeNaN();
});

test('an orthogonalized matrix is orthogonal', () => {
  const q = orthogonalized(drawn(36), 6);
  const product = multiply(q, transpose(q, 6), 6);
  for (let i = 0; i < 36; i++) expect(product[i]).toBeCloseTo(i % 7 === 0 ? 1 : 0, 13);
});
