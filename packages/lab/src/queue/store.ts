import type { Redis } from 'ioredis';
import { DataError } from '../console/errors.js';
import { doneKey, endedKey, RUNS, stateKey } from './keys.js';

/** The files of a trial by name; what goes through Redis. */
export type Files = Readonly<Record<string, Buffer>>;

/** How far a trial is, as the store has it. */
export interface State {
  step: number;
  files: Files;
}

/** No more bytes are read of a field: Redis itself takes no longer ones. */
export const MOST_BYTES: number = 512 * 2 ** 20;

/**
 * Each is one script, so that all of it happens or nothing. KEYS: runs, state, ended, done. ARGV: run, job, …; the rest are
 * pairs of a field and its value. They are asked again after a lost connection, so twice is as once.
 */
const GONE = `if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 or redis.call('SISMEMBER', KEYS[4], ARGV[2]) == 1 then return 0 end`;
/** A step that is not further than what is there is left out: it comes of a worker that had lost the trial. */
const KEEP = `${GONE}
if redis.call('HEXISTS', KEYS[2], 'end') == 1 then return 0 end
if tonumber(redis.call('HGET', KEYS[2], 'step') or '-1') >= tonumber(ARGV[3]) then return 0 end
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[2], 'step', unpack(ARGV, 3))
return 1`;
/** The first end counts. */
const END = `${GONE}
if redis.call('HEXISTS', KEYS[2], 'end') == 1 then return 0 end
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[2], 'end', unpack(ARGV, 3))
redis.call('SADD', KEYS[3], ARGV[2])
return 1`;
/** What becomes of a trial that a worker takes. ARGV[3]: the most bytes of a field. */
const OPEN = `if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 'gone' end
if redis.call('SISMEMBER', KEYS[4], ARGV[2]) == 1 or redis.call('HEXISTS', KEYS[2], 'end') == 1 then return 'ended' end
for _, name in ipairs(redis.call('HKEYS', KEYS[2])) do
  if redis.call('HSTRLEN', KEYS[2], name) > tonumber(ARGV[3]) then return 'large' end
end
return redis.call('HGETALL', KEYS[2])`;
/** What an ended trial left. */
const READ = `for _, name in ipairs(redis.call('HKEYS', KEYS[2])) do
  if redis.call('HSTRLEN', KEYS[2], name) > tonumber(ARGV[3]) then return 'large' end
end
return redis.call('HGETALL', KEYS[2])`;
/** ARGV[3]: 1 if it is done for good. */
const COLLECTED = `redis.call('DEL', KEYS[2])
redis.call('SREM', KEYS[3], ARGV[2])
if ARGV[3] == '1' and redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then redis.call('SADD', KEYS[4], ARGV[2]) end
return 1`;

/** What the trials of one study leave in Redis, beside the queue itself. */
export class Store {
  readonly #redis: Redis;
  readonly #run: string;

  constructor(redis: Redis, run: string) {
    this.#redis = redis;
    this.#run = run;
  }

  /** Keeps how far a trial is; false if that is known better, or nobody asks for it any more. */
  async keep(job: string, { step, files }: State): Promise<boolean> {
    return (await this.#eval(KEEP, job, step, ...pairs(files))) === 1;
  }

  /** Keeps how a trial ended; false if it had ended before, or nobody asks for it any more. */
  async end(job: string, how: 'result' | 'failure', { step, files }: State): Promise<boolean> {
    return (await this.#eval(END, job, how, 'step', step, ...pairs(files))) === 1;
  }

  /**
   * How far the trial is that a worker has taken: null if it begins; 'ended' if nothing is to be done, 'gone' if the study is.
   * @throws DataError if what is there is too large or none of ours.
   */
  async open(job: string): Promise<State | null | 'ended' | 'gone'> {
    const found = await this.#eval(OPEN, job, MOST_BYTES);
    if (Array.isArray(found)) return found.length === 0 ? null : this.#state(job, fieldsOf(found as Buffer[]));
    const word = String(found);
    if (word === 'ended' || word === 'gone') return word;
    throw new DataError(`the queue's state of ${job} is too large`);
  }

  /** How ended trials ended; undefined for what is not there. @throws DataError as `open`. */
  async read(job: string): Promise<(State & { end: 'result' | 'failure' }) | undefined> {
    const found = await this.#eval(READ, job, MOST_BYTES);
    if (!Array.isArray(found)) throw new DataError(`the queue's state of ${job} is too large`);
    if (found.length === 0) return undefined;
    const { end, ...rest } = fieldsOf(found as Buffer[]);
    const how = String(end);
    if (how !== 'result' && how !== 'failure') throw new DataError(`the queue's state of ${job} has no end`);
    return { ...this.#state(job, rest), end: how };
  }

  /** Some of the trials that have ended, at most so many. */
  async ended(most: number): Promise<string[]> {
    return this.#redis.srandmember(endedKey(this.#run), most);
  }

  /** Whether a trial's end waits to be collected. */
  async hasEnded(job: string): Promise<boolean> {
    return (await this.#redis.sismember(endedKey(this.#run), job)) === 1;
  }

  /** The end of a trial is kept elsewhere now; `forGood`: whatever else comes of it counts for nothing. */
  async collected(job: string, forGood: boolean): Promise<void> {
    await this.#eval(COLLECTED, job, forGood ? 1 : 0);
  }

  #state(job: string, { step, ...files }: Record<string, Buffer>): State {
    const number = Number(String(step ?? ''));
    if (step === undefined || !Number.isSafeInteger(number) || number < 0)
      throw new DataError(`the queue's state of ${job} has no step`);
    return { step: number, files };
  }

  #eval(script: string, job: string, ...args: (string | number | Buffer)[]): Promise<unknown> {
    const run = this.#run;
    const keys = [RUNS, stateKey(run, job), endedKey(run), doneKey(run)];
    return this.#redis.callBuffer('EVAL', script, keys.length, ...keys, run, job, ...args);
  }
}

/** Names of files never meet those of the other fields. */
const FILE = 'file:';

function pairs(files: Files): (string | Buffer)[] {
  return Object.entries(files).flatMap(([name, bytes]) => [FILE + name, bytes]);
}

function fieldsOf(found: readonly Buffer[]): Record<string, Buffer> {
  const fields: Record<string, Buffer> = {};
  for (let i = 0; i < found.length; i += 2) fields[String(found[i]).replace(FILE, '')] = found[i + 1];
  return fields;
}
