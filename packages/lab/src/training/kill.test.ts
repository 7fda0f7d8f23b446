import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LINE_CONFIG } from '../../test/support/line.js';
import { random } from '../numbers/random.js';
import { RunFolder } from '../run/run-folder.js';
import { checkpoints, readCheckpoint } from './checkpoint.js';
import type { TrainingConfig } from './train.js';

// Processes that end at a random one of their changes to files, at SIGKILL in the middle of it; SEED for other moments.
// What the command does besides is killed in ../commands/train/kill.test.ts.
const MOMENTS = 20;
const CONFIG: TrainingConfig = { ...LINE_CONFIG, steps: 120, checkpointEvery: 6 };

// Beside the modules that it imports.
const parent = mkdtempSync(join(import.meta.dirname, '..', '..', 'dist', 'mortal-'));
const program = join(parent, 'mortal-training.mjs');
beforeAll(async () => {
  const source = join(import.meta.dirname, '..', '..', 'test', 'support', 'mortal-training.ts');
  await build({
    entryPoints: [source],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
});
afterAll(() => rmSync(parent, { recursive: true }));

const folder = (): RunFolder => {
  const made = new RunFolder(parent, 'test');
  made.json('config.json', CONFIG);
  return made;
};

/** A life of the program: how it ended, and how often it had changed files if it came to its end. */
function live({ path }: RunFolder, signal = 'none', moment = 0): { end: number | string | null; changes: number } {
  const life = spawnSync(process.execPath, [program, path, signal, String(moment)], { encoding: 'utf8' });
  if (life.stderr !== '') throw new Error(life.stderr);
  return { end: life.status ?? life.signal, changes: Number(life.stdout) };
}

const contents = ({ path }: RunFolder): unknown =>
  readdirSync(path)
    .filter((name) => name !== 'log.txt') // it has times
    .map((name) => [name, readFileSync(join(path, name), 'latin1')]);

test(`killed at ${MOMENTS} random moments, a training ends with the same bits`, () => {
  const whole = folder();
  const { end, changes } = live(whole);
  expect(end).toBe(0);
  const mortal = folder();
  const { uniform } = random(Number(process.env.SEED ?? 1), 'moments');
  for (let i = 0; i < MOMENTS; i++) {
    const signal = ['SIGKILL', 'SIGTERM', 'SIGHUP'][Math.floor(3 * uniform())];
    const moment = 1 + Math.floor((uniform() * 1.5 * changes) / MOMENTS);
    expect(live(mortal, signal, moment).end).toBe(signal === 'SIGKILL' ? signal : 130);
    for (const path of checkpoints(mortal.path)) expect(readCheckpoint(path).state.step).toBeLessThan(120);
  }
  expect(live(mortal).end).toBe(0);
  expect(contents(mortal)).toEqual(contents(whole));
});
