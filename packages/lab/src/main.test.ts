import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCli } from './main.js';

let out = '';
let err = '';
beforeEach(() => {
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

test('help and version', async () => {
  expect(await runCli(['--help'])).toBe(0);
  expect(out).toMatch(/tour.*accuracy/s);
  expect(await runCli(['tour', '--help'])).toBe(0);
  expect(out).toMatch(/--budget.*--seed.*--out/s);
  expect(await runCli(['--version'])).toBe(0);
  expect(out).toMatch(/\d+\.\d+\.\d+\n$/);
});

test.each<[string[], RegExp]>([
  [[], /Which command\? tour, accuracy/],
  [['tuor'], /no command 'tuor'/],
  [['toString'], /no command 'toString'/],
  [['tour', '--sed', '1'], /Unknown option '--sed'/],
  [['tour', 'extra'], /extra/],
  [['tour', '--seed', 'x'], /--seed must be a number, got 'x'/],
  [['tour', '--seed', '1.5'], /--seed must be a whole number/],
  [['tour', '--seed='], /--seed must be a number/],
  [['tour', '--budget', '0'], /--budget must be a number from 1/],
  [['tour', '--examples', '100'], /--examples must be a whole number from 128 to 60000, got 100/],
  [['tour', '--epochs', '0'], /--epochs must be a number above 0/],
  [['tour', '--steps', '0'], /--steps must be a whole number from 1/],
  [['accuracy', '--points', 'many'], /--points must be/],
])('a wrong call is told, with a hint and code 2: %j', async (argv, message) => {
  expect(await runCli(argv)).toBe(2);
  expect(err).toMatch(message);
  expect(err).toMatch(/--help/);
  expect(err).not.toMatch(/\n\s+at /);
  expect(out).toBe('');
});

test('a folder that cannot be made gives code 1', async () => {
  expect(await runCli(['tour', '--out', `${tmpdir()}/\0`])).toBe(1);
  expect(err).toMatch(/folder of the run cannot be made/);
});
