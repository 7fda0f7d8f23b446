import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/support/folder.js';
import { LabError } from '../src/console/errors.js';
import { writeWhole } from '../src/run/write.js';
import { StudyFolder } from '../src/studies/folder.js';
import { checkpoints, readCheckpoint } from '../src/training/checkpoint.js';

const parent = temporaryFolder('disk');

const CLI = fileURLToPath(new URL('../bin/gelu-lab.js', import.meta.url));
const text = join(parent, 'text.txt');
writeFileSync(text, 'Call me Ishmael. Some years ago, never mind how long precisely. '.repeat(40));
const SMALL = '--layers 1 --width 16 --heads 2 --context 8 --batch 4 --steps 200 --checkpoint 25'.split(' ');
const GPT = ['train', 'gpt', '--text', text, ...SMALL];

/** A folder in which nothing can be made: /proc for root, whom permissions do not stop. */
function readOnly(): string {
  if (process.getuid?.() === 0) return '/proc';
  const path = join(parent, 'read-only');
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o555);
  return path;
}

test.each([GPT, ['study', 'mnist'], ['flow'], ['tour']])(
  'a folder that cannot be made is reported before any work: %s',
  (...argv) => {
    const out = join(readOnly(), 'runs');
    const { status, stderr } = spawnSync(process.execPath, [CLI, ...argv, '--out', out], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^gelu-lab: The folder of the run cannot be made: E.*runs/),
    ]);
  },
);

test('a study for which the disk is too small does not start, and leaves no lock', () => {
  const folder = new StudyFolder(parent, 'too-large');
  expect(() => folder.take(2 ** 80)).toThrow(LabError);
  expect(() => folder.take(2 ** 80)).toThrow(/the study needs about [\d,.]+ MiB, [\d,.]+ MiB are free on the disk/);
  expect(readdirSync(folder.path)).not.toContain('lock');
});

test.runIf(process.platform === 'linux')('a file that the disk has no room for stays as it was', () => {
  const path = join(parent, 'file.txt');
  writeWhole(path, 'old');
  symlinkSync('/dev/full', `${path}.${process.pid}.tmp`);
  expect(() => writeWhole(path, 'new')).toThrow(/file\.txt cannot be written: ENOSPC/);
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(parent).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

// On a small disk of their own, in a namespace of their own.

const train = `"${process.execPath}" "${CLI}" ${GPT.map((word) => `"${word}"`).join(' ')}`;

/** Runs a shell script with a disk of `kib` KiB at $disk; what is left there comes to a folder beside. */
function onDisk(kib: number, script: string): { folder: string; code: number | null; err: string } {
  const folder = mkdtempSync(join(parent, 'run-'));
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const mount = `mount -t tmpfs -o size=${kib}k tmpfs "$disk"`;
  const { status, stderr } = spawnSync(
    'unshare',
    ['-r', '-m', 'sh', '-c', `${mount} && ${script}; code=$?; cp -r "$disk" "$disk.left"; exit $code`],
    { env: { ...process.env, disk }, encoding: 'utf8' },
  );
  return { folder: join(folder, 'disk.left'), code: status, err: stderr };
}
const mayMount = onDisk(64, 'true').code === 0;

test.runIf(mayMount)('a disk without room is reported before any step', () => {
  const { folder, code, err } = onDisk(64, `${train} --out "$disk"`);
  expect([code, err]).toEqual([1, expect.stringMatching(/the checkpoints need [\d.]+ MiB, 0\.\d MiB are free/)]);
  expect(readFileSync(join(folder, readdirSync(folder)[0], 'metrics.jsonl'), 'utf8')).toBe('');
});

test.runIf(mayMount)(
  'a disk that fills up ends a training with an error; with more room, it goes on to the same bits',
  () => {
    const whole = onDisk(8192, `${train} --out "$disk"`);
    expect(whole.code).toBe(0);
    const run = ({ folder }: { folder: string }): string => join(folder, readdirSync(folder)[0]);
    const size = (path: string): number => statSync(path).size / 1024;
    const [checkpoint] = checkpoints(run(whole));
    // Room for three checkpoints, and for half of what is written of the steps.
    const written = size(join(run(whole), 'metrics.jsonl')) + size(join(run(whole), 'log.txt'));
    const full = onDisk(
      Math.ceil(3 * size(checkpoint) + written / 2) + 12,
      `{ ${train} --out "$disk" && exit 99; cp -r "$disk" "$disk.full" &&
    mount -o remount,size=8m "$disk" && "${process.execPath}" "${CLI}" train --resume "$disk"/*; }`,
    );
    expect(full.err).toMatch(/cannot be written: ENOSPC/);
    expect(full.code).toBe(0);
    const stopped = run({ folder: full.folder.replace(/left$/, 'full') });
    expect(checkpoints(stopped).length).toBeGreaterThan(0);
    for (const path of checkpoints(stopped)) expect(readCheckpoint(path).state.step).toBeLessThan(200);
    for (const name of ['metrics.jsonl', 'model.safetensors'])
      expect(readFileSync(join(run(full), name)).equals(readFileSync(join(run(whole), name)))).toBe(true);
  },
);
