import { type Device, defaultDevice, grad, init, jit, numpy as np } from '@jax-js/jax';
import { afterAll, describe, expect, test } from 'vitest';
import { worstError } from '../../test/support/errors.js';
import { activation } from '../activations/index.js';
import { activationFunction } from './index.js';

afterAll(() => {
  defaultDevice('wasm');
});

const ENDS = Float32Array.of(-Infinity, -3.4e38, 3.4e38, Infinity, Number.NaN);
const X = Float32Array.from({ length: 3000 }, (_, i) => (i < ENDS.length ? ENDS[i] : (i - 2000) / 100));

describe.each<Device>(['webgpu', 'webgl'])('by look-up, on %s', (device) => {
  test.each(['gelu', 'gelu_new', 'silu', 'elu', 'softsign', 'logsigmoid'])('%s', async (name) => {
    expect(await init(device)).toContain(device);
    defaultDevice(device);
    const f = activationFunction(name);
    const slope = grad((x: np.Array) => f(x).sum()) as typeof f;
    for (const [g, order] of [
      [f, 0],
      [jit(f), 0],
      [slope, 1],
    ] as const) {
      const y = (await g(np.array(X)).data()) as Float32Array;
      const { worst, at } = worstError(activation(name), order, X, y, { flush: true, unsignedZeros: true });
      expect(worst, `order ${order} at ${at}`).toBeLessThan(4);
    }
  });
});
