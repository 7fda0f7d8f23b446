import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasAdapter, nodeDevice } from '../../scripts/webgpu.mjs';
import { testPoints, worstError } from '../../test/support/errors.js';
import { boundOf, CASES, FAMILY, GPU } from '../../test/support/gpu-accuracy.js';
import { activation, bind, defineActivation } from '../activations/index.js';
import { GeluTypeError } from '../shared/errors.js';
import { createGeluGPU, type GeluGPU } from './index.js';

describe.skipIf(!hasAdapter && !process.env.CI)('float32 on the software adapter', () => {
  let device: GPUDevice;
  let gpu: GeluGPU;
  const x = testPoints();
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
      const { worst, at } = worstError(bound, order, x, y, GPU);
      expect(worst, `order ${order}, at ${at}`).toBeLessThanOrEqual(boundOf(bound, order));
    }
  });

  // A copy of a definition is one for which no shader was written.
  test.each(['gelu', 'silu', 'mish', 'elu', 'lalu', 'calu', 'softplus', 'tanh'])(
    '%s from its definition',
    async (name) => {
      const bound = bind({ ...activation(name).definition });
      const f = await gpu.activation(bound);
      for (const order of [0, 1] as const) {
        const y = await (order === 0 ? f.forward(x) : f.backward(ones, x));
        const { worst, at } = worstError(bound, order, x, y, GPU);
        expect(worst, `order ${order}, at ${at}`).toBeLessThanOrEqual(FAMILY[order]);
      }
    },
  );

  test("a user's own, and one that it would take too many polynomials for", async () => {
    const value = (v: number): number => v * Math.exp(-Math.exp(-v));
    const bound = bind(defineActivation({ name: 'gumbelGate', value, domain: [-4.8, 25], below: { intercept: -0 } }));
    const f = await gpu.activation(bound);
    const { worst } = worstError(bound, 0, x, await f.forward(x), { ...GPU, unsignedZeros: true });
    expect(worst).toBeLessThanOrEqual(FAMILY[0]);
    const wave = defineActivation({
      name: 'wave',
      value: (v) => v + Math.sin(40 * v) / 40,
      domain: [-1e4, 1e4],
      below: { slope: 1 },
    });
    await expect(gpu.activation(wave)).rejects.toThrow(GeluTypeError);
  });

  test('the script that goes through all inputs, on the tail, −∞ and NaN', () => {
    const script = fileURLToPath(new URL('../../scripts/exhaustive-webgpu.mjs', import.meta.url));
    const range = (from: string, to: string): object[] =>
      execFileSync(process.execPath, [script, '--function', "none,none'", '--from', from, '--to', to], {
        encoding: 'utf8',
      })
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    const right = { inputs: 2 ** 22, special: 0, worst: 0 };
    expect(range('0xff800000', '0xffc00000')).toMatchObject([right, right]);
    for (const found of range('0xc1400000', '0xc1800000') as { worst: number; flushed: number }[]) {
      expect(found.worst).toBeLessThanOrEqual(2);
      expect(found.flushed).toBeGreaterThan(1e5);
    }
  });
});
