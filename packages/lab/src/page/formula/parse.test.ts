import { gelu } from 'gelu';
import { expect, test } from 'vitest';
import { ownActivation } from './own.js';
import { parseFormula } from './parse.js';

test.each<[string, number, number]>([
  ['x*x + 1', 3, 10],
  ['2x^2', 3, 18],
  ['-x^2', 3, -9],
  ['2^-1', 0, 0.5],
  ['2^3^2', 0, 512],
  ['1 - 2 - 3', 0, -4],
  ['8/4/2', 0, 1],
  ['0.5(1 + x)', 3, 2],
  ['max(x, -x)', -2, 2],
  ['x·Φ(x)', -0.75, gelu(-0.75)],
  ['0.5*x*(1+erf(x/sqrt(2)))', 1, 0.8413447460685429],
  ['1e-3x', 2, 0.002],
])('%s at %d is %d', (text, x, expected) => {
  expect(parseFormula(text)(x)).toBeCloseTo(expected, 14);
});

test.each<[string, RegExp]>([
  ['x +', /at the end/],
  ['(x', /expected '\)'/],
  ['y', /expected x, pi, e or one of/],
  ['constructor(1)', /expected x/],
  ['max(1)', /expected ','/],
  ['x = 1', /'=' at place 3 is not understood/],
  ['fetch("x")', /not understood|expected/],
  ['('.repeat(200), /parentheses/],
  ['2^'.repeat(300), /characters/],
  ['', /a formula/],
])('%j is refused', (text, message) => {
  expect(() => parseFormula(text)).toThrow(message);
});

test('an activation of a formula has derivatives', () => {
  const { evaluate } = ownActivation('x*sigmoid(1.702x)');
  const x = Float64Array.of(-2, -0.5, 1);
  expect([...evaluate(0, x)].map((y, i) => y - gelu(x[i], { approximate: 'sigmoid' }))).toEqual(
    [0, 0, 0].map((v) => expect.closeTo(v, 14)),
  );
  expect(evaluate(1, x)[2]).toBeCloseTo(gelu.derivative(1, { approximate: 'sigmoid' }), 10);
  expect(() => ownActivation('log(x)')).toThrow();
});
