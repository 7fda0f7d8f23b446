import { type Device, defaultDevice, grad, init, numpy as np } from '@jax-js/jax';
import { afterAll, expect, test } from 'vitest';
import { worstError } from '../../test/support/errors.js';
import { activation } from '../activations/index.js';
import { activationFunction } from './index.js';

afterAll(() => {
  defaultDevice('wasm');
});

const X = Float32Array.from({ length: 500 }, (_, i) => (i - 250) / 25);
const ORDERS: readonly (readonly Device[])[] = [
  ['cpu', 'wasm', 'webgpu', 'webgl', 'webgpu'],
  ['webgl', 'webgpu', 'cpu', 'wasm', 'webgl'],
];

// The same function on one device after the other: by its argument's device, and by the default one.
test.each(['gelu', 'calu', 'lalu'].flatMap((name) => ORDERS.map((order) => [name, order] as const)))(
  '%s on %j',
  async (name, order) => {
    await init(...order);
    const f = activationFunction(name);
    const slope = grad((x: np.Array) => f(x).sum()) as typeof f;
    for (const device of order)
      for (const byDefault of [true, false]) {
        defaultDevice(byDefault ? device : 'wasm');
        for (const [g, k] of [
          [f, 0],
          [slope, 1],
        ] as const) {
          const y = (await g(np.array(X, { device })).data()) as Float32Array;
          const { worst, at } = worstError(activation(name), k, X, y, { flush: true, unsignedZeros: true });
          expect(worst, `order ${k} on ${device} at ${at}`).toBeLessThan(4);
        }
      }
  },
);
