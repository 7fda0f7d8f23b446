import { defaultDevice, grad, hessian, init, jit, jvp, nn, numpy as np, vmap } from '@jax-js/jax';
import { beforeAll, describe, expect, test } from 'vitest';
import * as exact from '../index.js';
import { ulp } from '../numerics/ulp.js';
import { gelu } from './index.js';

beforeAll(async () => {
  await init('wasm');
  defaultDevice('wasm');
});

type Form = 'none' | 'tanh' | 'sigmoid';
const LIMITS: Record<Form, number> = { none: 15, tanh: 11, sigmoid: 64 };

/** Float32 numbers over the range where the form bends, and of every size around 0. */
function points(form: Form, count: number): Float32Array {
  const low = -LIMITS[form];
  return Float32Array.from({ length: 2 * count }, (_, i) =>
    i < count ? low + ((8 - low) * (i + 0.37)) / count : (i % 2 ? 1 : -1) * 2 ** (3 - (140 * (i - count)) / count),
  );
}

async function values(f: (x: np.Array) => np.Array, x: Float32Array): Promise<Float32Array> {
  return (await f(np.array(x)).data()) as Float32Array;
}

const first = (f: (x: np.Array) => np.Array) => grad((x: np.Array) => f(x).sum()) as (x: np.Array) => np.Array;

/** The largest error in float32 ULP of the exact result or, where that is larger, of `addend`. */
function worst(x: Float32Array, y: Float32Array, f: (x: number) => number, addend: (x: number) => number): number {
  let largest = 0;
  x.forEach((v, i) => {
    const reference = f(v);
    const unit = ulp(Math.max(Math.abs(reference), Math.abs(addend(v))), 'float32');
    const error = Math.abs(y[i] - reference) / unit;
    if (!(error <= largest)) largest = error;
  });
  return largest;
}

describe.each(['none', 'tanh', 'sigmoid'] as const)("approximate '%s'", (approximate) => {
  const options = { approximate };
  const f = (x: np.Array) => gelu(x, options);
  const x = points(approximate, 50_000);
  // The derivatives are sums of two terms; `bump` is about as large as the larger.
  const bump = (v: number) => Math.abs(v * exact.geluSecondDerivative(v, options)) + Math.abs(exact.gelu(v, options));

  test('value within 10 ULP, tail and subnormal results included', async () => {
    expect(
      worst(
        x,
        await values(f, x),
        (v) => exact.gelu(v, options),
        () => 0,
      ),
    ).toBeLessThan(10);
  });

  test('first and second derivative within 10 and 16 ULP of the larger addend', async () => {
    expect(worst(x, await values(first(f), x), (v) => exact.geluDerivative(v, options), bump)).toBeLessThan(10);
    const second = await values(first(first(f)), x);
    const addends = (v: number) => 2 * Math.abs(exact.geluDerivative(v, options) - exact.gelu(v, options) / (v || 1));
    expect(worst(x, second, (v) => exact.geluSecondDerivative(v, options), addends)).toBeLessThan(16);
  });

  test('special values, and no NaN at the ends', async () => {
    const special = Float32Array.of(-Infinity, Infinity, Number.NaN, 0, -3.4e38, 3.4e38);
    expect(Array.from(await values(f, special), (v) => v + 0)).toEqual([0, Infinity, Number.NaN, 0, 0, special[5]]);
    const slopes = await values(first(f), special);
    expect(slopes[0]).toBeCloseTo(0, 30);
    expect(slopes[1]).toBe(1);
    expect(slopes[2]).toBeNaN();
    expect(slopes[3]).toBeCloseTo(0.5, 6);
    expect(slopes[4] + 0).toBe(0);
    expect(slopes[5]).toBe(1);
    const bends = await values(first(first(f)), special);
    for (const i of [0, 1, 4, 5]) expect(bends[i] + 0).toBe(0);
  });

  test('under jit, vmap, jvp and hessian', async () => {
    const some = Float32Array.of(-3, -0.75, -0.1, 0.4, 2.5, 6);
    const plain = await values(f, some);
    expect(await values(jit(f), some)).toEqual(plain);
    expect(await values((v) => vmap(f)(v.reshape([3, 2])).reshape([6]), some)).toEqual(plain);
    const [value, tangent] = jvp(f, [np.array(some)], [np.ones([6])]) as [np.Array, np.Array];
    const again = (await value.data()) as Float32Array;
    const slopes = (await tangent.data()) as Float32Array;
    some.forEach((v, i) => {
      expect(again[i]).toBeCloseTo(plain[i], 6);
      expect(slopes[i]).toBeCloseTo(exact.geluDerivative(v, options), 6);
    });
    const matrix = (await hessian((v: np.Array) => f(v).sum())(np.array(some)).data()) as Float32Array;
    some.forEach((v, i) => {
      for (let j = 0; j < 6; j++)
        expect(matrix[6 * i + j]).toBeCloseTo(i === j ? exact.geluSecondDerivative(v, options) : 0, 5);
    });
  });
});

test("more accurate than jax-js's own, where that fails", async () => {
  const x = Float32Array.of(-8, -6);
  const own = await values((v) => nn.gelu(v), x);
  expect(Array.from(own, (v) => v + 0)).toEqual([0, 0]);
  const ours = await values((v) => gelu(v, { approximate: 'tanh' }), x);
  ours.forEach((y, i) => {
    expect(Math.abs(y / exact.gelu(x[i], { approximate: 'tanh' }) - 1)).toBeLessThan(1e-6);
  });
});

test('any shape; the argument is consumed, nothing else is', async () => {
  const x = np.array([
    [1, -2],
    [3, 0.5],
  ]);
  const y = gelu(x.ref);
  expect(y.shape).toEqual([2, 2]);
  expect(await gelu(x).data()).toEqual(await y.data());
  expect(() => gelu(x)).toThrow();
});

test('bad input', () => {
  expect(() => gelu(np.array([1]), { approximate: 'erf' as never })).toThrow(exact.GeluRangeError);
  expect(() => gelu(np.array([1, 2], { dtype: np.int32 }))).toThrow("'x' must be a float32 array of jax-js");
  expect(() => gelu([1] as never)).toThrow(exact.GeluTypeError);
  expect(() => gelu(undefined as never)).toThrow(exact.GeluTypeError);
});
