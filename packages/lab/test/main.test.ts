import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { called } from './support/cli.js';

test('help and version', async () => {
  expect(await called('--help')).toMatchObject({ code: 0, out: expect.stringMatching(/tour.*accuracy/s) });
  expect(await called('tour', '--help')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/--budget.*--seed.*--out/s),
  });
  expect(await called('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/\d+\.\d+\.\d+\n$/) });
});

test('without a command it says what to do first, in 80 columns', async () => {
  const { code, out, err } = await called();
  expect([code, err]).toEqual([0, '']);
  for (const name of ['tour', 'plot', 'page', 'audit', 'onnx inspect', 'study', '--help'])
    expect(out).toContain(`gelu-lab ${name}`);
  expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test.each<[string[], RegExp]>([
  [['tuor'], /no command 'tuor'/],
  [['tuor'], /Did you mean 'tour'\?/],
  [['stduy', 'mnist'], /Did you mean 'study'\?/],
  [['comp', 'gelu'], /Did you mean 'compare'\?/],
  [['onnx', 'inspct', 'model.onnx'], /Did you mean 'inspect'\?/],
  [['toString'], /no command 'toString'.*completion\.\n/],
  [['tour', '--sed', '1'], /Unknown option '--sed'; there are --budget, .* Did you mean '--seed'\?/],
  [['plot', 'gelu', '-range', '1,2'], /Unknown option '-r'/],
  [['tour', 'extra'], /extra/],
  [['tour', '--seed', 'x'], /--seed must be a whole number from 0 to 4294967295, got 'x'/],
  [['tour', '--seed', '1.5'], /--seed must be a whole number/],
  [['tour', '--seed='], /--seed must be a whole number/],
  [['tour', '--budget', '0'], /--budget must be a time like .* from 1 s to 86400 s/],
  [['tour', '--examples', '100'], /--examples must be a whole number from 128 to 60000, got '100'/],
  [['tour', '--epochs', '0'], /--epochs must be a number above 0/],
  [['tour', '--steps', '0'], /--steps must be a whole number from 1/],
  [['accuracy', '--points', 'many'], /--points must be/],
])('a wrong call is reported, with a hint and code 2: %j', async (argv, message) => {
  const { code, out, err } = await called(...argv);
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(err).toMatch(/--help/);
  expect(err).not.toMatch(/\n\s+at /);
  expect(out).toBe('');
});

test('a folder that cannot be made gives code 1', async () => {
  const { code, err } = await called('tour', '--out', `${tmpdir()}/\0`);
  expect(code).toBe(1);
  expect(err).toMatch(/folder of the run cannot be made/);
});
