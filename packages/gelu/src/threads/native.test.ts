import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gelu, geluBackward } from '../functions/gelu.js';
import { native } from '../kernels/native/hook.js';
import { nativeKernels } from '../native.js';
import { createPool, type GeluPool } from './index.js';

// Only where there is a compiler, and kernels for this processor.
describe.skipIf(nativeKernels().running === undefined)('a pool with native kernels, on ordinary arrays', () => {
  const x = Float32Array.from({ length: 3_000_001 }, (_, i) => ((i * 7919) % 20011) / 1000 - 10);
  let pool: GeluPool;
  beforeAll(async () => {
    pool = await createPool({ threads: 3 });
  });
  afterAll(() => pool.close());

  test('gives the bits of WebAssembly, forward, backward and in place', async () => {
    const { run } = native;
    delete native.run;
    const expected = [gelu(x), geluBackward(x, x, { approximate: 'tanh' })];
    native.run = run as NonNullable<typeof run>;
    expect(await pool.gelu(x)).toEqual(expected[0]);
    expect(await pool.geluBackward(x, x, { approximate: 'tanh' })).toEqual(expected[1]);
    const copy = x.slice();
    expect(await pool.gelu(copy, { out: copy })).toBe(copy);
    expect(copy).toEqual(expected[0]);
  });

  test('lets the program go on meanwhile', async () => {
    let turns = 0;
    const count = setInterval(() => turns++, 0);
    const all = Promise.all([pool.gelu(x), pool.gelu(x), pool.gelu(x)]);
    await all;
    clearInterval(count);
    expect(turns).toBeGreaterThan(0);
  });

  test('rejects a call whose array is transferred, and goes on with others', async () => {
    const gone = x.slice();
    const call = pool.gelu(gone);
    const caught = call.catch((error: Error) => error);
    await new Promise((resolve) => setImmediate(resolve));
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    expect(String(await caught)).toMatch(/left unchanged until the call is done/);
    expect((await pool.gelu(x))[5]).toBe(gelu(x.subarray(5, 6))[0]);
  });

  test('rejects what is in progress when it is closed', async () => {
    const other = await createPool({ threads: 2 });
    const call = other.gelu(x).catch((error: Error) => error);
    await new Promise((resolve) => setImmediate(resolve));
    await other.close();
    expect(String(await call)).toMatch(/closed/);
  });
});
