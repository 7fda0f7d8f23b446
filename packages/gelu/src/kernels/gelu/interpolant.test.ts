import { expect, test } from 'vitest';
import { GELU_FUNCTIONS } from './functions.js';
import { interpolate } from './interpolant.js';

const functions = Object.values(GELU_FUNCTIONS).flat();

// Half a unit of float32 is 2⁻²⁴; the fast rows stand on pieces of this width and steepness.
test.each(functions)('a polynomial stands for $name to 2⁻⁴⁰ of its largest value', (f) => {
  for (const [a, b] of [
    [-0.25, 0.25],
    [-1, -0.5],
    [3, 3.5],
    [-9.04, -9],
  ]) {
    const { centre, half, coefficients } = interpolate(f, a, b);
    let [error, largest] = [0, 0];
    for (let x = a; x <= b; x += (b - a) / 64) {
      const exact = f.evaluate(x);
      const y = coefficients.reduceRight((sum, c) => (sum * (x - centre)) / half + c, 0);
      error = Math.max(error, Math.abs(y - exact));
      largest = Math.max(largest, Math.abs(exact));
    }
    expect(error).toBeLessThan(2 ** -40 * largest);
  }
});
