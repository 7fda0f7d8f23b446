import { type Device, defaultDevice, grad, init, jit, numpy as np } from '@jax-js/jax';
import { afterAll, describe, expect, test } from 'vitest';
import { activation } from '../activations/index.js';
import { ulp } from '../numerics/ulp.js';
import { activationFunction } from './index.js';

afterAll(() => {
  defaultDevice('wasm');
});

const ENDS = Float32Array.of(-Infinity, -3.4e38, 3.4e38, Infinity);
const X = Float32Array.from({ length: 3000 }, (_, i) => (i < ENDS.length ? ENDS[i] : (i - 2000) / 100));

describe.each<Device>(['webgpu', 'webgl'])('by look-up, on %s', (device) => {
  test.each(['gelu', 'gelu_new', 'silu', 'elu', 'softsign', 'logsigmoid'])('%s', async (name) => {
    expect(await init(device)).toContain(device);
    defaultDevice(device);
    const f = activationFunction(name);
    const { evaluate } = activation(name);
    const slope = grad((x: np.Array) => f(x).sum()) as typeof f;
    for (const [g, order] of [
      [f, 0],
      [jit(f), 0],
      [slope, 1],
    ] as const) {
      const y = await g(np.array(X)).data();
      X.forEach((x, i) => {
        const right = Math.fround(evaluate(order, x));
        // GPUs may take subnormal numbers for 0.
        const near = Math.abs(right) < 2 ** -126 ? 2 ** -126 : 4 * ulp(right, 'float32');
        if (y[i] !== right) expect(Math.abs(y[i] - right), `order ${order} at ${x}`).toBeLessThan(near);
      });
    }
    for (const g of [f, slope]) expect((await g(np.array([Number.NaN])).data())[0]).toBeNaN();
  });
});
