import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/folder.js';
import { random } from '../../numbers/random.js';
import { checkpoints, readCheckpoint } from '../../training/checkpoint.js';

const CLI = fileURLToPath(new URL('../../../bin/gelu-lab.js', import.meta.url));
const parent = temporaryFolder('kill');

const TEXT = join(parent, 'text.txt');
writeFileSync(TEXT, 'Call me Ishmael. Some years ago, never mind how long precisely. '.repeat(20));

const MODEL = [
  'gpt',
  '--layers',
  '1',
  '--width',
  '16',
  '--heads',
  '2',
  '--context',
  '8',
  '--batch',
  '2',
  '--checkpoint',
  '25',
  '--text',
  TEXT,
];
const STEPS = 300;
/** One kill each; those that ask let it write a checkpoint and end with 130. */
const KILLS = ['SIGKILL', 'SIGTERM', 'SIGHUP'] as const;

function start(args: string[]): { child: ChildProcess; ended: Promise<number | string | null> } {
  const child = spawn(process.execPath, [CLI, 'train', ...args], { stdio: 'ignore' });
  const ended = new Promise<number | string | null>((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? signal));
  });
  return { child, ended };
}

/** The only run in `out`, when it has begun to train. */
async function runIn(out: string): Promise<string> {
  for (;;) {
    const [name] = existsSync(out) ? readdirSync(out) : [];
    if (name !== undefined && existsSync(join(out, name, 'log.txt'))) return join(out, name);
    await sleep(20);
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const stepsIn = (run: string): number =>
  readFileSync(join(run, 'metrics.jsonl'), 'utf8').split('"kind":"step"').length - 1;

test('killed at random moments and resumed each time, a training ends with the same bits', async () => {
  const length = ['--steps', String(STEPS)];
  const whole = start([...MODEL, ...length, '--out', join(parent, 'whole')]);
  const out = join(parent, 'killed');
  const { uniform } = random(Date.now(), 'kills');
  let next = start([...MODEL, ...length, '--out', out]);
  const run = await runIn(out);
  for (const signal of KILLS) {
    // Each life goes a random way further than the last, and dies wherever it then is.
    const target = stepsIn(run) + 1 + Math.floor((uniform() * STEPS) / KILLS.length);
    while (stepsIn(run) < Math.min(target, STEPS - 1) && next.child.exitCode === null) await sleep(5 + 10 * uniform());
    next.child.kill(signal);
    expect(await next.ended).toBe(signal === 'SIGKILL' ? signal : 130);
    // Nothing that has its name is half-written.
    JSON.parse(readFileSync(join(run, 'config.json'), 'utf8'));
    for (const path of checkpoints(run)) expect(readCheckpoint(path).state.step).toBeLessThanOrEqual(STEPS);
    next = start(['--resume', run]);
  }
  expect(await next.ended).toBe(0);
  expect(await whole.ended).toBe(0);
  const other = await runIn(join(parent, 'whole'));
  expect(readFileSync(join(run, 'metrics.jsonl'), 'utf8')).toBe(readFileSync(join(other, 'metrics.jsonl'), 'utf8'));
  const [mine, theirs] = [run, other].map((path) => checkpoints(path).at(-1)!);
  expect(readFileSync(mine).equals(readFileSync(theirs))).toBe(true);
  expect(
    readdirSync(run)
      .filter((name) => !name.endsWith('.tmp'))
      .sort(),
  ).toEqual(readdirSync(other).sort());
}, 240_000);
