import { spawnSync } from 'node:child_process';
import {
  activationFunction,
  activations,
  defineActivation,
  GeluRangeError,
  GeluStateError,
  GeluTypeError,
  gelu,
  geluBackward,
  geluDerivative,
  leakyRelu,
  registerActivation,
} from 'gelu';
import { createPool, GeluPool } from 'gelu/threads';
import { afterAll, expect, test } from 'vitest';
import type { Owner, Thread } from './spawn.js';

// Workers run built files, so this tests the build.
const built = new URL('../../dist/threads/spawn.js', import.meta.url).href;
const { threadStarter }: typeof import('./spawn.js') = await import(/* @vite-ignore */ built);
const pool = await createPool({ threads: 2 });
afterAll(() => pool.close());

const LENGTH = 700_001; // several parts, the last one short
const x = Float32Array.from({ length: LENGTH }, (_, i) => Math.sin(i) * 12);
const g = Float32Array.from({ length: LENGTH }, (_, i) => Math.cos(i));
const share = <T extends Float32Array | Float64Array | Uint16Array>(array: T): T => {
  const shared = new (array.constructor as Float32ArrayConstructor)(new SharedArrayBuffer(array.byteLength));
  shared.set(array as Float32Array);
  return shared as T;
};

/** As toEqual, which takes seconds for so many numbers. */
function expectSame(actual: ArrayBufferView, expected: ArrayBufferView): void {
  const bytes = (view: ArrayBufferView) => Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  expect(actual.constructor).toBe(expected.constructor);
  expect(bytes(actual).equals(bytes(expected))).toBe(true);
}

test('has the threads asked for', () => {
  expect(pool.threads).toBe(2);
});

test('gives the bits that the synchronous functions give', async () => {
  expectSame(await pool.gelu(x), gelu(x));
  expectSame(await pool.gelu(share(x), { approximate: 'tanh' }), gelu(x, { approximate: 'tanh' }));
  expectSame(await pool.geluDerivative(x, { precision: 'fast' }), geluDerivative(x, { precision: 'fast' }));
  expectSame(await pool.geluBackward(share(g), x), geluBackward(g, x));
  const wide = Float64Array.from(x.subarray(0, 300_000));
  expectSame(await pool.gelu(wide, { mean: 1, std: 2 }), gelu(wide, { mean: 1, std: 2 }));
  const bits = Uint16Array.from({ length: 300_000 }, (_, i) => i);
  expectSame(await pool.gelu(bits, { dtype: 'bfloat16' }), gelu(bits, { dtype: 'bfloat16' }));
});

test('any activation, with its parameters', async () => {
  const short = x.subarray(0, 200_000);
  const gradient = g.subarray(0, 200_000);
  for (const definition of activations) {
    const f = activationFunction(definition);
    expectSame(await pool.forward(f, short), f(short));
    expectSame(await pool.backward(f, gradient, short), f.backward(gradient, short));
  }
  const options = { negativeSlope: 0.3 };
  expectSame(await pool.forward(leakyRelu, x, options), leakyRelu(x, options));
  expectSame(await pool.derivative(leakyRelu, x, options), leakyRelu.derivative(x, options));
  await expect(pool.forward(leakyRelu, x, { slope: 1 } as never)).rejects.toThrow('negativeSlope, out, dtype');
});

test('an activation of one’s own, which no worker has', async () => {
  const definition = defineActivation({
    name: 'bump',
    value: (v) => Math.exp(-v * v),
    domain: [-11, 11],
    above: { slope: 0 },
  });
  const bump = activationFunction(definition);
  expectSame(await pool.forward(bump, x), bump(x));
  registerActivation(definition);
  expectSame(await pool.forward(bump, x), bump(x));
});

test('writes where it is told, in shared memory, in place, several calls at once', async () => {
  const input = share(x);
  const out = share(new Float32Array(LENGTH));
  const inPlace = share(x);
  const alsoInPlace = x.slice();
  const results = await Promise.all([
    pool.gelu(input, { out }),
    pool.gelu(inPlace, { out: inPlace }),
    pool.gelu(alsoInPlace, { out: alsoInPlace }),
    pool.gelu(x.subarray(0, 10)),
  ]);
  const expected = gelu(x);
  expect(results[0]).toBe(out);
  for (const result of results.slice(0, 3)) expectSame(result, expected);
  expectSame(results[3], expected.subarray(0, 10));
});

/** Threads of which the first `count` die as soon as they have been sent a part. */
function mortal(start: (owner: Owner) => Thread, count: number): (owner: Owner) => Thread {
  let left = count;
  return (owner) => {
    const thread = start(owner);
    return {
      ...thread,
      send: (part) => {
        thread.send(part);
        if (left-- > 0) thread.end();
      },
    };
  };
}

test.each([
  ['some workers die', 3],
  ['all workers die', Infinity],
])('%s: every part is done all the same', async (_, deaths) => {
  const start = await threadStarter();
  if (start === undefined) throw new Error('no threads here');
  const frail = new GeluPool(2, mortal(start, deaths));
  const inPlace = share(x);
  await Promise.all([frail.gelu(inPlace, { out: inPlace }), frail.geluBackward(g, x)]);
  expectSame(inPlace, gelu(x));
  expect(frail.threads).toBe(deaths === Infinity ? 0 : 2);
  await frail.close();
});

test('without threads the caller does the work', async () => {
  const none = new GeluPool(2, undefined);
  expect(none.threads).toBe(0);
  expectSame(await none.gelu(x), gelu(x));
});

test('close rejects what is in progress and what comes later', async () => {
  const closing = await createPool({ threads: 1 });
  const work = closing.gelu(x);
  const closed = closing.close();
  await expect(work).rejects.toThrow(GeluStateError);
  await closed;
  await expect(closing.gelu(x)).rejects.toThrow(GeluStateError);
});

test('bad input is refused as by the functions', async () => {
  await expect(pool.gelu([1] as never)).rejects.toThrow(GeluTypeError);
  await expect(pool.gelu(x, { out: new Float32Array(1) })).rejects.toThrow(GeluRangeError);
  await expect(createPool({ threads: 0 })).rejects.toThrow(GeluRangeError);
  await expect(createPool({ threads: '2' as never })).rejects.toThrow(GeluTypeError);
});

test('a pool that is not closed lets the process end', () => {
  const program = `
    import { createPool } from 'gelu/threads';
    const pool = await createPool({ threads: 2 });
    const y = await pool.gelu(new Float32Array(500000).fill(1));
    console.log(y[499999]);`;
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: import.meta.dirname,
    timeout: 30_000,
    encoding: 'utf8',
  });
  expect(result.stdout.trim()).toBe(String(Math.fround(gelu(1))));
  expect(result.status).toBe(0);
});
