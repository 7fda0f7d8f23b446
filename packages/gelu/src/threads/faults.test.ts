import { GeluRangeError, GeluStateError, GeluTypeError, gelu, geluBackward } from 'gelu';
import { GeluPool } from 'gelu/threads';
import { expect, test } from 'vitest';
import { type Thread, threadStarter } from '../../dist/threads/spawn.js';

// A pool under random faults for GELU_POOL_SECONDS (2; a minute is the long version): buffers that are transferred or shrink,
// workers that are ended, options that are wrong or throw. Every promise must settle, with the right bits or an error of the
// library, and later calls go on.
const SECONDS = Number(process.env.GELU_POOL_SECONDS ?? 2);
const LENGTH = 400_000;
const values = Float32Array.from({ length: LENGTH }, (_, i) => Math.sin(i) * 12);
const expected = gelu(values);
const product = geluBackward(values, values);

let state = 5;
const random = (n: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
};
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, random(8)));
const transfer = (array: Float32Array): unknown =>
  structuredClone(array.buffer, { transfer: [array.buffer as ArrayBuffer] });
const resizable = (): Float32Array => {
  const Buffer = ArrayBuffer as unknown as new (bytes: number, options: object) => ArrayBuffer;
  const array = new Float32Array(new Buffer(4 * LENGTH, { maxByteLength: 4 * LENGTH }));
  array.set(values);
  return array;
};

/** A call with a fault or without one: what the result must be, if there is one. */
function call(pool: GeluPool): readonly [Promise<Float32Array>, Float32Array] {
  const x = values.slice();
  switch (random(8)) {
    case 0:
      void soon().then(() => transfer(x));
      return [pool.gelu(x), expected];
    case 1: {
      const out = new Float32Array(LENGTH);
      void soon().then(() => transfer(out));
      return [pool.gelu(x, { out }), expected];
    }
    case 2: {
      const shrinking = resizable();
      void soon().then(() => (shrinking.buffer as unknown as { resize?(bytes: number): void }).resize?.(64));
      return [pool.gelu(shrinking), expected];
    }
    case 3:
      return [pool.gelu(x, { approximate: random(2) ? ('erf' as never) : undefined, typo: 1 } as never), expected];
    case 4:
      return [pool.gelu(x, new Proxy({}, { ownKeys: () => [Symbol('x'), 'out'] }) as never), expected];
    case 5:
      return [pool.geluBackward(x, values), product];
    case 6:
      return [pool.gelu(x, { out: x }), expected];
    default:
      return [pool.gelu(x), expected];
  }
}

const same = (a: Float32Array, b: Float32Array): boolean =>
  a.length === b.length && Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer));

test(
  `${SECONDS} s of faults: every call settles, with the right bits or an error of the library`,
  async () => {
    const start = await threadStarter();
    if (start === undefined) throw new Error('no threads here');
    const threads: Thread[] = [];
    const pool = new GeluPool(2, (owner) => {
      const thread = start(owner);
      threads.push(thread);
      return thread;
    });
    const end = performance.now() + 1000 * SECONDS;
    let [done, refused] = [0, 0];
    // On a busy machine until both ends were met.
    while (performance.now() < end || ((done === 0 || refused === 0) && performance.now() < end + 40_000)) {
      const calls = Array.from({ length: 1 + random(4) }, () => call(pool));
      // Now and then a worker ends, but not so often that the pool gives up on workers.
      if (random(4) === 0) void soon().then(() => threads[threads.length - 1 - random(2)]?.end());
      // Compared at once: a transfer may come later than the result.
      const settled = await Promise.allSettled(calls.map(async ([promise, right]) => same(await promise, right)));
      settled.forEach((result) => {
        if (result.status === 'fulfilled') {
          expect(result.value).toBe(true);
          done++;
          return;
        }
        const { reason } = result;
        if (![GeluTypeError, GeluRangeError, GeluStateError].some((Ours) => reason instanceof Ours)) throw reason;
        refused++;
      });
    }
    expect(done).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
    const last = Promise.allSettled(Array.from({ length: 4 }, () => pool.gelu(values)));
    await pool.close();
    for (const result of await last) expect((result as PromiseRejectedResult).reason).toBeInstanceOf(GeluStateError);
  },
  1000 * SECONDS + 60_000,
);
