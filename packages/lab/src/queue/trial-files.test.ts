import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../test/support/folder.js';
import { DataError } from '../console/errors.js';
import { writeCheckpoint } from '../training/checkpoint.js';
import { packFailure, packResult, packState, textOf, unpack } from './trial-files.js';

const folder = emptyFolder('trial-files');
const checkpoint = (at: string, step: number): string =>
  writeCheckpoint(at, { step, parameters: { w: { shape: [2], values: Float32Array.of(step, 1) } }, optimizer: {} }, {});
const made = (name: string): string => {
  mkdirSync(join(folder, name));
  return join(folder, name);
};

test('a trial goes on elsewhere with its newest checkpoint and the lines that belong to it', () => {
  const [here, there] = [made('here'), made('there')];
  expect(packState(here)).toBeNull();
  checkpoint(here, 3);
  const newest = checkpoint(here, 12);
  writeFileSync(join(here, 'metrics.jsonl'), '{"kind":"step","step":1}\n'.repeat(1000));
  const state = packState(here)!;
  expect(state.step).toBe(12);
  expect(state.files['metrics.jsonl'].length).toBeLessThan(1000); // compressed
  checkpoint(there, 15); // of another life
  unpack(there, state);
  expect(readdirSync(there).sort()).toEqual(['checkpoint-00000012.safetensors', 'metrics.jsonl']);
  for (const name of ['checkpoint-00000012.safetensors', 'metrics.jsonl'])
    expect(readFileSync(join(there, name))).toEqual(readFileSync(join(here, name)));
  expect(newest).toContain('00000012');
});

test('a result is text to be checked; a failure keeps the state from which it is tried again', () => {
  const here = made('here');
  checkpoint(here, 4);
  writeFileSync(join(here, 'result.json'), '{"steps":4}');
  expect(textOf(packResult(here), 'result')).toBe('{"steps":4}');
  const failed = packFailure(here, 'no data');
  expect([failed.step, Object.keys(failed.files).sort()]).toEqual([4, ['checkpoint', 'failure']]);
  expect(textOf(failed, 'failure')).toBe('no data');
  expect(() => textOf(failed, 'result')).toThrow(DataError);
});

test('what cannot be unpacked, or is a bomb, is refused', () => {
  const here = made('here');
  const state = (bytes: Buffer): Parameters<typeof unpack>[1] => ({ step: 1, files: { 'log.txt': bytes } });
  expect(() => unpack(here, state(Buffer.from('no gzip')))).toThrow(DataError);
  const zeros = gzipSync(Buffer.alloc(2 ** 20));
  expect(() => unpack(here, state(Buffer.concat(Array.from({ length: 129 }, () => zeros))))).toThrow(DataError);
  unpack(here, { step: 1, files: { '../outside': Buffer.from('x'), 'config.json': Buffer.from('x') } });
  expect(readdirSync(here)).toEqual([]);
  expect(existsSync(join(folder, 'outside'))).toBe(false);
});
