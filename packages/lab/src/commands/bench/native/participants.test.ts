import { expect, test } from 'vitest';
import { CALL_LENGTHS } from '../calls.js';
import { markdown } from '../markdown.js';
import { FORMS } from './forms.js';
import { kernels, memoryCopy } from './participants.js';

// The processes run the built program.

test('a process of kernels and one that copies answer each question with the time of a pass', async () => {
  const participants = await Promise.all([kernels('off', 1024), memoryCopy(1024)]);
  expect(participants.map(({ forms }) => forms.length)).toEqual([FORMS.length, 1]);
  for (const participant of participants)
    for (const i of participant.forms.keys()) {
      const seconds = await participant.time(i);
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThan(1);
    }
  for (const participant of participants) participant.end();
});

test('a process that ends is an error, not a wait', async () => {
  await expect(memoryCopy(-1)).rejects.toThrow('memory copy ended with 1');
});

test('the report has the ratios of native kernels, and what calls cost; what was not measured is left out', () => {
  const result = (implementation: string, form: string, gelemPerSecond: number) => ({
    ...{ implementation, form, gelemPerSecond },
    ...{ version: '-', median: gelemPerSecond, ratioToCopy: 1 },
  });
  const results = [
    result('gelu, WebAssembly', 'fast none', 2),
    result('gelu, avx2', 'fast none', 3),
    result('ONNX Runtime node', 'none', 1),
  ];
  const text = markdown({
    environment: { date: '' } as never,
    ...{ tables: undefined, steps: undefined, gpu: undefined, axes: undefined },
    native: [{ name: '16 MiB', elements: 4194304, results, missing: [] }],
    calls: [{ implementation: 'ours', form: 'fast', nanoseconds: CALL_LENGTHS.map((n) => 1.6 * n) }],
  } as never);
  expect(text).toContain('| gelu, avx2: fast none | 1.50 | 3.00 |');
  expect(text).toContain('| ours, fast | 2 | 6 | 26 | 102 | 410 | 1638 |');
  expect(text).not.toContain('undefined |');
  expect(text).not.toContain('## A training step');
});
