import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { activation as named } from '../../src/activations/index.js';
import { stochasticGelu as onArrays } from '../../src/functions/stochastic.js';
import { stochasticRrelu as rreluOnArrays, stochasticRreluBackward } from '../../src/functions/stochastic-rrelu.js';
import { bilinear, geglu, glu, reglu, stochasticGelu, stochasticRrelu, swiglu } from '../../src/tfjs/index.js';

// What must hold on every backend of TensorFlow.js: on cpu and wasm in Node, on webgl and webgpu in a browser.

const close = (actual: ArrayLike<number>, expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  for (const [i, v] of expected.entries()) expect(Math.abs(actual[i] - v)).toBeLessThan(1e-6 * (1 + Math.abs(v)));
};

const UNITS = [
  [glu, 'sigmoid', {}, {}],
  [geglu, 'gelu', {}, {}],
  [geglu, 'gelu', { approximate: 'tanh' }, { approximate: true }],
  [swiglu, 'silu', {}, {}],
  [swiglu, 'silu', { beta: 2 }, { beta: 2 }],
  [reglu, 'relu', {}, {}],
  [bilinear, 'identity', {}, {}],
  [glu, 'mish', {}, { activation: 'mish' }],
] as const;

/** value · act(gate) and its derivatives, of halves of an axis in both orders and of two tensors. */
export async function gatedUnits(): Promise<void> {
  const [value, gate] = [
    [1, -2, 0.5, 3],
    [-1, 0.5, 2, -0.25],
  ];
  for (const [unit, name, parameters, options] of UNITS) {
    const { evaluate } = named(name, parameters);
    const f = unit as (...args: unknown[]) => tf.Tensor;
    const expected = value.map((v, i) => v * evaluate(0, gate[i]));
    const [v, g] = [tf.tensor2d(value, [2, 2]), tf.tensor2d(gate, [2, 2])];
    for (const axis of [0, 1, -1]) {
      const y = f(tf.concat([v, g], axis), { ...options, axis });
      expect(y.shape).toEqual([2, 2]);
      close(await y.data(), expected);
      close(await f(tf.concat([g, v], axis), { ...options, axis, order: 'gateFirst' }).data(), expected);
    }
    close(await f(g, v, options).data(), expected);
    const [ofGate, ofValue] = tf.grads((a: tf.Tensor, b: tf.Tensor) => f(a, b, options))([g, v]);
    close(
      await ofGate.data(),
      value.map((w, i) => w * evaluate(1, gate[i])),
    );
    close(
      await ofValue.data(),
      gate.map((w) => evaluate(0, w)),
    );
    const joined = tf.grad((t: tf.Tensor) => f(t, options))(tf.concat([v, g], 1));
    close(
      await tf.slice(joined, [0, 2], [2, 2]).data(),
      value.map((w, i) => w * evaluate(1, gate[i])),
    );
    const second = tf.grad(tf.grad((a: tf.Tensor) => f(a, v, options)))(g);
    close(
      await second.data(),
      value.map((w, i) => w * evaluate(2, gate[i])),
    );
  }
  const x = tf.ones([2, 3]);
  const four = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  expect(await geglu(four, { dim: 0 }).data()).toEqual(await geglu(four, { axis: 0 }).data());
  expect(() => geglu(x)).toThrow("'x' must be even and not 0 along axis -1");
  expect(() => geglu(x, { axis: 2 })).toThrow("'axis' must be an axis of rank 2");
  expect(() => geglu(x, { axis: 0, order: 'last' as 'gateFirst' })).toThrow("'order' must be");
  expect(() => geglu(x, tf.ones([3, 2]))).toThrow("'value' must be of the gate's shape");
  expect(() => geglu(x, x, { axis: 0 } as object)).toThrow('options.axis');
  expect(() => swiglu(x, { approximate: 'tanh' } as object)).toThrow('options.approximate');
}

/** The same elements as the core drops, and the gradient of what is kept. */
export async function stochasticForm(): Promise<void> {
  const n = 5000;
  const numbers = Float32Array.from({ length: n }, (_, i) => Math.sin(i * i) * (i % 7 === 0 ? 8 : 3));
  numbers.set([0, -0, Number.NaN, Infinity, -Infinity, 1e-30, -1e-30, -40, 40, 1e-9]);
  const x = tf.tensor2d(numbers, [n / 10, 10]);
  for (const options of [{ seed: 7 }, { seed: 2 ** 53 - 1, call: 3, offset: 12345 }]) {
    const { output, mask } = onArrays(numbers, options);
    const y = (await stochasticGelu(x, options).data()) as Float32Array;
    expect(y).toEqual(output.map((v, i) => (mask[i] === 1 ? v : 0)));
    const slope = await tf
      .grad((t: tf.Tensor) => tf.mul(2, stochasticGelu(t, options)))(x)
      .data();
    expect(Array.from(slope)).toEqual(Array.from(mask, (m) => 2 * m));
  }
  const finite = numbers.map((v, i) => (Number.isFinite(v) ? v : i));
  const own = { seed: 5, lower: 0.1, upper: 0.7, call: 2, offset: 9 };
  const t = tf.tensor1d(finite);
  expect(await stochasticRrelu(t, own).data()).toEqual(rreluOnArrays(finite, own));
  const gradient = tf.grads((u: tf.Tensor) => stochasticRrelu(u, own))([t], t)[0];
  expect(await gradient.data()).toEqual(stochasticRreluBackward(finite, finite, own));
  expect(() => stochasticRrelu(t, { ...own, lower: 1 })).toThrow("'lower' must be at most upper");
  expect(() => stochasticRrelu(t, {} as { seed: number })).toThrow("'seed' must be a number");
  expect(() => stochasticGelu(x, {} as { seed: number })).toThrow("'seed' must be a number");
  expect(() => stochasticGelu(x, { seed: 1.5 })).toThrow("'seed' must be an integer");
  expect(() => stochasticGelu(x, { seed: 1, out: x } as { seed: number })).toThrow('options.out');
}
