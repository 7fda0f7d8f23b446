import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../test/support/folder.js';
import { LabError } from '../console/errors.js';
import { RunFolder } from './run-folder.js';

const parent = emptyFolder('runs');

const NOON = new Date(2026, 10, 24, 12, 0, 5);

test('is named after the time, and never takes another one’s place', () => {
  const paths = [1, 2].map(() => new RunFolder(join(parent, 'deep/er'), 'tour', NOON).path);
  expect(paths).toEqual(['', '-2'].map((end) => join(parent, 'deep/er', `20261124-120005-tour${end}`)));
});

test('writes whole files and leaves nothing else', () => {
  const run = new RunFolder(parent, 'tour', NOON);
  run.json('config.json', { seed: 1 });
  run.metric({ kind: 'step', step: 1 });
  run.metric({ kind: 'step', step: 2 });
  expect(readdirSync(run.path).sort()).toEqual(['config.json', 'metrics.jsonl']);
  const lines = readFileSync(join(run.path, 'metrics.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).step)).toEqual([1, 2]);
});

test('numbers that JSON lacks become words', () => {
  const run = new RunFolder(parent, 'tour', NOON);
  run.json('config.json', { a: [Number.NaN, Infinity, -Infinity, -0, 0.5], b: null });
  const read = JSON.parse(readFileSync(join(run.path, 'config.json'), 'utf8'));
  expect(read).toEqual({ a: ['NaN', 'Infinity', '-Infinity', '-0', 0.5], b: null });
});

test('a folder that cannot be made is reported before any work', () => {
  writeFileSync(join(parent, 'file'), '');
  expect(() => new RunFolder(join(parent, 'file'), 'tour')).toThrow(LabError);
});

test('a file that cannot be written leaves no remains', () => {
  const run = new RunFolder(parent, 'tour', NOON);
  expect(() => run.text('no/such/folder.html', '')).toThrow(/cannot be written/);
  expect(readdirSync(run.path)).toEqual([]);
});
