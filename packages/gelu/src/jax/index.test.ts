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
/** The bounds stated for value, first and second derivative, in ULP. */
const BOUNDS: Record<Form, readonly [number, number, number]> = {
  none: [8, 6, 7],
  tanh: [7, 9, 12],
  sigmoid: [7, 8, 9],
};

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
  const x = points(approximate, 150_000);

  test('value within the stated bound, tail and subnormal results included', async () => {
    const value = (v: number) => exact.gelu(v, options);
    expect(worst(x, await values(f, x), value, value)).toBeLessThan(BOUNDS[approximate][0]);
  });

  test('first and second derivative within the stated bound of the larger addend', async () => {
    // x·s(x), s the gate: f' = s + x·s', f" = 2s' + x·s".
    const slope = (v: number) => exact.geluDerivative(v, options);
    const bend = (v: number) => exact.geluSecondDerivative(v, options);
    const gateSlope = (v: number) => (slope(v) - exact.gelu(v, options) / v) / v;
    const larger = (v: number) =>
      Math.max(Math.abs(v * gateSlope(v)), v < 0 ? Math.abs(exact.gelu(v, options) / v) : 0);
    const away = x.filter((v) => Math.abs(v) > 1e-4);
    expect(worst(away, await values(first(f), away), slope, larger)).toBeLessThan(BOUNDS[approximate][1]);
    const largerOfSecond = (v: number) => Math.max(Math.abs(2 * gateSlope(v)), Math.abs(bend(v) - 2 * gateSlope(v)));
    const second = await values(first(first(f)), away);
    expect(worst(away, second, bend, largerOfSecond)).toBeLessThan(BOUNDS[approximate][2]);
    const near = x.filter((v) => Math.abs(v) <= 1e-4);
    expect(worst(near, await values(first(f), near), slope, slope)).toBeLessThan(BOUNDS[approximate][1]);
    expect(worst(near, await values(first(first(f)), near), bend, bend)).toBeLessThan(BOUNDS[approximate][2]);
  });

  test('no float32 of any size gives NaN', async () => {
    const all = Float32Array.from({ length: 2 * 278 }, (_, i) => (i % 2 ? 1 : -1) * 1.7 * 2 ** ((i >> 1) - 150));
    all[0] = -3.4028234663852886e38;
    all[1] = 3.4028234663852886e38;
    for (const g of [f, first(f), first(first(f))]) {
      const y = await values(g, all);
      expect(
        y.filter((v, i) => Number.isNaN(v) || (Math.abs(all[i]) !== Infinity && Math.abs(v) === Infinity)),
      ).toEqual(new Float32Array(0));
    }
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

test('results stay non-zero down to the smallest float32', async () => {
  const smallest: Record<Form, number> = { none: -14.35, tanh: -10.58, sigmoid: -62.9 };
  for (const approximate of ['none', 'tanh', 'sigmoid'] as const) {
    const [y] = await values((x) => gelu(x, { approximate }), Float32Array.of(smallest[approximate]));
    expect(y).toBeLessThan(0);
    expect(Math.abs(y - exact.gelu(Math.fround(smallest[approximate]), { approximate }))).toBeLessThan(2 ** -149);
  }
});

test('any shape; the argument is consumed, nothing else is', async () => {
  const x = np.array([
    [1, -2],
    [3, 0.5],
  ]);
  const y = gelu(x.ref);
  expect(x.refCount).toBe(1);
  expect(y.shape).toEqual([2, 2]);
  expect(await gelu(x).data()).toEqual(await y.data());
  expect(() => gelu(x)).toThrow();
  expect((await gelu(np.array(-1)).data())[0]).toBeCloseTo(exact.gelu(-1), 6);
  expect(gelu(np.zeros([0, 3])).shape).toEqual([0, 3]);
});

test.runIf(typeof process === 'object')('no memory is kept from call to call', async () => {
  const data = new Float32Array(1 << 18).fill(0.3);
  const slope = first((x) => gelu(x));
  const call = async (g: (x: np.Array) => np.Array) => (await g(np.array(data)).blockUntilReady()).dispose();
  for (let i = 0; i < 20; i++) await call(i % 2 ? slope : gelu);
  const before = process.memoryUsage().rss;
  // One array of 1 MB kept at each call would make 200 MB.
  for (let i = 0; i < 200; i++) await call(i % 2 ? slope : gelu);
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
});

test('bad input', () => {
  const x = np.array([1]);
  expect(() => gelu(x, { approximate: 'erf' as never })).toThrow(exact.GeluRangeError);
  expect(() => gelu(x, { approximate: 'erf' as never })).toThrow("'none', 'tanh', 'sigmoid'");
  expect(() => gelu(x, { approximate: true as never })).toThrow(exact.GeluTypeError);
  expect(() => gelu(x, { mean: 1 } as never)).toThrow("'options.mean' must be absent");
  expect(() => gelu(x, 'tanh' as never)).toThrow(exact.GeluTypeError);
  expect(() => gelu(np.array([1, 2], { dtype: np.int32 }))).toThrow("'x' must be a float32 array of jax-js");
  expect(() => gelu([1] as never)).toThrow(exact.GeluTypeError);
  expect(() => gelu(undefined as never)).toThrow(exact.GeluTypeError);
  expect(x.refCount).toBe(1);
});
