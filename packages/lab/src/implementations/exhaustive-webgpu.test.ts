import { expect, test } from 'vitest';
import { accuracyMarkdown } from '../commands/accuracy/markdown.js';
import { webgpuResults } from './exhaustive-webgpu.js';

const part = (more: object): string =>
  `${JSON.stringify({ function: "none'", adapter: 'a', from: 0, inputs: 8, worst: 0, worstAt: 0, worstAtRoot: 0, above1_5: 0, special: 0, flushed: 1, ...more })}\n`;
const LOG =
  part({}) +
  part({ worst: 1.75, worstAt: -3, above1_5: 2, special: 1 }) +
  part({ adapter: 'b' }) +
  part({ worst: 1.6, worstAt: 5, worstAtRoot: 0.25, above1_5: 1 });

test('the parts of a function on an adapter are summed', () => {
  const [a, b] = webgpuResults(LOG);
  expect(a).toMatchObject({
    inputs: 24,
    worst: 1.75,
    worstAt: -3,
    worstAtRoot: 0.25,
    above1_5: 3,
    special: 1,
    flushed: 3,
  });
  expect(b).toMatchObject({ adapter: 'b', inputs: 8, worst: 0 });
});

test('the document has a line for each, and none where there is no log', () => {
  const text = (log: string): string =>
    accuracyMarkdown({
      environment: { date: '2026-01-01', node: '20' } as never,
      float64: { points: 1, seed: 1, overall: [], ranges: [] },
      float32: [],
      family: [],
      webgpu: webgpuResults(log),
      implementations: { results: [], missing: [], points: 1 },
    });
  expect(text(LOG)).toContain("| none' | a | 24 | 1.7500 | -3 | 3 | 0.2500 | 1 | 3 |");
  expect(text(LOG)).toContain("| none' | b | 8 | ≤ 1.5 | – | 0 | 0.0000 | 0 | 1 |");
  expect(text('')).not.toContain('WebGPU');
});
