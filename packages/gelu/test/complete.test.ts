import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

// `gelu` in Node, as it is published, has what is apart for browsers.
const require = createRequire(import.meta.url);

test.each(['esm', 'cjs'])('in Node the fast kernels are there: %s', async (format) => {
  const path = `../dist/${format}/complete.js`;
  const { gelu } = format === 'esm' ? await import(path) : require(path);
  const x = Float32Array.from({ length: 20000 }, (_, i) => i / 1000 - 10);
  const [correct, fast] = [gelu(x), gelu(x, { precision: 'fast' })];
  const different = correct.filter((y: number, i: number) => y !== fast[i]).length;
  expect(different).toBeGreaterThan(100);
  expect(different).toBeLessThan(10000);
});
