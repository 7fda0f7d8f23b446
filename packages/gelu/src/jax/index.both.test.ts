import { defaultDevice, grad, hessian, init, jit, jvp, nn, numpy as np, vmap } from '@jax-js/jax';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Activation, activation, activations, type Bound, bind } from '../activations/index.js';
import * as exact from '../index.js';
import { ulp } from '../numerics/ulp.js';
import * as functions from './functions.generated.js';
import { activationFunction, gelu, leakyRelu, prelu, silu, softsign } from './index.js';
import { lookup } from './lookup.js';
import { available } from './primitive.js';

beforeAll(async () => {
  await init('wasm');
  defaultDevice('wasm');
});

const FUNCTIONS: Readonly<Record<string, (x: np.Array, options?: object) => np.Array>> = { ...functions, prelu };

type Unary = (x: np.Array) => np.Array;

const first = (f: Unary): Unary => grad((x: np.Array) => f(x).sum()) as Unary;

async function values(y: np.Array): Promise<Float32Array> {
  return (await y.data()) as Float32Array;
}

/** Float32 numbers over the range where most activations bend, and of every size; ends with those that are special. */
function points(count: number): Float32Array<ArrayBuffer> {
  const special = [
    -Infinity,
    Infinity,
    -3.4028234663852886e38,
    3.4028234663852886e38,
    0,
    -0,
    Number.NaN,
    1e-45,
    -3,
    3,
    6,
    -1,
    1,
  ];
  return Float32Array.from({ length: count }, (_, i) => {
    if (i >= count - special.length) return special[i - count + special.length];
    return i % 2 ? -25 + (40 * i) / count : (i % 4 ? 1 : -1) * 2 ** (127 - (275 * i) / count);
  });
}

/** The largest error in float32 ULP of the definition, and where. */
function worst(x: Float32Array, y: Float32Array, { evaluate, shape }: Bound, order: 0 | 1 | 2): [number, number] {
  let largest: [number, number] = [0, Number.NaN];
  x.forEach((v, i) => {
    // Where the second derivative of a smooth function jumps it is that of the left side.
    if (Number.isNaN(v) || (order === 2 && shape.breaks.some((at) => at === v))) return;
    const reference = evaluate(order, v);
    if (Object.is(Math.fround(reference), y[i]) || Math.fround(reference) === y[i]) return;
    const error = Math.abs(y[i] - reference) / ulp(reference, 'float32');
    if (!(error <= largest[0])) largest = [error, v];
  });
  return largest;
}

const VARIANTS: Bound[] = [
  ...activations.map((definition) => bind(definition)),
  ...['gelu_new', 'quick_gelu'].map((name) => activation(name)),
  activation('gelu', { mean: 0.3, std: 2 }),
  activation('silu', { beta: 1.7 }),
  activation('elu', { alpha: 2 }),
  activation('softplus', { beta: 3, threshold: 5 }),
  activation('hardtanh', { minVal: -2, maxVal: 0.5 }),
];

test('jax-js is as the kernel needs it', () => {
  expect(available().yes).toBe(true);
});

test('every activation of the registry has its function', () => {
  const names = Object.keys(FUNCTIONS).sort();
  expect(names).toEqual(activations.map(({ name }) => name).sort());
});

describe.each(VARIANTS.map((bound): [string, Bound] => [bound.key, bound]))('%s', (_, bound) => {
  const { definition, parameters, shape } = bound;
  const f = (x: np.Array) => FUNCTIONS[definition.name](x, parameters as object);
  const x = points(8192);

  test('value, first and second derivative, under jit, grad, vmap and jvp', async () => {
    const all = jit((x: np.Array) => {
      const [value, tangent] = jvp(f, [x.ref], [np.ones([64, 128])]) as [np.Array, np.Array];
      const mapped = vmap(f)(x.ref);
      const columns = vmap(first(f), 1)(x.ref).transpose();
      const slope = first(f);
      return [f(x.ref), slope(x.ref), first(slope)(x), mapped, value, tangent, columns];
    });
    const results = await Promise.all(all(np.array(x, { shape: [64, 128] })).map(values));
    const [value, slope, bend, mapped, again, tangent, columns] = results;
    expect(mapped).toEqual(value);
    expect(columns).toEqual(slope);
    if (shape.kind !== 'piecewise') expect(tangent).toEqual(slope);
    // Pieces are computed in float32, the others by rows in float64.
    const limit = shape.kind === 'piecewise' ? 4 : 2;
    for (const [order, y] of [
      [0, value],
      [0, again],
      [1, slope],
      [1, tangent],
      [2, bend],
    ] as const) {
      // There jax-js multiplies ∞ by a tangent of 0.
      if (y === tangent && limit === 4) for (const v of [-Infinity, Infinity]) y[x.indexOf(v)] = slope[x.indexOf(v)];
      // Likewise by the second derivative, where the first is beyond float32.
      const steep = (v: number): boolean => Math.abs(Math.fround(bound.evaluate(1, v))) === Infinity;
      if (order === 2) for (const [i, v] of x.entries()) if (steep(v)) y[i] = bound.evaluate(2, v);
      const [error, at] = worst(x, y, bound, order);
      expect(error, `order ${order} at ${at}`).toBeLessThan(limit);
    }
    expect(value[x.findIndex(Number.isNaN)]).toBeNaN();
  });

  // Pieces are joined by jax-js's own operations, which do not keep them.
  if (shape.kind !== 'piecewise')
    test('the signs of zeros, alone and under grad', async () => {
      const ends = Float32Array.of(
        -Infinity,
        -3.4028234663852886e38,
        -1e9,
        -0,
        0,
        1e9,
        3.4028234663852886e38,
        Infinity,
      );
      // Long enough for the kernel's vectors, and for what is left after them.
      const all = Float32Array.from({ length: 11 * ends.length }, (_, i) => ends[i % ends.length]);
      for (const [order, g] of [f, first(f)].entries()) {
        const zeros = (y: Float32Array) => Array.from(y, (v) => (v === 0 ? v : undefined));
        const expected = all.map((v) => bound.evaluate(order as 0 | 1, v));
        expect(zeros(await values(g(np.array(all)))), `order ${order}`).toEqual(zeros(expected));
      }
    });

  test('grad of jit, and hessian', async () => {
    const some = Float32Array.of(-3.5, -0.75, 0.1, 0.4, 2.5);
    const array = () => np.array(some);
    const slopes = await values(first(jit(f))(array()));
    const matrix = await values(hessian((v: np.Array) => f(v).sum())(array()));
    some.forEach((v, i) => {
      const unit = (reference: number) => 4 * ulp(reference, 'float32');
      expect(Math.abs(slopes[i] - bound.evaluate(1, v))).toBeLessThanOrEqual(unit(slopes[i]));
      for (let j = 0; j < some.length; j++) {
        const expected = i === j ? bound.evaluate(2, v) : 0;
        expect(Math.abs(matrix[some.length * i + j] - expected)).toBeLessThanOrEqual(unit(expected));
      }
    });
  });
});

test('a third derivative is refused', () => {
  const bend = first(first((x) => gelu(x)));
  expect(() => first(bend)(np.array([1, 2]))).toThrow(exact.GeluRangeError);
});

test("more accurate than jax-js's own, where that fails", async () => {
  const x = Float32Array.of(-8, -6);
  const own = await values(nn.gelu(np.array(x)));
  expect(Array.from(own, (v) => v + 0)).toEqual([0, 0]);
  const ours = await values(gelu(np.array(x), { approximate: 'tanh' }));
  ours.forEach((y, i) => {
    expect(Math.abs(y / exact.gelu(x[i], { approximate: 'tanh' }) - 1)).toBeLessThan(1e-7);
  });
});

test.each(['gelu', 'elu', 'softsign', 'logsigmoid'])('%s where the kernel cannot be: by look-up', async (name) => {
  const bound = activation(name);
  for (const device of ['wasm', 'cpu'] as const) {
    const f = jit(lookup(bound.key, bound, device));
    // The interpreter of the back end 'cpu' is slow.
    const x = points(device === 'wasm' ? 4096 : 256);
    for (const [order, g] of [f, first(f), first(first(f))].entries()) {
      const y = await values(g(np.array(x, { device })));
      const [error, at] = worst(x, y, bound, order as 0 | 1 | 2);
      expect(error, `order ${order} on ${device} at ${at}`).toBeLessThan(4);
      expect(y[x.findIndex(Number.isNaN)]).toBeNaN();
    }
  }
});

test('on another back end', async () => {
  const x = () => np.array([1, -2, 3], { device: 'cpu' });
  const plain = await values(gelu(np.array([1, -2, 3])));
  (await values(gelu(x()))).forEach((y, i) => {
    expect(y).toBeCloseTo(plain[i], 6);
  });
  expect(await values(first((v) => gelu(v))(x()))).toHaveLength(3);
  // Within jit, the default device decides what is recorded.
  await expect(jit(silu)(x()).data()).rejects.toThrow("'device' must be 'wasm'");
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
  const columns = np.array([[1, -2, 3]]).transpose();
  expect((await values(gelu(columns)))[1]).toBeCloseTo(exact.gelu(-2), 6);
});

test('every length', async () => {
  for (const count of [1, 2, 3, 7, 8, 9, 15, 511, 512, 513, 521, 1027]) {
    const x = Float32Array.from({ length: count }, (_, i) => (i - count / 2) / 100);
    const y = await values(gelu(np.array(x)));
    expect(Array.from(y)).toEqual(Array.from(x, (v) => Math.fround(y[x.indexOf(v)])));
    x.forEach((v, i) => {
      expect(Math.abs(y[i] - exact.gelu(v))).toBeLessThanOrEqual(ulp(exact.gelu(v), 'float32'));
    });
  }
});

test.skipIf(typeof process === 'undefined')('no memory is kept from call to call', async () => {
  const data = new Float32Array(1 << 18).fill(0.3);
  const slope = first((x) => gelu(x));
  const call = async (g: Unary) => (await g(np.array(data)).blockUntilReady()).dispose();
  for (let i = 0; i < 20; i++) await call(i % 2 ? slope : gelu);
  const before = process.memoryUsage().rss;
  // One array of 1 MB kept at each call would make 200 MB.
  for (let i = 0; i < 200; i++) await call(i % 2 ? slope : gelu);
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
});

test('what is not ours goes on as before: sort, fft', async () => {
  await values(gelu(np.array([1, 2])));
  expect(Array.from(await values(np.sort(np.array([3, 1, 2]))))).toEqual([1, 2, 3]);
  const { real } = np.fft.fft({ real: np.array([1, 2, 3, 4]), imag: np.zeros([4]) });
  expect(Array.from(await values(real))).toEqual([10, -2, -2, -2]);
});

test('by name', async () => {
  const x = () => np.array([-1, 2]);
  expect(await values(activationFunction('gelu_new')(x()))).toEqual(await values(gelu(x(), { approximate: 'tanh' })));
  expect(await values(activationFunction('leaky_relu', {}, 'Keras')(x()))).toEqual(
    await values(leakyRelu(x(), { negativeSlope: 0.2 })),
  );
  expect(() => activationFunction('gelo')).toThrow("such as 'gelu'");
  expect(() => activationFunction('elu', { alpha: 'x' })).toThrow(exact.GeluTypeError);
});

test("approximate in jax.nn's words", async () => {
  const of = async (approximate: boolean | 'none' | 'tanh') => values(gelu(np.array([-1, 2]), { approximate }));
  expect(await of(true)).toEqual(await of('tanh'));
  expect(await of(false)).toEqual(await of('none'));
  const named = activationFunction('gelu', { approximate: true });
  expect(await values(named(np.array([-1, 2])))).toEqual(await of('tanh'));
});

test('one of your own', async () => {
  const logish: Activation = exact.defineActivation({
    name: 'jaxLogish',
    value: (v) => v * Math.log1p(1 / (1 + Math.exp(-v))),
    domain: [-110, 40],
    above: { slope: Math.LN2 },
    zeros: [[0], []],
  });
  exact.registerActivation(logish);
  const f = activationFunction('jaxLogish');
  const x = Float32Array.of(-3, 0.5, 2);
  const slopes = await values(first(f)(np.array(x)));
  (await values(f(np.array(x)))).forEach((y, i) => {
    expect(y).toBeCloseTo(x[i] * Math.log1p(1 / (1 + Math.exp(-x[i]))), 6);
    expect(slopes[i]).toBeCloseTo(bind(logish).evaluate(1, x[i]), 6);
  });
});

test('bad input', () => {
  const x = np.array([1]);
  expect(() => gelu(x, { approximate: 'erf' as never })).toThrow(exact.GeluRangeError);
  expect(() => gelu(x, { approximate: 'erf' as never })).toThrow("'none', 'tanh', 'sigmoid'");
  expect(() => gelu(x, { approximate: 1 as never })).toThrow(exact.GeluTypeError);
  expect(() => gelu(x, { mean: 1, approximate: 'tanh' })).toThrow(exact.GeluRangeError);
  expect(() => gelu(x, { beta: 1 } as never)).toThrow("'options.beta' must be absent");
  expect(() => gelu(x, 'tanh' as never)).toThrow(exact.GeluTypeError);
  expect(() => gelu(np.array([1, 2], { dtype: np.int32 }))).toThrow("'x' must be a float32 array of jax-js");
  expect(() => softsign([1] as never)).toThrow(exact.GeluTypeError);
  expect(() => gelu(undefined as never)).toThrow(exact.GeluTypeError);
  expect(x.refCount).toBe(1);
});
