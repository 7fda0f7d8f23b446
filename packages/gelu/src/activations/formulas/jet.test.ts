import { describe, expect, test } from 'vitest';
import { scale } from '../../numerics/scale.js';
import { activation } from '../index.js';
import type { Evaluate } from '../model/activation.js';
import { exp, expm1, sigmoid, softplus, sqrt, tanh } from './elementary.js';
import { type Jet, jet, jets } from './jet.js';
import { unrounded } from './result.js';

// Formulas against definitions whose derivatives were written by hand and are checked against multi-precision values.
const formulas: [string, Record<string, number>, (x: Jet) => Jet][] = [
  ['silu', { beta: 1 }, (x) => x.times(sigmoid(x))],
  ['silu', { beta: 0.5 }, (x) => x.over(exp(x.times(-0.5)).plus(1))],
  ['mish', {}, (x) => x.times(tanh(softplus(x)))],
  ['softplus', { beta: 3, threshold: Infinity }, (x) => softplus(x.times(3)).over(3)],
  ['squareplus', { b: 4 }, (x) => (x.number > 0 ? x.plus(root(x)) : jet(4).over(root(x).minus(x))).over(2)],
  ['elu', { alpha: 0.25 }, (x) => (x.number > 0 ? x : expm1(x).times(0.25))],
  ['tanh', {}, tanh],
  ['sigmoid', {}, sigmoid],
  ['logsigmoid', {}, (x) => softplus(x.negative()).negative()],
];

function root(x: Jet): Jet {
  return sqrt(x.times(x).plus(4));
}

const points = [0, -0, 1e-300, -1e-300, 1e-9, 0.3, 1, 7.7, 40, 600, 1400].flatMap((x) => [x, -x]);

/** The unrounded result, as one number relative to another. */
function difference(f: Evaluate, g: Evaluate, order: 0 | 1 | 2, x: number, size: number): number {
  f(order, x, true);
  const [h, l, e] = unrounded;
  g(order, x, true);
  const [h2, l2, e2] = unrounded;
  if (size === 0) return 0;
  return Math.abs((h - scale(h2, e2 - e) + (l - scale(l2, e2 - e))) / (size * 2 ** -e));
}

describe.each(formulas)('%s %o', (name, parameters, formula) => {
  const limits = () => ({ value: 0, slope: 0 });
  const exact = activation(name, parameters).evaluate;
  const f = jets(formula, limits)({});
  test.each([0, 1, 2] as const)('order %i', (order) => {
    for (const x of points) {
      const y = exact(order, x);
      expect(Object.is(f(order, x), y) || Math.abs(f(order, x) / y - 1) < 2 ** -51 || y === 0, `${x}`).toBe(true);
      const size = Math.max(Math.abs(y), Math.abs(exact(order === 2 ? 1 : order, x)));
      if (Math.abs(y) > 1e-280)
        expect(difference(f, exact, order, x, size), `unrounded at ${x}`).toBeLessThan(2 ** -88);
    }
  });
});
