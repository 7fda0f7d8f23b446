import { defaultDevice, grad, init, jit, numpy as np, vmap } from '@jax-js/jax';
import { beforeAll, describe, expect, test } from 'vitest';
import { activations, bind } from '../activations/index.js';
import * as exact from '../index.js';
import { ulp } from '../numerics/ulp.js';
import * as units from './gated.generated.js';
import { geglu, gelu, glu, type JaxGatedFunction, mish, swiglu } from './index.js';

beforeAll(async () => {
  await init('wasm');
  defaultDevice('wasm');
});

type Unit = JaxGatedFunction<Record<string, unknown>>;
const values = async (y: np.Array): Promise<Float32Array> => (await y.data()) as Float32Array;
const GATE = Float32Array.of(-9, -0.75, -0.01, 0.3, 2.5, 40, -1.5, 1e-20);
const VALUE = Float32Array.of(3, -0.1, 7, 1.7, -2.3, 0.9, 1e5, -6);
const G = Float32Array.of(1, 2, -3, 0.5, 0.7, -0.3, 1.1, 4);
const array = (data: Float32Array, shape = [2, 4]) => np.array(data as Float32Array<ArrayBuffer>, { shape });

test('every gated unit of the registry', () => {
  expect(Object.keys(units).sort()).toEqual(activations.flatMap(({ gated }) => gated?.name ?? []).sort());
});

describe.each<[string, string, object]>([
  ...activations.flatMap(({ name, gated }): [string, string, object][] => (gated ? [[gated.name, name, {}]] : [])),
  ['geglu', 'gelu', { approximate: 'tanh' }],
  ['swiglu', 'silu', { beta: 1.702 }],
])('%s (%s %o)', (unit, name, parameters) => {
  const f = (units as unknown as Record<string, Unit>)[unit];
  const bound = bind(activations.find((one) => one.name === name)!, parameters);

  test('two arrays: value and both gradients, under grad and jit', async () => {
    const y = await values(f(array(GATE), array(VALUE), parameters as Record<string, unknown>));
    const loss = (gate: np.Array, value: np.Array) =>
      f(gate, value, parameters as Record<string, unknown>)
        .mul(array(G))
        .sum();
    const all = grad(loss as never, { argnums: [0, 1] } as never) as unknown as (...a: np.Array[]) => np.Array[];
    for (const slope of [all, jit(all as never) as unknown as typeof all]) {
      const [ofGate, ofValue] = await Promise.all(slope(array(GATE), array(VALUE)).map(values));
      GATE.forEach((g, i) => {
        const act = bound.evaluate(0, g);
        expect(Math.abs(y[i] - VALUE[i] * act)).toBeLessThanOrEqual(2.5 * ulp(VALUE[i] * act, 'float32'));
        expect(Math.abs(ofValue[i] - G[i] * act)).toBeLessThanOrEqual(2.5 * ulp(G[i] * act, 'float32'));
        const expected = G[i] * VALUE[i] * bound.evaluate(1, g);
        expect(Math.abs(ofGate[i] - expected)).toBeLessThanOrEqual(5 * ulp(expected, 'float32'));
      });
    }
  });

  test('one array, along any axis, in both orders', async () => {
    const y = await values(f(array(GATE), array(VALUE), parameters as Record<string, unknown>));
    for (const axis of [0, 1, -1, -2])
      for (const order of ['valueFirst', 'gateFirst'] as const) {
        const [first, second] = order === 'valueFirst' ? [VALUE, GATE] : [GATE, VALUE];
        const x = np.concatenate([array(first), array(second)], axis);
        for (const options of [
          { axis, order },
          { dim: axis, order },
        ]) {
          const joined = f(x.ref, { ...parameters, ...options });
          expect(joined.shape).toEqual([2, 4]);
          expect(await values(joined)).toEqual(y);
        }
        x.dispose();
      }
  });
});

test('the bits of the core where its function is a polynomial', async () => {
  expect(await values(units.reglu(array(GATE), array(VALUE)))).toEqual(exact.reglu(GATE, VALUE));
  expect(await values(units.bilinear(array(GATE), array(VALUE)))).toEqual(exact.bilinear(GATE, VALUE));
});

test('glu: by name, with parameters, with a function', async () => {
  const pair = (): [np.Array, np.Array] => [array(GATE), array(VALUE)];
  const sigmoid = exact.glu(GATE, VALUE);
  (await values(glu(...pair()))).forEach((y, i) => {
    expect(Math.abs(y - sigmoid[i])).toBeLessThanOrEqual(2 * ulp(sigmoid[i], 'float32'));
  });
  const tanh = await values(geglu(...pair(), { approximate: 'tanh' }));
  expect(await values(glu(...pair(), { activation: 'gelu_new' }))).toEqual(tanh);
  expect(await values(glu(...pair(), { activation: 'gelu', parameters: { approximate: 'tanh' } }))).toEqual(tanh);
  const byName = await values(glu(...pair(), { activation: 'mish' }));
  expect(await values(glu(...pair(), { activation: mish }))).toEqual(byName);
});

test('under vmap; empty arrays; views', async () => {
  const y = await values(swiglu(array(GATE), array(VALUE)));
  expect(await values((vmap(swiglu as never) as unknown as Unit)(array(GATE), array(VALUE)))).toEqual(y);
  expect(swiglu(np.zeros([0, 4])).shape).toEqual([0, 2]);
  expect(swiglu(np.zeros([0, 3]), np.zeros([0, 3])).shape).toEqual([0, 3]);
  const turned = swiglu(array(GATE).transpose(), array(VALUE).transpose()).transpose();
  expect(await values(turned)).toEqual(y);
});

test('NaN and ∞ in gate and value', async () => {
  const gate = Float32Array.of(Number.NaN, Infinity, -Infinity, 1);
  const value = Float32Array.of(1, 2, 3, -Infinity);
  const y = await values(geglu(np.array(gate), np.array(value)));
  expect(Array.from(y, (v) => v + 0)).toEqual([Number.NaN, Infinity, 0, -Infinity]);
});

test('bad input takes nothing', () => {
  const [x, half] = [np.zeros([2, 4]), np.zeros([2, 4], { dtype: np.float16 })];
  const any = (value: unknown) => value as never;
  expect(() => geglu(x, np.zeros([4, 2]))).toThrow("'value' must be of the gate's shape");
  expect(() => geglu(x, half)).toThrow("'value' must be a float32 array of jax-js, got one of float16");
  expect(() => geglu(half)).toThrow("'x' must be a float32 array");
  expect(() => geglu(any([1, 2]))).toThrow(exact.GeluTypeError);
  expect(() => geglu(np.zeros([2, 3]))).toThrow("'x' must be even and not 0 along axis -1");
  expect(() => geglu(x, { axis: 2 })).toThrow("'axis' must be an axis of rank 2");
  expect(() => geglu(x, { dim: 1.5 })).toThrow("'dim' must be an axis");
  expect(() => geglu(x, { axis: 0, dim: 0 })).toThrow("'dim' must be absent beside axis");
  expect(() => geglu(x, any({ order: 'last' }))).toThrow("'order' must be");
  expect(() => geglu(x, any({ beta: 1 }))).toThrow('options.beta');
  expect(() => geglu(x, x, any({ axis: 0 }))).toThrow('options.axis');
  expect(() => geglu(x, { approximate: any('erf') })).toThrow(exact.GeluRangeError);
  expect(() => glu(x, { activation: any(3) })).toThrow("'activation' must be the name");
  expect(() => glu(x, { activation: 'gelo' })).toThrow("such as 'gelu'");
  expect(() => glu(x, { activation: gelu, parameters: {} })).toThrow("'parameters' must be absent");
  expect([x.refCount, half.refCount]).toEqual([1, 1]);
});
