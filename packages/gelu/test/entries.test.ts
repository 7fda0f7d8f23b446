import { expect, test, vi } from 'vitest';
import { APPROXIMATE } from '../src/activations/gelu/approximate.js';

const x = Float32Array.from({ length: 40_000 }, (_, i) => Math.sin(i) * 6);
const wide = Float64Array.from(x);

/** The library as it is without the entries that make it faster, and with one of them. */
async function load(
  extra?: '../src/fast.js' | '../src/float64.js',
): Promise<typeof import('../src/functions/gelu.js')> {
  vi.resetModules();
  if (extra !== undefined) await import(extra);
  return import('../src/functions/gelu.js');
}

test("without gelu/fast 'fast' is the correctly rounded result, with it another one", async () => {
  const [plain, faster] = [await load(), await load('../src/fast.js')];
  const exact = plain.gelu(x);
  expect(plain.gelu(x, { precision: 'fast' })).toEqual(exact);
  expect(faster.gelu(x)).toEqual(exact);
  expect(faster.gelu(x, { precision: 'fast' })).not.toEqual(exact);
});

test.each(APPROXIMATE)('float64 has the same bits with gelu/float64, %s', async (approximate) => {
  const [plain, faster] = [await load(), await load('../src/float64.js')];
  const gradient = wide.map((v) => v / 3);
  expect(faster.gelu(wide, { approximate })).toEqual(plain.gelu(wide, { approximate }));
  expect(faster.geluBackward(gradient, wide, { approximate })).toEqual(
    plain.geluBackward(gradient, wide, { approximate }),
  );
  expect(faster.gelu(0.3, { approximate })).toBe(plain.gelu(0.3, { approximate }));
});
