import { expect, test } from 'vitest';
import { activationFunction } from '../functions/activation-function.js';
import { activation } from './index.js';

// Signs of what is too small for float64: those of the exact values, by hand.
test.each([
  ['gelu', { mean: 5000 }, 1, [0, 0, 0]],
  ['gelu', { mean: 5000 }, -1, [-0, -0, -0]],
  ['gelu', { mean: 5000 }, -1e-5, [-0, 0, 0]], // left of 0 the derivative is still above it, to about −1/5000
  ['gelu', {}, -40, [-0, -0, -0]],
  ['gelu', {}, -Infinity, [-0, 0, 0]],
  ['lalu', { location: 5000 }, 1, [0, 0, 0]],
  ['lalu', { location: 5000 }, -0.5, [-0, 0, 0]],
  ['lalu', { location: 5000 }, -1.5, [-0, -0, 0]],
  ['lalu', { location: 5000 }, -3, [-0, -0, -0]],
  ['laplace', { mu: 0, sigma: 1e38 }, 1e-280, [0.5, 3.989422804014327e-39, -0]],
  ['laplace', { mu: 0, sigma: 1e38 }, -1e-280, [0.5, 3.989422804014327e-39, 0]],
  ['laplace', { mu: 0, sigma: 1e169 }, -1e-282, [0.5, 3.989422804014327e-170, 0]],
] as const)('%s %o at %d', (name, parameters, x, expected) => {
  const { evaluate } = activation(name, parameters);
  expect([0, 1, 2].map((order) => evaluate(order as 0 | 1 | 2, x))).toEqual(expected);
});

test('xIELU with the smallest numbers is below 0 left of it', () => {
  const { evaluate } = activation('xielu', { alphaN: 1e-38, beta: 2 ** -300, eps: -1e-300 });
  for (const x of [0, -1e-310, -1e-300, -2e-300]) expect(evaluate(0, x)).toBe(-0);
});

test('in float32 too, on both sides of 0 far below the centre', () => {
  const x = Float32Array.of(1, -1, 0, -0, 100, -100, -Infinity);
  for (const [name, parameters] of [
    ['lalu', { location: 5000 }],
    ['lalu', { location: 1e25, scale: 1e-20 }],
    ['gelu', { mean: 5000 }],
  ] as const)
    expect(activationFunction(name)(x, parameters)).toEqual(Float32Array.of(0, -0, 0, -0, 0, -0, -0));
});
