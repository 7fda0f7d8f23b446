import { numpy as np } from '@jax-js/jax';
import { beforeAll, expect, test } from 'vitest';
import { startEngine } from './engine.js';
import { total } from './trainer.js';

beforeAll(startEngine);

test.each([[[3]], [[257]], [[1000, 1000]], [[50257, 64]]])(
  'a sum in float32 that does not drift: %j',
  async (shape) => {
    const size = shape.reduce((product, n) => product * n, 1);
    const [sum] = (await total(np.full(shape, 0.1)).data()) as Float32Array;
    expect(Math.abs(sum / (size * Math.fround(0.1)) - 1)).toBeLessThan(2e-6);
  },
);
