import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasAdapter, nodeDevice } from '../../scripts/webgpu.mjs';
import { boundOf, CASES, points, worstError } from '../../test/gpu-accuracy.js';
import { activation } from '../activations/index.js';
import { createGeluGPU, type GeluGPU } from './index.js';

describe.skipIf(!hasAdapter && !process.env.CI)('float32 on the software adapter', () => {
  let device: GPUDevice;
  let gpu: GeluGPU;
  const x = points();
  const ones = new Float32Array(x.length).fill(1);

  beforeAll(async () => {
    device = await nodeDevice();
    gpu = await createGeluGPU(device);
  });
  afterAll(() => device.destroy());

  test.each(CASES)('%s %o and its derivative', async (name, parameters) => {
    const bound = activation(name, parameters);
    const f = await gpu.activation(name, parameters);
    for (const order of [0, 1] as const) {
      const y = await (order === 0 ? f.forward(x) : f.backward(ones, x));
      const { worst, at } = worstError(bound, order, x, y);
      expect(worst, `order ${order}, at ${at}`).toBeLessThanOrEqual(boundOf(bound, order));
    }
  });
});
