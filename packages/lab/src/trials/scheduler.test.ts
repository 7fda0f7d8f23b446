import { type ChildProcess, spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { Interrupted } from '../console/errors.js';
import type { Trial } from '../studies/types.js';
import { type End, runTrials, type Schedule } from './scheduler.js';

const trial = (id: string): Trial => ({ id, arm: id, seed: 1, choice: 0, settings: {}, steps: 100, cost: 100 });
const node = (code: string): ChildProcess =>
  spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
/** Waits until it is asked to stop, and then says so, as a trial does. */
const WAITS = `process.on('SIGTERM', () => process.exit(130)); setInterval(() => {}, 1000); process.send({ fraction: 0.5 });`;

/** Runs one process a code; gives how they ended. */
async function run(
  codes: Record<string, string>,
  rest: Partial<Schedule> = {},
): Promise<Record<string, string | null>> {
  const ends = new Map<string, End>();
  await runTrials({
    remaining: () => Object.keys(codes).flatMap((id) => (ends.has(id) ? [] : [trial(id)])),
    start: ({ id }) => node(codes[id]),
    jobs: 2,
    onStep: () => {},
    onEnd: (end) => ends.set(end.trial.id, end),
    ...rest,
  });
  return Object.fromEntries([...ends].map(([id, { failure }]) => [id, failure]));
}

test('a trial that fails, by an error or a signal, does not take the others down', async () => {
  const ends = await run({
    wrong: `process.stderr.write('no data'); process.exitCode = 1;`,
    silent: `process.exit(7)`,
    killed: `process.kill(process.pid, 'SIGKILL')`,
    good: `process.disconnect()`,
  });
  expect(ends).toEqual({
    wrong: 'no data',
    silent: 'its process ended with code 7',
    killed: 'its process was ended by SIGKILL',
    good: null,
  });
});

test('no more run at once than asked for, and steps are reported', async () => {
  let running = 0;
  let most = 0;
  const reported: [string, number][] = [];
  const codes = Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e'].map((id) => [id, `process.send({ fraction: 0.25 }, () => process.disconnect())`]),
  );
  const start = ({ id }: Trial): ChildProcess => {
    most = Math.max(most, ++running);
    return node(codes[id]).on('close', () => running--);
  };
  await run(codes, { start, onStep: ({ id }, step) => reported.push([id, step]) });
  expect(most).toBe(2);
  expect(reported.sort()).toEqual(['a', 'b', 'c', 'd', 'e'].map((id) => [id, 25]));
});

test('what remains is asked for after each end', async () => {
  const order: string[] = [];
  const ends = new Set<string>();
  await run(
    {},
    {
      remaining: () => (ends.has('first') ? ['second'] : ['first']).filter((id) => !ends.has(id)).map(trial),
      start: ({ id }) => {
        order.push(id);
        return node('process.disconnect()');
      },
      onEnd: ({ trial: { id } }) => ends.add(id),
    },
  );
  expect(order).toEqual(['first', 'second']);
});

test('a signal stops all; nothing is started any more, and a stopped trial has not failed', async () => {
  const ended: string[] = [];
  let started = 0;
  let reported = 0;
  const running = run(
    { a: WAITS, b: WAITS, c: WAITS },
    {
      start: () => {
        started++;
        return node(WAITS);
      },
      onStep: () => {
        if (++reported === 2) process.emit('SIGTERM');
      },
      onEnd: ({ trial: { id } }) => ended.push(id),
    },
  );
  await expect(running).rejects.toThrow(Interrupted);
  expect([started, ended]).toEqual([2, []]);
});
