import { expect, test } from 'vitest';
import '../fast.js';
import { GeluRangeError, GeluTypeError, gelu, silu } from '../index.js';
import { quick } from './quick.js';

// biome-ignore lint/suspicious/noExplicitAny: what TypeScript would refuse is passed on purpose
const any = (value: unknown): any => value;
const ramp = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => i / 100 - 8);

test('the shorter way gives the bits of the usual one', () => {
  const way = quick.call;
  expect(way).toBeDefined();
  for (const length of [1, 7, 64, 1600])
    for (const precision of ['correct', 'fast'] as const)
      for (const approximate of ['none', 'tanh', true] as const) {
        const short = gelu(ramp(length), { precision, approximate });
        delete quick.call;
        expect(gelu(ramp(length), { precision, approximate })).toEqual(short);
        if (way) quick.call = way;
      }
});

test('what an option’s getter does to the input is seen', () => {
  const x = ramp(100);
  const detaching = {
    get precision() {
      structuredClone(x.buffer, { transfer: [x.buffer] });
      return 'correct' as const;
    },
  };
  expect(() => gelu(x, detaching)).toThrow(GeluTypeError);
  const room = new (any(ArrayBuffer))(400, { maxByteLength: 800 }) as ArrayBuffer;
  const y = new Float32Array(room);
  const shrinking = {
    get precision() {
      any(room).resize?.(200);
      return 'correct' as const;
    },
  };
  expect(gelu(y, shrinking)).toHaveLength('resize' in room ? 50 : 100);
});

test('an input that is not as it seems is refused as on the usual way', () => {
  const x = ramp(10);
  expect(() => silu(x, any({ betta: 1 }))).toThrow(GeluTypeError);
  expect(() => gelu(x, { out: new Float32Array(9) })).toThrow(GeluRangeError);
  expect(() => gelu(x.subarray(0, 5), { out: x.subarray(2, 7) })).toThrow(GeluRangeError);
  expect(() => gelu(x, { precision: any('exact') })).toThrow(GeluRangeError);
  expect(() => gelu(x, { approximate: any('erf') })).toThrow(GeluRangeError);
});

test('arrays that were apart once are looked at again where their memory can change', () => {
  const [x, out] = [ramp(10), new Float32Array(10)];
  const expected = gelu(x);
  for (let i = 0; i < 3; i++) expect(gelu(x, { out: out.fill(0) })).toEqual(expected);
  expect(() => gelu(x.subarray(0, 9), { out })).toThrow(GeluRangeError);
  structuredClone(out.buffer, { transfer: [out.buffer] });
  expect(() => gelu(x, { out })).toThrow();
  const room = new (any(ArrayBuffer))(80, { maxByteLength: 160 }) as ArrayBuffer;
  if (!('resize' in room)) return;
  // Behind the end of their memory both have no length and no place; grown again they overlap.
  const a = new Float32Array(room, 8, 10);
  const b = new Float32Array(room, 16, 10);
  any(room).resize(4);
  expect(() => gelu(a, { out: b })).toThrow();
  any(room).resize(80);
  expect(() => gelu(a, { out: b })).toThrow(GeluRangeError);
  const c = new Float32Array(room, 0, 4);
  const d = new Float32Array(room, 40, 4);
  gelu(c, { out: d });
  any(room).resize(44);
  expect(() => gelu(c, { out: d })).toThrow();
});
