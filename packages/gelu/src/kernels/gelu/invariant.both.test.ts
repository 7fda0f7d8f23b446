import { expect, test } from 'vitest';
import '../../fast.js';
import { APPROXIMATE } from '../../activations/gelu/approximate.js';
import { gelu, geluBackward } from '../../functions/gelu.js';
import { allocate, free } from '../memory/heap.js';

// An element has the same bits in every array: whatever its length, its neighbours and the array's place in memory.

test.each(APPROXIMATE)("precision 'fast' is batch-invariant: %s", (approximate) => {
  const options = { approximate, precision: 'fast' } as const;
  const x = Float32Array.from({ length: 4000 }, (_, i) => ((i * 7919) % 4000) / 200 - 12);
  const g = x.map((_, i) => 1 + (i % 7) / 3);
  // The first calls of all are on few elements.
  const single = x.map((_, i) => gelu(x.subarray(i, i + 1), options)[0]);
  const singleGradient = x.map((_, i) => geluBackward(g.slice(i, i + 1), x.slice(i, i + 1), options)[0]);
  for (let length = 1, at = 0; at + length <= x.length; at += length, length += 13) {
    expect(gelu(x.subarray(at, at + length), options)).toEqual(single.slice(at, at + length));
    const gradient = geluBackward(g.subarray(at, at + length), x.subarray(at, at + length), options);
    expect(gradient).toEqual(singleGradient.slice(at, at + length));
  }
  const large = new Float32Array(20 * x.length);
  for (let k = 0; k < 20; k++) large.set(x, k * x.length);
  const results = gelu(large, options);
  for (let k = 0; k < 20; k++) expect(results.slice(k * x.length, (k + 1) * x.length)).toEqual(single);
  const here = allocate('float32', x.length);
  here.set(x);
  expect(gelu(here, { ...options, out: here }).slice()).toEqual(single);
  free(here);
});

test('a call that is like the last one checks no less', () => {
  const x = Float32Array.of(1, 2, 3, 4);
  const out = new Float32Array(4);
  expect(gelu(x, { out })).toBe(out);
  expect(gelu(x, { out: x.slice() })).toEqual(gelu(x));
  expect(() => gelu(x, { out: new Float32Array(3) })).toThrow(/'out' must be of length 4/);
  expect(() => gelu(x, { out: new Float64Array(4) as never })).toThrow(/'out'/);
  const memory = new Float32Array(6);
  expect(() => gelu(memory.subarray(0, 4), { out: memory.subarray(1, 5) })).toThrow(/overlap/);
  expect(() => gelu(x, { precision: 'quick' as never })).toThrow(/'precision'/);
  expect(() => gelu(x, { approximate: 'erf' as never })).toThrow(/'approximate'/);
  expect(() => gelu(x, { outt: out } as never)).toThrow(/'options.outt'/);
  expect(() => gelu(x, null as never)).toThrow(/'options'/);
  expect(gelu(x, { approximate: 'tanh', out })).not.toEqual(gelu(x));
  expect(gelu(x, { out })).toEqual(gelu(x));
  class Own extends Float32Array {}
  expect(gelu(Own.from(x))).toBeInstanceOf(Own);
  const moved = Float32Array.of(1);
  structuredClone(moved.buffer, { transfer: [moved.buffer] });
  expect(() => gelu(moved)).toThrow(/detached/);
  expect(() => gelu(Float32Array.of(1), { out: moved })).toThrow();
});
