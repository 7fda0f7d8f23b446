import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Job, Worker } from 'bullmq';
import { Interrupted, LabError } from '../console/errors.js';
import { onStop } from '../console/interrupt.js';
import type { Connection } from './connect.js';
import { PREFIX, WORKERS, workerKey } from './keys.js';
import {
  type Heartbeat,
  type JobData,
  jobId,
  MOST,
  type Requirement,
  type RunInfo,
  readJob,
  readRun,
} from './messages.js';
import { printable } from './printable.js';
import { refuse, sweep } from './queue.js';
import type { Runner, Running } from './running.js';
import { listRuns } from './runs.js';
import { type State, Store } from './store.js';

export interface WorkerOptions {
  me: Requirement;
  /** Trials at once. */
  slots: number;
  /** After so long without a sign of life a trial goes to another worker. */
  lockSeconds: number;
  /** How often a trial's state goes to the store. */
  checkpointSeconds: number;
  /** Ends after so long without a trial. */
  idleSeconds: number;
  /** How the trials of a study are run; a LabError says why not. */
  admit(info: RunInfo): Promise<Runner>;
  tell(text: string): void;
}

/** A study whose trials are run here. */
interface Admitted {
  run: string;
  info: RunInfo;
  runner: Runner;
  store: Store;
  worker: Worker;
}

interface Held {
  run: string;
  job: string;
  running: Running;
  lost: boolean;
}

/** A trial that fails is tried so often, each time from its last checkpoint. */
export const ATTEMPTS = 3;
/** A trial at which so many workers came to an end has failed. */
const MOST_STALLED = 10;
const HEARTBEAT_MS = 2000;
const HEARTBEAT_LIFE_MS = 15_000;
/** Bounds of the time between two questions for a trial, in milliseconds. */
const [SOON, LATE] = [10, 1000];

/** Takes trials from a queue, one process each, until it is asked to stop. */
export class TrialWorker {
  readonly #connection: Connection;
  readonly #options: WorkerOptions;
  readonly #id = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`.slice(0, 100);
  readonly #admitted = new Map<string, Admitted>();
  readonly #refused = new Set<string>();
  readonly #held = new Set<Held>();
  #stopping = false;
  #problem = '';
  #turn = 0;
  #tokens = 0;
  #wake = (): void => {};

  constructor(connection: Connection, options: WorkerOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Until `idleSeconds`. @throws Interrupted after a signal, when all trials are back in the queue; LabError if this machine can run no more trials. */
  async run(): Promise<void> {
    const release = onStop(() => this.#stop(this.#stopping));
    const timers = [
      setInterval(() => void this.#beat().catch(this.#unlessLost), HEARTBEAT_MS),
      setInterval(() => void this.#look().catch(this.#unlessLost), LATE),
    ];
    try {
      await this.#look();
      await this.#beat();
      await this.#serve();
    } finally {
      for (const timer of timers) clearInterval(timer);
      release();
      await this.#leave();
    }
    if (this.#problem !== '') throw new LabError(this.#problem);
    if (this.#stopping) throw new Interrupted();
  }

  #stop(atOnce: boolean): void {
    this.#stopping = true;
    for (const { running } of this.#held) running.stop(atOnce);
    this.#wake();
  }

  /** Asks for trials while there is a place for one. */
  async #serve(): Promise<void> {
    let delay = SOON;
    let idleSince = performance.now();
    while (!this.#stopping || this.#held.size > 0) {
      const taken = !this.#stopping && this.#held.size < this.#options.slots ? await this.#take() : undefined;
      if (taken !== undefined) {
        delay = SOON;
        void this.#process(...taken).catch((error: Error) => this.#options.tell(error.message));
        continue;
      }
      if (this.#held.size > 0) idleSince = performance.now();
      if (performance.now() - idleSince > 1000 * this.#options.idleSeconds) return;
      // A trial that ends wakes it.
      await this.#pause(this.#held.size < this.#options.slots ? delay : LATE);
      delay = Math.min(2 * delay, LATE);
    }
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** A trial of the studies in turn. */
  async #take(): Promise<[Admitted, Job, string] | undefined> {
    const all = [...this.#admitted.values()];
    for (let i = 0; i < all.length; i++) {
      const from = all[this.#turn++ % all.length];
      const token = `${this.#id}:${this.#tokens++}`;
      const job = (await from.worker.getNextJob(token, { block: false })) as Job | undefined;
      if (job !== undefined) return [from, job, token];
    }
    return undefined;
  }

  async #process(from: Admitted, job: Job, token: string): Promise<void> {
    const { run, runner, store } = from;
    const id = String(job.id);
    const held: Held = { run, job: id, running: NOTHING, lost: false };
    this.#held.add(held);
    try {
      const data = this.#checked(runner, job);
      if (typeof data === 'string') return await this.#fail(from, job, token, data, null);
      const state = await store.open(id).catch((error: unknown) => {
        if (!(error instanceof LabError)) throw error;
        return null; // what cannot be read is begun anew
      });
      if (state === 'gone') return;
      if (state === 'ended') return await this.#settle(() => job.moveToCompleted(null, token, false));
      held.running = runner.start(data, state);
      if (this.#stopping) held.running.stop(false);
      const release = this.#hold(held, from, job, token, state?.step ?? -1);
      const { how, reason, state: last } = await held.running.ended.finally(release);
      if (how === 'result' && last !== null) {
        await store.end(id, 'result', last);
        this.#options.tell(`done: ${id}`);
        await this.#settle(() => job.moveToCompleted(null, token, false));
      } else if (how === 'failure') await this.#fail(from, job, token, reason, last);
      else {
        if (last !== null) await store.keep(id, last);
        if (!held.lost) await this.#settle(() => job.moveToWait(token));
        if (how === 'unable') this.#give(`this machine can run no trials: ${reason}`);
      }
    } finally {
      this.#held.delete(held);
      this.#wake();
    }
  }

  /** The trial of a job; why it is none, or why it is not tried again. */
  #checked(runner: Runner, job: Job): JobData | string {
    try {
      const data = readJob(job.data);
      if (jobId(data.id, data.steps) !== job.id) return 'the job is not that of its trial';
      runner.check(data);
      return job.deferredFailure ? `${MOST_STALLED} workers came to an end while they were at it` : data;
    } catch (error) {
      if (error instanceof LabError) return error.message;
      throw error;
    }
  }

  /** What is not to blame on chance is not tried again: a job that is no trial, one that workers do not survive. */
  async #fail(from: Admitted, job: Job, token: string, reason: string, state: State | null): Promise<void> {
    const { UnrecoverableError } = this.#connection.bull;
    const last = state === null || job.attemptsMade + 1 >= ATTEMPTS;
    this.#options.tell(`failed${last ? '' : ', to be tried again'}: ${job.id}: ${reason}`);
    const id = String(job.id);
    if (last) await from.store.end(id, 'failure', state ?? { step: 0, files: { failure: Buffer.from(reason) } });
    else {
      const { failure: _, ...files } = state.files;
      if (state.step > 0) await from.store.keep(id, { step: state.step, files });
    }
    await this.#settle(() => job.moveToFailed(last ? new UnrecoverableError(reason) : new Error(reason), token));
  }

  /** Keeps a trial for this worker and its state in the store while it runs; returns what ends that. */
  #hold(held: Held, { store }: Admitted, job: Job, token: string, from: number): () => void {
    const { lockSeconds, checkpointSeconds, tell } = this.#options;
    let kept = from;
    const renew = single(async () => {
      if (held.lost || (await job.extendLock(token, 1000 * lockSeconds)) > 0) return;
      held.lost = true;
      tell(`${held.job} was away for too long and goes on elsewhere`);
      held.running.stop(false);
    });
    const keep = single(async () => {
      const state = held.running.state();
      if (state === null || state.step <= kept) return;
      await store.keep(held.job, state);
      kept = state.step;
    });
    const timers = [
      setInterval(() => void renew().catch(this.#unlessLost), (1000 * lockSeconds) / 3),
      setInterval(() => void keep().catch(this.#unlessLost), 1000 * checkpointSeconds),
    ];
    return () => {
      for (const timer of timers) clearInterval(timer);
    };
  }

  /** What the engine says of a trial that is not ours any more is no fault: its result is where it counts. */
  async #settle(move: () => Promise<unknown>): Promise<void> {
    await move().catch(() => {});
  }

  /** Looks which studies there are. */
  #look = single(async () => {
    const runs = await listRuns(this.#connection.redis);
    for (const [run, json] of runs)
      if (!this.#admitted.has(run) && !this.#refused.has(run)) await this.#consider(run, json);
    for (const [run, gone] of this.#admitted) {
      if (runs.has(run)) continue;
      this.#admitted.delete(run);
      for (const held of this.#held) {
        if (held.run !== run) continue;
        held.lost = true; // cancelled
        held.running.stop(false);
      }
      await this.#close(gone);
    }
    for (const run of this.#refused) if (!runs.has(run)) this.#refused.delete(run);
  });

  async #consider(run: string, json: string): Promise<void> {
    const { tell, admit, lockSeconds } = this.#options;
    const { redis, bull } = this.#connection;
    try {
      const info = readRun(json, run);
      const runner = await admit(info);
      const worker = new bull.Worker(run, null, {
        connection: redis,
        prefix: PREFIX,
        autorun: false,
        lockDuration: 1000 * lockSeconds,
        stalledInterval: 1000 * lockSeconds,
        maxStalledCount: MOST_STALLED,
      });
      worker.on('error', () => {}); // a connection that is lost is told once, where it is made
      await worker.startStalledCheckTimer();
      this.#admitted.set(run, { run, info, runner, store: new Store(redis, run), worker });
      tell(`takes trials of the study ${printable(`${info.study}, begun in ${info.host} ${info.folder}`)}`);
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      this.#refused.add(run);
      tell(`refused: study ${run}: ${printable(error.message)}`);
      await refuse(redis, run, this.#id, error.message.slice(0, 500));
    }
  }

  #beat = single(async () => {
    const { me, slots } = this.#options;
    const running = [...this.#held].map(({ run, job, running }) => ({ run, job, fraction: running.fraction() }));
    const beat: Heartbeat = { ...me, host: hostname().slice(0, 200), pid: process.pid, slots, running };
    const json = JSON.stringify(beat);
    if (json.length > MOST.heartbeat) return;
    await this.#connection.redis.set(workerKey(this.#id), json, 'PX', HEARTBEAT_LIFE_MS);
    await this.#connection.redis.sadd(WORKERS, this.#id);
  });

  /** Without a connection much fails, which is told where it is made. */
  #unlessLost = (error: Error): void => {
    if (this.#connection.redis.status === 'ready') this.#options.tell(error.message);
  };

  #give(problem: string): void {
    if (this.#problem === '') this.#problem = problem;
    this.#stop(false);
  }

  /** Says that it is gone; without the server that goes without saying. */
  async #leave(): Promise<void> {
    const { redis } = this.#connection;
    if (redis.status === 'ready') {
      await redis.del(workerKey(this.#id)).catch(this.#unlessLost);
      await redis.srem(WORKERS, this.#id).catch(this.#unlessLost);
    }
    for (const admitted of this.#admitted.values()) await this.#close(admitted).catch(this.#unlessLost);
  }

  async #close({ run, worker }: Admitted): Promise<void> {
    await worker.close(true);
    const { redis } = this.#connection;
    if (redis.status === 'ready') await sweep(redis, run);
  }
}

const NOTHING: Running = { ended: new Promise(() => {}), fraction: () => 0, state: () => null, stop: () => {} };

/** Not again while it still runs: without a connection it does for long. */
function single(work: () => Promise<void>): () => Promise<void> {
  let busy = false;
  return async () => {
    if (busy) return;
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
  };
}
