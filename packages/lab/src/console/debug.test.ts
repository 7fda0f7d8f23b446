import { expect, test } from 'vitest';
import { called } from '../../test/support/cli.js';
import { unexpected } from './debug.js';

test('a stack is printed for --debug only', async () => {
  const quiet = await called('plot', 'nothing');
  const loud = await called('plot', 'nothing', '--debug');
  expect(quiet.err).not.toMatch(/\n\s+at /);
  expect(loud.err).toMatch(/\n\s+at /);
  expect(loud.code).toBe(quiet.code);
});

test('an error of whatever kind is one line', () => {
  expect(unexpected(new TypeError('a\n  b'), false)).toBe('TypeError: a b (--debug shows where it came from)');
  expect(unexpected('text', false)).toBe('text');
  expect(unexpected(new TypeError('a'), true)).toMatch(/\n\s+at /);
});
