import { expect, test } from 'vitest';
import { lines } from './progress.js';

test('one line for each tenth, the time left in it, none of it at the end', () => {
  const told: string[] = [];
  const shown = lines('training', (line) => told.push(line));
  for (let step = 1; step <= 100; step++) shown.update(step / 100, `step ${step}`);
  expect(told).toHaveLength(11);
  expect(told[5]).toMatch(/^training: 50 %, \d+ s left, step 50$/);
  expect(told[10]).toBe('training: 100 %, step 100');
});
