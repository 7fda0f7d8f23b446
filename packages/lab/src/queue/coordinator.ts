import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { DataError, Interrupted, LabError } from '../console/errors.js';
import { onStop } from '../console/interrupt.js';
import type { Trial } from '../studies/types.js';
import type { Work } from '../trials/scheduler.js';
import type { Connection } from './connect.js';
import { cancelledKey, PREFIX, RUNS, refusedKey } from './keys.js';
import { jobId, MOST, type RunInfo } from './messages.js';
import { Owner } from './owner.js';
import { printable } from './printable.js';
import { forget, queueOf } from './queue.js';
import { boundedHash, listWorkers } from './runs.js';
import { type State, Store } from './store.js';
import { textOf } from './trial-files.js';
import { ATTEMPTS } from './worker.js';

/** A study's trials, for workers elsewhere. */
export interface QueuedStudy {
  run: string;
  info: RunInfo;
  /** How far a trial is that was begun before; null: not at all. */
  send(trial: Trial): State | null;
  /** Puts what a worker has sent where a local trial would have left it. @throws DataError if it is no such thing. */
  receive(trial: Trial, state: State & { end: 'result' | 'failure' }): void;
  tell(text: string): void;
  /** Who is there and at work, from time to time. */
  onWorkers?(alive: number, slots: number, running: number): void;
  /** For tests: how long the claim on the study lasts, in seconds. */
  ownerSeconds?: number;
}

/** So many trials are in the queue at once, so that it stays small however many there are. */
const WINDOW = 5000;
const CHUNK = 500;
/** Trials whose ends are collected at once. */
const COLLECT = 64;
const BUSY_MS = 5;
const IDLE_MS = 500;
const LOOK_MS = 2000;
/** In-flight trials that are looked after every LOOK_MS. */
const LOOKED_AFTER = 500;

/**
 * Runs the work by the workers of a queue until none remains; each trial's end counts once. Ctrl-C ends this command alone: what is in
 * the queue goes on.
 * @throws Interrupted after a signal; LabError if the study is cancelled or another command is at it.
 */
export async function runQueued(work: Work, connection: Connection, study: QueuedStudy): Promise<void> {
  const owner = new Owner(connection.redis, study.run, study.ownerSeconds ?? 20);
  await owner.take(study.tell);
  const queue = queueOf(connection, study.run);
  let stopped = false;
  const release = onStop(() => {
    stopped = true;
  });
  const coordinator = new Coordinator(work, connection, study, queue, owner);
  try {
    await coordinator.run(() => stopped);
  } finally {
    release();
    await owner.release().catch(() => {});
    await queue.close().catch(() => {});
  }
  if (stopped) throw new Interrupted();
}

class Coordinator {
  readonly #work: Work;
  readonly #connection: Connection;
  readonly #redis: Redis;
  readonly #study: QueuedStudy;
  readonly #queue: Queue;
  readonly #owner: Owner;
  readonly #store: Store;
  readonly #inFlight = new Map<string, Trial>();
  /** What remains and is not in the queue yet. */
  #waiting: Trial[] = [];
  readonly #told = new Set<string>();
  /** Whether trials have ended since it was asked what remains, and when that may be asked again. */
  #open = true;
  #planNext = 0;
  #next = 0;

  constructor(work: Work, connection: Connection, study: QueuedStudy, queue: Queue, owner: Owner) {
    this.#work = work;
    this.#connection = connection;
    this.#redis = connection.redis;
    this.#study = study;
    this.#queue = queue;
    this.#owner = owner;
    this.#store = new Store(connection.redis, study.run);
  }

  async run(stopped: () => boolean): Promise<void> {
    const { run } = this.#study;
    await this.#redis.del(cancelledKey(run));
    await this.#register();
    let looked = Number.NEGATIVE_INFINITY;
    let delay = BUSY_MS;
    while (!stopped()) {
      this.#plan();
      await this.#submit();
      if (this.#inFlight.size === 0) break;
      const collected = await this.#collect();
      this.#open ||= collected > 0;
      delay = collected > 0 ? BUSY_MS : Math.min(2 * delay, IDLE_MS);
      if (performance.now() - looked > LOOK_MS) {
        await this.#look();
        looked = performance.now();
      }
      if (collected < COLLECT) await new Promise((resolve) => setTimeout(resolve, delay));
    }
    if (!stopped()) await forget(this.#connection, run);
  }

  async #register(): Promise<void> {
    await this.#redis.hset(RUNS, this.#study.run, JSON.stringify(this.#study.info));
  }

  /**
   * What remains, by the results so far, when all that was known to remain is in the queue. With many trials that takes a
   * while, so that it is asked for a tenth of the time at most.
   */
  #plan(): void {
    const start = performance.now();
    if (!this.#open || this.#waiting.length > 0 || (start < this.#planNext && this.#inFlight.size > 0)) return;
    this.#waiting = this.#work.remaining().filter(({ id, steps }) => !this.#inFlight.has(jobId(id, steps)));
    this.#open = false;
    this.#planNext = performance.now() + 10 * (performance.now() - start);
  }

  async #submit(): Promise<void> {
    while (this.#waiting.length > 0 && this.#inFlight.size < WINDOW) {
      const trials = this.#waiting.splice(0, Math.min(CHUNK, WINDOW - this.#inFlight.size));
      await this.#add(trials);
      for (const trial of trials) this.#inFlight.set(jobId(trial.id, trial.steps), trial);
    }
  }

  /** A trial that is in the queue already stays as it is there. */
  async #add(trials: readonly Trial[]): Promise<void> {
    for (const trial of trials) {
      const state = this.#study.send(trial);
      if (state !== null) await this.#store.keep(jobId(trial.id, trial.steps), state);
    }
    await this.#queue.addBulk(
      trials.map(({ id, settings, steps }) => ({
        name: 'trial',
        data: { id, settings, steps },
        opts: { jobId: jobId(id, steps), attempts: ATTEMPTS, removeOnComplete: true, removeOnFail: true },
      })),
    );
  }

  /** Takes what has ended; the number of trials. */
  async #collect(): Promise<number> {
    const jobs = await this.#store.ended(COLLECT);
    const states = await Promise.all(jobs.map((job) => this.#read(job)));
    await Promise.all(jobs.map((job, i) => this.#receive(job, states[i])));
    return jobs.length;
  }

  async #read(job: string): ReturnType<Store['read']> {
    return this.#store.read(job).catch((error: unknown) => {
      if (!(error instanceof DataError)) throw error;
      return { end: 'failure', step: 0, files: { failure: Buffer.from(error.message) } } as const;
    });
  }

  async #receive(job: string, state: Awaited<ReturnType<Store['read']>>): Promise<void> {
    const trial = this.#inFlight.get(job);
    // Of an earlier plan, or of nobody.
    if (trial === undefined || state === undefined) return this.#store.collected(job, false);
    let failure = state.end === 'failure' ? textOf(state, 'failure').slice(0, 2000) : null;
    try {
      this.#study.receive(trial, state);
    } catch (error) {
      if (!(error instanceof DataError)) throw error; // our own disk: the result stays in the queue
      failure ??= error.message;
    }
    this.#inFlight.delete(job);
    this.#work.onEnd({ trial, failure });
    await this.#store.collected(job, failure === null);
  }

  async #look(): Promise<void> {
    const { run, tell, onWorkers } = this.#study;
    await this.#owner.renew();
    if ((await this.#redis.exists(cancelledKey(run))) === 1) {
      await forget(this.#connection, run);
      throw new LabError('the study was cancelled; what has ended so far is kept');
    }
    await this.#register();
    const workers = (await listWorkers(this.#redis)).filter(
      ({ version, bits }) => version === this.#study.info.version && bits === this.#study.info.bits,
    );
    let running = 0;
    for (const at of workers.flatMap((worker) => worker.running)) {
      const trial = at.run === run ? this.#inFlight.get(at.job) : undefined;
      if (trial === undefined) continue;
      running++;
      this.#work.onStep(trial, at.fraction * trial.steps);
    }
    onWorkers?.(
      workers.length,
      workers.reduce((sum, { slots }) => sum + slots, 0),
      running,
    );
    for (const [worker, reason] of await boundedHash(this.#redis, refusedKey(run), MOST.run, /^[\w.-]{1,120}$/)) {
      if (this.#told.has(worker)) continue;
      this.#told.add(worker);
      tell(`worker ${worker} refuses: ${printable(reason)}`);
    }
    await this.#lookAfter();
  }

  /** Puts trials back that the server has lost, since it was restarted without its log: some at a time, all in turn. */
  async #lookAfter(): Promise<void> {
    const jobs = [...this.#inFlight.keys()];
    if (this.#next >= jobs.length) this.#next = 0;
    const some = jobs.slice(this.#next, this.#next + LOOKED_AFTER);
    this.#next += LOOKED_AFTER;
    const there = await this.#redis
      .pipeline(some.map((job) => ['exists', `${PREFIX}:${this.#study.run}:${job}`]))
      .exec();
    const lost: Trial[] = [];
    for (const [i, job] of some.entries()) {
      const trial = this.#inFlight.get(job);
      // What has ended leaves the queue, but not before its end is kept.
      if (trial !== undefined && there?.[i]?.[1] === 0 && !(await this.#store.hasEnded(job))) lost.push(trial);
    }
    if (lost.length > 0) await this.#add(lost);
  }
}
