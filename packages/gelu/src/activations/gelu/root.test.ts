import { describe, expect, it } from 'vitest';
import { ulpError } from '../../numerics/ulp.js';
import { unrounded } from '../formulas/deliver.js';
import { evaluate } from './forms.js';
import { SIGMOID_GATE, TANH_GATE } from './gate-form.js';
import { normalRoot } from './normal-form.js';
import { ROOT_REACH } from './root.js';

describe.each([
  ['none', normalRoot()],
  ['tanh', TANH_GATE.rootRow()],
  ['sigmoid', SIGMOID_GATE.rootRow()],
] as const)('the derivative of the form %s near its root', (approximate, row) => {
  it('has an error below 0.7 ULP, also just beyond the ends of the interval', () => {
    const form = { approximate, mean: 0, std: 1 };
    let worst = 0;
    for (let i = -20_000; i <= 20_000; i++) {
      // Even steps and, for odd i, steps towards the root down to 2⁻⁴⁰.
      const d = i % 2 === 0 ? (i / 19_000) * ROOT_REACH : Math.sign(i) * ROOT_REACH * 2 ** (-Math.abs(i) / 570);
      const x = row[0] + d;
      evaluate(form, 1, x, true);
      const up = 2 ** unrounded[2];
      const [high, low] = [unrounded[0] * up, unrounded[1] * up];
      worst = Math.max(worst, ulpError(evaluate(form, 1, x), high, low));
    }
    expect(worst).toBeGreaterThan(0.4);
    expect(worst).toBeLessThan(0.7);
  });

  it('is the slope times the distance at the float64 nearest to the root', () => {
    const y = evaluate({ approximate, mean: 0, std: 1 }, 1, row[0]);
    expect(Math.abs(y / (-row[1] * row[2]) - 1)).toBeLessThan(2 ** -51);
  });
});
