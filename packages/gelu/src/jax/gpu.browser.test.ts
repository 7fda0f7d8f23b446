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

const EDGES = Float32Array.of(0, NaN, Infinity, -Infinity, 0.5, -0.5, 1, -1, 3, 1e10, -1e10, 1e12, 3e38, -3e38);

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

  // Whole numbers from 2³¹ to 10²¹ and what overflows float32 are no literals of shaders.
  test.each([
    ['relu', {}],
    ['hardtanh', { minVal: -1e12, maxVal: 1e12 }],
    ['threshold', { threshold: 1e15, value: -1e12 }],
    ['elu', { alpha: 1e10 }],
  ] as const)('%s %o at the edges', async (name, parameters) => {
    expect(await init(device)).toContain(device);
    defaultDevice(device);
    const bound = activation(name, parameters);
    const f = activationFunction(name, parameters);
    const slope = grad((x: np.Array) => f(x).sum()) as typeof f;
    for (const [order, g] of [f, slope].entries()) {
      const y = (await g(np.array(EDGES)).data()) as Float32Array;
      const { worst, at } = worstError(bound, order as 0 | 1, EDGES, y, { flush: true, unsignedZeros: true });
      expect(worst, `order ${order} at ${at}`).toBeLessThan(4);
    }
  });
});
