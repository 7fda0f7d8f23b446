import { defaultDevice, grad, init, numpy as np } from '@jax-js/jax';
import { beforeAll, expect, test } from 'vitest';
import { worstError } from '../../test/support/errors.js';
import { activation } from '../activations/index.js';
import { activationFunction } from './index.js';
import { lookup } from './lookup.js';

beforeAll(async () => {
  await init('wasm');
  defaultDevice('wasm');
});

type Unary = (x: np.Array) => np.Array;
const first = (f: Unary): Unary => grad((x: np.Array) => f(x).sum()) as Unary;

// Far from 0, or so narrow that few float32 numbers are in the curve.
test.each([
  ['gelu', { mean: 5000 }, 5000, 1],
  ['gelu', { mean: -3000 }, -3000, 1],
  ['gelu', { mean: 5000, std: 1e-3 }, 5000, 1e-3],
  ['gelu', { mean: 1e19, std: 1e17 }, 1e19, 1e17],
  ['gelu', { std: 1e19 }, 0, 1e19],
  ['gelu', { mean: 1e-25, std: 1e-25 }, 1e-25, 1e-25],
  ['gelu', { std: 1e6 }, 0, 1e6],
] as const)(
  '%s %o: value and two derivatives, by the kernel and by look-up',
  async (name, parameters, centre, width) => {
    const bound = activation(name, parameters);
    const x = Float32Array.from({ length: 999 }, (_, i) => centre + ((i - 500) / 25) * width);
    x.set([-1, 0, 1, centre, -1e30, 1e30]);
    for (const f of [activationFunction(name, parameters), lookup(bound.key, bound)])
      for (const [order, g] of [f, first(f), first(first(f))].entries()) {
        const y = (await g(np.array(x)).data()) as Float32Array;
        const { worst, at } = worstError(bound, order as 0 | 1 | 2, x, y, { flush: true, unsignedZeros: true });
        expect(worst, `order ${order} at ${at}`).toBeLessThan(4);
      }
  },
);

test('xIELU with the eps of Hugging Face: beside the jump, with its derivatives', async () => {
  const bound = activation('xielu', {}, 'Hugging Face');
  const x = Float32Array.from({ length: 999 }, (_, i) => (i - 500) * (i % 2 ? 1e-2 : 5e-9));
  x.set([0, -0, -1e-6, -9.999999e-7, -1.1e-6, 1e-38, -1e30]);
  const f = activationFunction('xielu', {}, 'Hugging Face');
  for (const [order, g] of [f, first(f), first(first(f))].entries()) {
    const y = (await g(np.array(x)).data()) as Float32Array;
    const { worst, at } = worstError(bound, order as 0 | 1 | 2, x, y, { flush: true, unsignedZeros: true });
    expect(worst, `order ${order} at ${at}`).toBeLessThan(4);
  }
});

test('by look-up, the limit at ±∞ where float32 does not reach it', async () => {
  const x = Float32Array.of(-Infinity, Infinity);
  for (const [name, parameters] of [
    ['squareplus', { b: 1e60 }],
    ['xielu', {}],
  ] as const) {
    const bound = activation(name, parameters);
    const f = lookup(bound.key, bound);
    for (const [order, g] of [f, first(f)].entries())
      expect(await g(np.array(x)).data(), `${name}, order ${order}`).toEqual(
        x.map((v) => bound.evaluate(order as 0 | 1, v)),
      );
  }
});

// At NaN, where derivatives jump, beside breaks that float32 does not have, and with numbers for which shaders have no literals.
const EDGES = Float32Array.of(0, -0, NaN, Infinity, -Infinity, 0.5, -0.5, 1, -1, 6, 3, 1e10, -1e10, 1e12, 3e38, -3e38);
test.each([
  ['relu', {}],
  ['hardsigmoid', {}],
  ['hardswish', {}],
  ['hardMish', {}],
  ['hardtanh', { minVal: -1e12, maxVal: 1e12 }],
  ['hardshrink', { lambd: 1e10 }],
  ['threshold', { threshold: 1e15, value: -1e12 }],
  ['threshold', { threshold: 1e300, value: -1e300 }],
  ['leakyRelu', { negativeSlope: 1e10 }],
  ['elu', { alpha: 1e10 }],
  ['softsign', {}],
  ['sparsePlus', {}],
] as const)('%s %o at the edges: value and two derivatives', async (name, parameters) => {
  const bound = activation(name, parameters);
  const f = activationFunction(name, parameters);
  const all = bound.shape.kind === 'piecewise' ? [f] : [f, lookup(bound.key, bound)];
  for (const each of all)
    for (const [order, g] of [each, first(each), first(first(each))].entries()) {
      const y = (await g(np.array(EDGES)).data()) as Float32Array;
      const { worst, at } = worstError(bound, order as 0 | 1 | 2, EDGES, y, { flush: true, unsignedZeros: true });
      expect(worst, `order ${order} at ${at}`).toBeLessThan(4);
    }
});

test.each([
  ['exponential', {}],
  ['xielu', { alphaP: 1e10 }],
  ['celu', { alpha: -2 }],
] as const)('%s %o by look-up, whose derivatives are ∞ in float32', async (name, parameters) => {
  const bound = activation(name, parameters);
  const f = lookup(bound.key, bound);
  for (const [order, g] of [f, first(f), first(first(f))].entries()) {
    const y = (await g(np.array(EDGES)).data()) as Float32Array;
    const { worst, at } = worstError(bound, order as 0 | 1 | 2, EDGES, y, { flush: true, unsignedZeros: true });
    expect(worst, `order ${order} at ${at}`).toBeLessThan(4);
  }
});

// Their second derivatives have no table of their own.
test.each([
  ['celu', { alpha: 1e6 }, 0, 1e6],
  ['lalu', { location: 104 }, 104, 1],
  ['lalu', { location: -104 }, -104, 1],
  ['softplus', { beta: 1e-10 }, 0, 1e10],
] as const)('%s %o: two derivatives', async (name, parameters, centre, width) => {
  const bound = activation(name, parameters);
  const x = Float32Array.from({ length: 300 }, (_, i) => centre + ((i - 150) / 10) * width);
  x.set([-1, 1, -1e30, 1e30]);
  const largest = Math.max(...Array.from(x, (v) => Math.abs(bound.evaluate(2, v))));
  for (const f of [activationFunction(name, parameters), lookup(bound.key, bound)])
    for (const [order, g] of [f, first(f), first(first(f))].entries()) {
      const y = (await g(np.array(x)).data()) as Float32Array;
      if (order < 2) {
        const { worst, at } = worstError(bound, order as 0 | 1, x, y, { flush: true, unsignedZeros: true });
        expect(worst, `order ${order} at ${at}`).toBeLessThan(4);
      } else
        x.forEach((v, i) => {
          expect(Math.abs(y[i] - bound.evaluate(2, v)), `at ${v}`).toBeLessThan(2e-6 * largest);
        });
    }
});

test('the error names the parameter that no table can follow', () => {
  const x = np.array([1]);
  const call = (name: string, parameters: object) => () =>
    activationFunction(name, { ...parameters })(x.ref).dataSync();
  expect(call('squareplus', { b: 1e-60 })).toThrow("'b' must be a value with which a table can follow squareplus");
  expect(call('celu', { alpha: 1e30 })).toThrow("'alpha' must be");
  expect(call('clippedGelu', { minVal: -1e-30, maxVal: 2 })).toThrow("'minVal' must be");
});
