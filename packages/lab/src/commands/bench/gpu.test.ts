import { expect, test } from 'vitest';
import { hasAdapter } from '../../../../gelu/scripts/webgpu.mjs';
import { gpuSection, timeGPU } from './gpu.js';

test.skipIf(!hasAdapter && !process.env.CI)('WebGPU is timed beside a copy, on an adapter that is named', async () => {
  const found = await timeGPU(1, () => {});
  if ('reason' in found) throw new Error(found.reason);
  expect(found.adapter).not.toBe('');
  expect(found.results.map(({ kernel }) => kernel)).toEqual([
    'copy',
    'none',
    'none, backward',
    'tanh',
    'tanh, backward',
    'sigmoid',
    'sigmoid, backward',
  ]);
  for (const { best, median, ratioToCopy } of found.results) {
    expect(best).toBeGreaterThan(0);
    expect(best).toBeGreaterThanOrEqual(median);
    expect(ratioToCopy).toBeCloseTo(best / found.results[0].best, 10);
  }
  const section = gpuSection(found).join('\n');
  expect(section).toContain(`elements on ${found.adapter}\n`);
  expect(section).toMatch(/^none, backward +[\d.]+ +[\d.]+ +[\d.]+$/m);
});

test('where it cannot be timed, the page says why', () => {
  expect(gpuSection({ reason: 'no adapter' }).join('\n')).toContain('Not measured: no adapter');
});
