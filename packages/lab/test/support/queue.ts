import { onTestFinished } from 'vitest';
import { queueAddress } from '../../src/queue/address.js';
import { type Connection, connect } from '../../src/queue/connect.js';
import type { RunInfo } from '../../src/queue/messages.js';
import type { Outcome, Runner } from '../../src/queue/running.js';
import type { State } from '../../src/queue/store.js';
import { TrialWorker, type WorkerOptions } from '../../src/queue/worker.js';
import type { Trial } from '../../src/studies/types.js';
import type { Work } from '../../src/trials/scheduler.js';

export const BITS = 'b'.repeat(64);
export const ME = { version: 'test', bits: BITS };
export const INFO: RunInfo = {
  ...ME,
  study: 'mnist',
  activations: ['gelu'],
  stepCosts: {},
  data: BITS,
  host: 'here',
  folder: 'folder',
  trials: 1,
};

/** A connection that ends with the test. */
export async function connected(url: string, silence?: number): Promise<Connection> {
  const connection = await connect(queueAddress({ queue: url }, {})!, 'test', () => {}, silence);
  onTestFinished(() => connection.close());
  return connection;
}

export const trial = (id: string): Trial => ({
  id,
  arm: id,
  seed: 1,
  choice: 0,
  settings: { seed: 1 },
  steps: 1,
  cost: 1,
});

/** Work on trials by name, with how each ended, as often as it did. */
export function workOn(names: readonly string[]): { work: Work; ends: Map<string, (string | null)[]> } {
  const ends = new Map<string, (string | null)[]>();
  const work: Work = {
    remaining: () => names.filter((name) => !ends.has(name)).map(trial),
    onStep: () => {},
    onEnd: ({ trial: { id }, failure }) => ends.set(id, [...(ends.get(id) ?? []), failure]),
  };
  return { work, ends };
}

export const RESULT = Buffer.from('{"steps":1,"divergedAt":null,"curve":[],"final":{},"msPerStep":0}');
export const done: Outcome = { how: 'result', reason: '', state: { step: 1, files: { 'result.json': RESULT } } };

/** A runner whose trials end as told; each may end early when it is asked to stop. */
export function runner(run: (id: string, stopped: Promise<void>, from: State | null) => Promise<Outcome>): Runner {
  return {
    check: () => {},
    start: ({ id }, from) => {
      let stop = (): void => {};
      const stopped = new Promise<void>((resolve) => {
        stop = resolve;
      });
      return { ended: run(id, stopped, from), fraction: () => 0.5, state: () => null, stop };
    },
  };
}

/** A worker in this process, from whose queue of words what it said can be taken; it ends when the test does. */
export function working(
  connection: Connection,
  given: Runner,
  rest: Partial<WorkerOptions> = {},
): { said: string[]; ended: Promise<unknown> } {
  const said: string[] = [];
  const worker = new TrialWorker(connection, {
    me: ME,
    slots: 1,
    lockSeconds: 1,
    checkpointSeconds: 1,
    idleSeconds: 60,
    admit: async () => given,
    tell: (text) => said.push(text),
    ...rest,
  });
  const ended = worker.run().catch((error: Error) => error);
  onTestFinished(async () => {
    process.emit('SIGTERM');
    await ended;
  });
  return { said, ended };
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
