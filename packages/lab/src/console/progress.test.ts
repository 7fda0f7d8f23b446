import { expect, test, vi } from 'vitest';
import { lines } from './progress.js';

test('one line for each tenth, the time left in it, none of it at the end', () => {
  const told: string[] = [];
  const shown = lines('training', (line) => told.push(line));
  for (let step = 1; step <= 100; step++) shown.update(step / 100, `step ${step}`);
  expect(told).toHaveLength(11);
  expect(told[5]).toMatch(/^training: 50 %, \d+ s left, step 50$/);
  expect(told[10]).toBe('training: 100 %, step 100');
});

test('work done before does not count for the pace', () => {
  vi.useFakeTimers();
  const told: string[] = [];
  const shown = lines('study', (line) => told.push(line));
  shown.update(0.5, 'resumed');
  vi.advanceTimersByTime(60_000);
  shown.update(0.75, 'later');
  vi.useRealTimers();
  expect(told).toEqual(['study: 50 %, resumed', 'study: 75 %, 60 s left, later']);
});

test('long times are in minutes and hours', () => {
  vi.useFakeTimers();
  const told: string[] = [];
  const shown = lines('study', (line) => told.push(line));
  shown.update(0, '');
  vi.advanceTimersByTime(7_200_000);
  for (const fraction of [0.02, 0.5]) shown.update(fraction + 0.1, '');
  vi.useRealTimers();
  expect(told.slice(1).map((line) => /, (.*) left/.exec(line)![1])).toEqual(['14.7 h', '80 min']);
});
