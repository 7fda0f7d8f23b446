import { defaultDevice, grad, init, jit, numpy as np } from '@jax-js/jax';
import { beforeAll, expect, test } from 'vitest';
import * as exact from '../index.js';
import { prelu, stochasticGelu, stochasticRrelu, stochasticSlopes, stochasticThresholds } from './index.js';

beforeAll(async () => {
  await init('wasm');
  defaultDevice('wasm');
});

type Unary = (x: np.Array) => np.Array;

const values = async (y: np.Array): Promise<Float32Array> => (await y.data()) as Float32Array;
const X = Float32Array.from({ length: 24 }, (_, i) => Math.fround(Math.sin(i * 1.7) * 3)).fill(0, 5, 6);
const G = X.map((_, i) => Math.cos(i));
const WEIGHT = Float32Array.of(0.25, -1, 0);
const SHAPE = [2, 3, 4];
const array = (data: Float32Array, shape = SHAPE) => np.array(data as Float32Array<ArrayBuffer>, { shape });

test('the bits of the core, for one weight and for several, and both gradients', async () => {
  for (const [weight, shape] of [
    [WEIGHT, [3]],
    [Float32Array.of(0.3), [1]],
    [Float32Array.of(0.3), []],
  ] as const) {
    const options = { weight, shape: SHAPE };
    const f = (x: np.Array, w: np.Array) => prelu(x, { weight: w });
    const w = () => array(weight, [...shape]);
    // Sums lose the sign of a zero.
    const expected = exact.prelu(X, options).map((v) => v + 0);
    expect(await values(f(array(X), w()))).toEqual(expected);
    expect(await values(prelu(array(X), { weight }))).toEqual(expected);
    const loss = (x: np.Array, w: np.Array) => f(x, w).mul(array(G)).sum();
    const both = grad(loss as never, { argnums: [0, 1] } as never) as unknown as (...a: np.Array[]) => np.Array[];
    const { gradInput, gradWeight } = exact.preluBackward(G, X, options);
    for (const slope of [both, jit(both as never) as unknown as typeof both]) {
      const [ofX, ofWeight] = slope(array(X), w());
      expect(ofWeight.shape).toEqual([...shape]);
      expect(await values(ofX)).toEqual(gradInput.map((v) => v + 0));
      (await values(ofWeight)).forEach((v, i) => {
        expect(v).toBeCloseTo(gradWeight[i], 5);
      });
    }
  }
});

test('other axes, special values, and what does not fit', async () => {
  const last = exact.prelu(X, { weight: [0.1, 0.2, 0.3, 0.4] });
  const four = Float32Array.of(0.1, 0.2, 0.3, 0.4);
  (await values(prelu(array(X), { weight: np.array(four), axis: -1 }))).forEach((y, i) => {
    expect(y).toBeCloseTo(last[i], 6);
  });
  const special = Float32Array.of(-Infinity, Infinity, Number.NaN, 0);
  for (const w of [0, 0.5, -1]) {
    const y = await values(prelu(np.array(special), { weight: np.array([w]) }));
    const slopes = grad(((w: np.Array) =>
      prelu(np.array(special.subarray(1, 2)), { weight: w }).sum()) as never) as unknown as Unary;
    expect(Array.from(y, (v) => v + 0)).toEqual(Array.from(special, (v) => exact.prelu(v, { weight: w }) + 0));
    expect(await values(slopes(np.array([w])))).toEqual(Float32Array.of(0));
  }
  expect(prelu(np.zeros([0, 3]), { weight: np.zeros([3]) }).shape).toEqual([0, 3]);
  const x = np.zeros([2, 3]);
  const any = (value: unknown) => value as never;
  expect(() => prelu(x, { weight: np.zeros([2]) })).toThrow("'weight' must be of shape [], [1] or [3]");
  expect(() => prelu(x, { weight: np.zeros([1, 3]) })).toThrow("'weight' must be of shape");
  expect(() => prelu(x, { weight: np.zeros([3], { dtype: np.int32 }) })).toThrow("'weight' must be a float32 array");
  expect(() => prelu(x, { weight: any('1') })).toThrow(exact.GeluTypeError);
  expect(() => prelu(x, { weight: [1, 2, Number.NaN] })).toThrow("'weight[2]' must be finite");
  expect(() => prelu(x, { weight: 0.1, axis: 2 })).toThrow("'axis' must be an axis");
  expect(() => prelu(x, any({ slope: 1 }))).toThrow('options.slope');
  expect(() => prelu(any([1]))).toThrow("'x' must be a float32 array");
  expect(x.refCount).toBe(1);
});

test("the stochastic forms: the core's bits, and gradients of what was kept", async () => {
  const n = 3000;
  const x = Float32Array.from({ length: n }, (_, i) => Math.sin(i * i) * (i % 7 === 0 ? 8 : 3));
  x.set([0, -0, Number.NaN, Infinity, 1e-30, -1e-30, -40, 40]);
  const [shape, options] = [[n / 10, 10], { seed: 2 ** 53 - 1, call: 3, offset: 12345 }];
  const { output, mask } = exact.stochasticGelu(x, options);
  expect(await values(stochasticGelu(array(x, shape), options))).toEqual(output);
  const kept = jit((x: np.Array, least: np.Array) => stochasticGelu(x, least)) as typeof stochasticGelu;
  expect(await values(kept(array(x, shape), stochasticThresholds(shape, options)))).toEqual(output);
  const slope = grad(((x: np.Array) => stochasticGelu(x, options).sum()) as never) as unknown as Unary;
  expect(Array.from(await values(slope(array(x, shape))))).toEqual(Array.from(mask));

  const range = { ...options, lower: -0.5, upper: 1.25 };
  expect(await values(stochasticRrelu(array(x, shape), range))).toEqual(exact.stochasticRrelu(x, range));
  expect(await values(stochasticRrelu(array(x, shape), stochasticSlopes(shape, range)))).toEqual(
    exact.stochasticRrelu(x, range),
  );
  const finite = x.map((v) => (Number.isNaN(v) ? 1 : v));
  const slopes = grad(((x: np.Array) => stochasticRrelu(x, range).sum()) as never) as unknown as Unary;
  const ones = new Float32Array(n).fill(1);
  expect(await values(slopes(array(finite, shape)))).toEqual(exact.stochasticRreluBackward(ones, finite, range));

  const some = np.zeros([2]);
  const any = (value: unknown) => value as never;
  expect(() => stochasticGelu(some, any({}))).toThrow("'seed' must be a number");
  expect(() => stochasticGelu(some, any(undefined))).toThrow("'seed' must be a number");
  expect(() => stochasticGelu(some, { seed: 1.5 })).toThrow("'seed' must be an integer");
  expect(() => stochasticGelu(some, any({ seed: 1, out: some }))).toThrow('options.out');
  expect(() => stochasticGelu(some, np.zeros([3]))).toThrow("'options' must be of x's shape, [2]");
  expect(() => stochasticRrelu(some, { seed: 1, lower: 2 })).toThrow("'lower' must be at most upper");
  expect(() => stochasticThresholds(any(3), { seed: 1 })).toThrow("'shape' must be an array of sizes");
  expect(some.refCount).toBe(1);
  expect(stochasticGelu(np.zeros([0, 2]), { seed: 1 }).shape).toEqual([0, 2]);
});
