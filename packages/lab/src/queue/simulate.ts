import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Trial } from '../studies/types.js';
import type { QueueAddress } from './address.js';
import type { Connection } from './connect.js';
import { runQueued } from './coordinator.js';
import { type Requirement, readTrialResult } from './messages.js';
import type { Runner } from './running.js';
import { listWorkers } from './runs.js';
import { textOf } from './trial-files.js';

/** What trials that do nothing cost. */
export interface Simulated {
  seconds: number;
  /** Trials without an end, and with more than one. */
  lost: number;
  twice: number;
  /** Of the server, for each trial. */
  commands: number;
  bytesIn: number;
  bytesOut: number;
  microseconds: number;
  /** What the server's memory grew by, at most. */
  serverMiB: number;
  keysLeft: number;
  /** What this process holds after garbage was collected: after a tenth of the trials, and in the end. */
  heapMiB: [number, number];
}

/** No machine's bits: a real worker refuses it. */
export const SIMULATED: Requirement = { version: 'simulated', bits: '0'.repeat(64) };
const MIB = 2 ** 20;
const LOOK_MS = 200;

/** Sends trials that do nothing through the queue, once so many simulated workers are there. `onDone` takes how many have ended. */
export async function simulate(
  connection: Connection,
  trials: number,
  workers: number,
  onDone: (done: number) => void = () => {},
): Promise<Simulated> {
  const { redis } = connection;
  const ends = new Uint8Array(trials);
  let done = 0;
  let early = 0;
  while ((await listWorkers(redis)).filter(({ version }) => version === SIMULATED.version).length < workers)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  const before = await figures(redis);
  let most = before.memory;
  const timer = setInterval(() => {
    void memoryOf(redis).then((memory) => {
      most = Math.max(most, memory);
    });
    onDone(done);
  }, LOOK_MS);
  const start = performance.now();
  // What has been given out is not asked for again, as in a study what has ended.
  const remaining = (): Trial[] => {
    const rest: Trial[] = [];
    for (let i = 0; i < trials; i++) if (ends[i] === 0) rest.push(trialOf(i));
    return rest;
  };
  const info = { ...SIMULATED, study: 'simulated', activations: [], stepCosts: {}, data: SIMULATED.bits };
  try {
    await runQueued(
      {
        remaining,
        onStep: () => {},
        onEnd: ({ trial }) => {
          ends[trial.seed] = Math.min(255, ends[trial.seed] + 1);
          done++;
          if (early === 0 && done >= trials / 10) early = heap();
        },
      },
      connection,
      {
        run: randomUUID(),
        info: { ...info, host: 'here', folder: 'none', trials },
        send: () => null,
        receive: (trial, state) => void readTrialResult(textOf(state, 'result'), trial.id, trial.steps),
        tell: () => {},
      },
    );
  } finally {
    clearInterval(timer);
  }
  const seconds = (performance.now() - start) / 1000;
  const after = await figures(redis);
  const each = (name: 'commands' | 'bytesIn' | 'bytesOut' | 'microseconds'): number =>
    (after[name] - before[name]) / trials;
  return {
    seconds,
    lost: ends.reduce((sum, n) => sum + (n === 0 ? 1 : 0), 0),
    twice: ends.reduce((sum, n) => sum + (n > 1 ? 1 : 0), 0),
    commands: each('commands'),
    bytesIn: each('bytesIn'),
    bytesOut: each('bytesOut'),
    microseconds: each('microseconds'),
    serverMiB: (most - before.memory) / MIB,
    keysLeft: after.keys - before.keys,
    heapMiB: [early / MIB, heap() / MIB],
  };
}

/** The trials of a worker that does nothing but leave a checkpoint of so many bytes. */
export function nothing(bytes: number): Runner {
  const checkpoint = Buffer.alloc(bytes, 1);
  return {
    check: () => {},
    start: ({ steps }) => {
      const result = { steps, divergedAt: null, curve: [], final: {}, msPerStep: 0 };
      const files = { 'result.json': Buffer.from(JSON.stringify(result)), ...(bytes > 0 ? { checkpoint } : {}) };
      const ended = Promise.resolve({ how: 'result', reason: '', state: { step: steps, files } } as const);
      return { ended, fraction: () => 0, state: () => null, stop: () => {} };
    },
  };
}

/** An address as a message between processes has it. */
export function addressMessage({ tls, ...rest }: QueueAddress): Record<string, unknown> {
  const pem = Object.entries(tls ?? {}).map(([name, bytes]) => [name, String(bytes)]);
  return { ...rest, ...(tls ? { tls: Object.fromEntries(pem) } : {}) };
}

/** What `addressMessage` made of it. */
export function addressOf(message: Record<string, unknown>): QueueAddress {
  const { tls, ...rest } = message as unknown as Omit<QueueAddress, 'tls'> & { tls?: Record<string, string> };
  const pem = Object.entries(tls ?? {}).map(([name, text]) => [name, Buffer.from(text)]);
  return { ...rest, ...(tls ? { tls: Object.fromEntries(pem) } : {}) };
}

function trialOf(i: number): Trial {
  return { id: `trial-${i}`, arm: 'nothing', seed: i, choice: 0, settings: { rate: 1e-3, seed: i }, steps: 1, cost: 1 };
}

function heap(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

interface Figures {
  commands: number;
  bytesIn: number;
  bytesOut: number;
  microseconds: number;
  memory: number;
  keys: number;
}

async function figures(redis: Redis): Promise<Figures> {
  const info = await redis.info('everything');
  const value = (name: string): number => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? Number.NaN);
  return {
    commands: value('total_commands_processed'),
    bytesIn: value('total_net_input_bytes'),
    bytesOut: value('total_net_output_bytes'),
    microseconds: 1e6 * (value('used_cpu_user') + value('used_cpu_sys')),
    memory: value('used_memory'),
    keys: await redis.dbsize(),
  };
}

async function memoryOf(redis: Redis): Promise<number> {
  return Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1] ?? 0);
}
