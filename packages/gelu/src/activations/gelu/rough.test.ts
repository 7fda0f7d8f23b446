import { expect, it } from 'vitest';
import { APPROXIMATE, type Approximate } from './approximate.js';
import { evaluate } from './forms.js';
import { roughFunction } from './rough.js';

const CASES = APPROXIMATE.flatMap((form): [Approximate, 0 | 1][] => [
  [form, 0],
  [form, 1],
]);

it.each(CASES)('the rough form of %s, order %i, is within 2⁻⁴⁰, or NaN near the root', (approximate, order) => {
  const rough = roughFunction(approximate, order);
  const form = { approximate, mean: 0, std: 1 };
  const low = { none: -15, tanh: -11, sigmoid: -66 }[approximate];
  let [worst, at, missing] = [0, 0, 0];
  const n = 200_000;
  for (let i = 0; i <= n; i++) {
    const x = low + ((13 - low) * i) / n;
    const y = rough(x);
    if (Number.isNaN(y)) {
      missing++;
      expect(order === 1 && Math.abs(x + 0.752) < 0.1, `NaN at ${x}`).toBe(true);
      continue;
    }
    const exact = evaluate(form, order, x);
    const error = exact === 0 ? Math.abs(y) : Math.abs(y / exact - 1);
    if (error > worst) [worst, at] = [error, x];
  }
  expect(worst, `at ${at}`).toBeLessThan(2 ** -40);
  expect(missing).toBeLessThan(0.01 * n);
});
