import { expect, test, vi } from 'vitest';
import { lines } from './progress.js';

test('one line for each tenth, the time left in it, none of it at the end', () => {
  const printed: string[] = [];
  const bar = lines('training', (line) => printed.push(line));
  for (let step = 1; step <= 100; step++) bar.update(step / 100, `step ${step}`);
  expect(printed).toHaveLength(11);
  expect(printed[5]).toMatch(/^training: 50 %, \d+ s left, step 50$/);
  expect(printed[10]).toBe('training: 100 %, step 100');
});

test('work done before does not count for the pace', () => {
  vi.useFakeTimers();
  const printed: string[] = [];
  const bar = lines('study', (line) => printed.push(line));
  bar.update(0.5, 'resumed');
  vi.advanceTimersByTime(60_000);
  bar.update(0.75, 'later');
  vi.useRealTimers();
  expect(printed).toEqual(['study: 50 %, resumed', 'study: 75 %, 60 s left, later']);
});

test('long times are in minutes and hours', () => {
  vi.useFakeTimers();
  const printed: string[] = [];
  const bar = lines('study', (line) => printed.push(line));
  bar.update(0, '');
  vi.advanceTimersByTime(7_200_000);
  for (const fraction of [0.02, 0.5]) bar.update(fraction + 0.1, '');
  vi.useRealTimers();
  expect(printed.slice(1).map((line) => /, (.*) left/.exec(line)![1])).toEqual(['14.7 h', '80 min']);
});
