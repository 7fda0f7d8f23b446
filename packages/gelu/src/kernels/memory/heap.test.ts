import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { GeluRangeError, GeluTypeError, gelu } from '../../index.js';
import { allocate, free } from './heap.js';
import { memoryOf } from './memories.js';

const overlap = (a: Float32Array, b: Float32Array): boolean =>
  a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;

test('room that was freed is used again, filled with zeros', () => {
  const a = allocate('float32', 100_003).fill(7);
  expect(memoryOf(a.buffer)).toBeDefined();
  free(a);
  const b = allocate('float32', 100_003);
  expect(b.buffer).toBe(a.buffer);
  expect(b.byteOffset).toBe(a.byteOffset);
  expect(b.every((v) => v === 0)).toBe(true);
  free(b);
});

test('any order of allocating and freeing: live arrays never overlap, and all room comes back', () => {
  const live: Float32Array[] = [];
  let state = 7;
  const random = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  for (let i = 0; i < 400; i++) {
    if (live.length > 0 && random(2)) free(live.splice(random(live.length), 1)[0]);
    else {
      const array = allocate('float32', random(3) ? random(1000) : 0);
      for (const other of live) expect(overlap(array, other)).toBe(false);
      expect(array.byteOffset % 64).toBe(0);
      live.push(array.fill(i));
    }
  }
  for (const array of live.splice(0)) free(array);
  const whole = allocate('float32', 60 << 20);
  expect(memoryOf(whole.buffer)).toBeDefined();
  free(whole);
});

describe('free takes nothing but what allocate returned and still owns', () => {
  const x = allocate('float32', 64).fill(1);
  const freed = allocate('float32', 64);
  free(freed);
  it.each([
    ['a view of it', x.subarray(1)],
    ['a view of all of it', new Float32Array(x.buffer, x.byteOffset, 64)],
    ['an empty view', x.subarray(0, 0)],
    ['the whole memory', new Float32Array(x.buffer)],
    ['another class on its memory', new Uint8Array(x.buffer, x.byteOffset, 256)],
    ['one that was freed', freed],
    ['an array from elsewhere', new Float32Array(64)],
    ['its copy', structuredClone(x.slice())],
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['a symbol', Symbol('x')],
    ['a proxy of it', new Proxy(x, {})],
  ])('%s', (_, array) => {
    expect(() => free(array as Float32Array)).toThrow(GeluTypeError);
    const others = Array.from({ length: 4 }, () => allocate('float32', 64).fill(2));
    for (const other of others) expect(overlap(other, x)).toBe(false);
    expect(x.every((v) => v === 1)).toBe(true);
    for (const other of others) free(other);
  });
});

test.each([-1, 1.5, Number.NaN, Infinity, 2 ** 53, Number.MAX_SAFE_INTEGER])('no array of length %s', (length) => {
  expect(() => allocate('float32', length)).toThrow(GeluRangeError);
});

test.each(['5', 5n, null, undefined, {}, [5], true, Symbol('5')])('a length is a number, not %s', (length) => {
  expect(() => allocate('float32', length as number)).toThrow(GeluTypeError);
});

test.each(['float64', 'float16', 'int8', undefined, null, 32])('no array of type %s', (dtype) => {
  expect(() => allocate(dtype as 'float32', 3)).toThrow(GeluRangeError);
});

test('from 2 GiB on: worked on in place as others, or an error that says that there is no room', () => {
  const length = 2 ** 29 + 1000;
  let x: Float32Array;
  try {
    x = allocate('float32', length);
  } catch (error) {
    expect(error).toBeInstanceOf(GeluRangeError);
    return;
  }
  expect(x.length).toBe(length);
  const end = x.subarray(length - 100_000);
  end.forEach((_, i) => {
    end[i] = Math.sin(i) * 9;
  });
  const expected = gelu(end.slice());
  expect(gelu(end, { out: end })).toEqual(expected);
  expect(x[0]).toBe(0);
  free(x);
});

// Browsers do not load a module anew.
describe.runIf(typeof process === 'object')('without WebAssembly', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('arrays are ordinary ones, freed once', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const heap = await import('./heap.js');
    const array = heap.allocate('float32', 5);
    expect(array).toEqual(new Float32Array(5));
    heap.free(array);
    expect(() => heap.free(array)).toThrow('freed');
    expect(() => heap.allocate('float32', 2 ** 53 - 1)).toThrow('fits in memory');
  });
});
