import type { Order } from '../activations/model/order.js';
import type { ActivationFunction } from '../functions/elementwise.js';
import { gelu } from '../functions/gelu.js';
import { CALL_KEYS, type CallOptions, type GeluCallOptions, requireOptions } from '../input/options.js';
import { type Prepared, prepareCall } from '../input/prepare.js';
import { arrayClass, type TensorData } from '../kernels/dtypes.js';
import type { Target } from '../kernels/target.js';
import { describe, GeluRangeError, GeluStateError, GeluTypeError } from '../shared/errors.js';
import { goesNative, inPieces } from './native.js';
import {
  bringHome,
  fixed,
  PART,
  requireWhole,
  type Staging,
  slice,
  stage,
  standsInShared,
  type Whole,
} from './parts.js';
import { type Answer, perform, type Work } from './protocol.js';
import { hardwareThreads, type Owner, type Thread, tellOnce, threadStarter } from './spawn.js';

/** How a pool is made. */
export interface PoolOptions {
  /** Number of worker threads, at most 256; default: as many as the machine runs at once. */
  readonly threads?: number | undefined;
}

/** Parts that each worker has of a large array, so that one that is slower does not keep the others waiting. */
const TURNS = 4;
/** A pool whose workers die this many times in a row without finishing a part works on the caller's thread instead. */
const MAX_DEATHS = 4;

/** More workers than any machine has processors for; each takes some megabytes. */
const MOST_THREADS = 256;

/** A call in progress. */
interface Job extends Whole {
  /** Parts that are not finished yet; 0 also once it has failed. */
  open: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Elements `start` to `end` of a job. */
interface Range {
  readonly job: Job;
  readonly start: number;
  readonly end: number;
}

interface Slot extends Staging {
  thread: Thread;
  range: Range | undefined;
}

/**
 * GELU and the other activations on several threads: the functions of the main entry, on typed arrays, with promises.
 *
 * Arrays on a SharedArrayBuffer are read and written by all threads where they stand; others, and work in place, go
 * through shared memory part by part, so that memory use does not grow with them. With `gelu/native` float32 arrays of any kind are
 * worked on where they stand, a piece of about a millisecond at a time, by the calling thread and Node's own pool of threads. The results are the bits that the
 * synchronous functions give. Options are read once, before anything is done. Do not write to the arrays before the promise is
 * settled; if one is transferred or resized, that call is rejected with GeluTypeError. Where there are no threads or
 * no shared memory (a page without cross-origin isolation), and for short arrays, the calling thread does the work.
 * A worker that dies is replaced and its part done again. Idle workers do not keep a Node process alive.
 *
 * @example
 * const pool = await createPool({ threads: 2 });
 * await pool.geluBackward(new Float32Array([1, 1]), new Float32Array([-1, 1])); // Float32Array [-0.08331546932458878, 1.0833154916763306]
 * await pool.close();
 */
export class GeluPool {
  readonly #slots: Slot[] = [];
  readonly #queue: Range[] = [];
  #deaths = 0;
  #closed = false;

  /** Use {@link createPool}. */
  constructor(count: number, start: ((owner: Owner) => Thread) | undefined) {
    if (start !== undefined) for (let i = 0; i < count; i++) this.#replace(start);
  }

  /** Worker threads in use; 0 where the calling thread does the work. */
  get threads(): number {
    return this.#slots.length;
  }

  /** gelu(input); inputs, options, accuracy and errors as {@link gelu}, for typed arrays. */
  gelu<T extends TensorData>(input: T, options?: GeluCallOptions<T>): Promise<T> {
    return this.forward(gelu, input, options);
  }

  /** gelu'(input), as {@link geluDerivative}. */
  geluDerivative<T extends TensorData>(input: T, options?: GeluCallOptions<T>): Promise<T> {
    return this.derivative(gelu, input, options);
  }

  /** gradOutput · gelu'(input), as {@link geluBackward}. */
  geluBackward<T extends TensorData>(gradOutput: T, input: T, options?: GeluCallOptions<T>): Promise<T> {
    return this.backward(gelu, gradOutput, input, options);
  }

  /**
   * f(input) for any activation f, as f itself for typed arrays. An activation of your own, which the workers do not have,
   * is computed on the calling thread.
   */
  forward<O extends object, T extends TensorData>(
    f: ActivationFunction<O>,
    input: T,
    options?: O & CallOptions<T>,
  ): Promise<T> {
    return this.#forward(f, 0, input, options);
  }

  /** f'(input), as f.derivative. */
  derivative<O extends object, T extends TensorData>(
    f: ActivationFunction<O>,
    input: T,
    options?: O & CallOptions<T>,
  ): Promise<T> {
    return this.#forward(f, 1, input, options);
  }

  /** gradOutput · f'(input), as f.backward. */
  async backward<O extends object, T extends TensorData>(
    f: ActivationFunction<O>,
    gradOutput: T,
    input: T,
    options?: O & CallOptions<T>,
  ): Promise<T> {
    requireFunction(f);
    requireTyped(input);
    const target = f.resolve(options, CALL_KEYS);
    return this.#run('backward', target, prepareCall(input, options, true, gradOutput)) as Promise<T>;
  }

  /** Ends the workers. Work in progress is rejected with GeluStateError, and so are later calls. */
  async close(): Promise<void> {
    this.#closed = true;
    const slots = this.#slots.splice(0);
    const error = closedError();
    for (const { job } of this.#queue.splice(0)) this.#fail(job, error);
    for (const { range } of slots) if (range) this.#fail(range.job, error);
    await Promise.all(slots.map(({ thread }) => thread.end()));
  }

  async #forward<O extends object, T extends TensorData>(
    f: ActivationFunction<O>,
    order: Order,
    input: T,
    options: (O & CallOptions<T>) | undefined,
  ): Promise<T> {
    requireFunction(f);
    requireTyped(input);
    const target = f.resolve(options, CALL_KEYS);
    return this.#run(order, target, prepareCall(input, options)) as Promise<T>;
  }

  async #run(pass: Work['pass'], target: Target, { call, result, ...arrays }: Prepared): Promise<TensorData> {
    if (this.#closed) throw closedError();
    const [x, out] = [fixed(arrays.x), fixed(arrays.out)];
    const gradOutput = arrays.gradOutput && fixed(arrays.gradOutput);
    const whole: Whole = { target, pass, call, x, gradOutput, out, length: x.length };
    if (this.#slots.length === 0 || x.length <= PART / 2) {
      perform(target, whole);
      return result;
    }
    const known = await isKnown(target);
    requireWhole(whole);
    if (this.#closed) throw closedError();
    if (!known || this.#slots.length === 0) {
      perform(target, whole);
      return result;
    }
    if (goesNative(whole)) {
      await inPieces(whole, this.#slots.length, () => {
        if (this.#closed) throw closedError();
      });
      return result;
    }
    return new Promise((resolve, reject) => this.#enqueue(whole, () => resolve(result), reject));
  }

  #enqueue(whole: Whole, resolve: () => void, reject: (error: unknown) => void): void {
    const { length } = whole;
    // Where nothing is copied, parts may be large: then there are fewer messages.
    const share = Math.ceil(length / (TURNS * this.#slots.length * 1024)) * 1024;
    const size = standsInShared(whole) ? Math.max(PART, share) : PART;
    const job: Job = { ...whole, open: Math.ceil(length / size), resolve, reject };
    for (let start = 0; start < length; start += size)
      this.#queue.push({ job, start, end: Math.min(start + size, length) });
    for (const slot of [...this.#slots]) this.#next(slot);
  }

  #hire(start: (owner: Owner) => Thread): Slot {
    const slot: Slot = { thread: undefined as never, range: undefined, result: undefined, staging: undefined };
    slot.thread = start({
      answered: (answer) => this.#answered(slot, answer),
      died: () => this.#died(slot, start),
    });
    return slot;
  }

  /** Gives an idle worker its next part. */
  #next(slot: Slot): void {
    while (slot.range === undefined) {
      const range = this.#queue.shift();
      slot.thread.keepAlive(range !== undefined);
      if (range === undefined) return;
      try {
        const part = stage(slot, range.job, range.start, range.end);
        slot.range = range;
        slot.thread.send(part);
      } catch (error) {
        slot.range = undefined;
        this.#fail(range.job, ours(error));
      }
    }
  }

  /** Rejects a call; what of it has not begun is left undone. */
  #fail(job: Job, error: unknown): void {
    job.open = 0;
    for (let i = this.#queue.length - 1; i >= 0; i--) if (this.#queue[i].job === job) this.#queue.splice(i, 1);
    job.reject(error);
  }

  #answered(slot: Slot, answer: Answer): void {
    const { range } = slot;
    if (range === undefined) return;
    slot.range = undefined;
    const { job, start, end } = range;
    if (answer.done) this.#deaths = 0;
    try {
      if (!answer.done) throw new GeluStateError(`a worker failed: ${answer.message}`);
      if (job.open > 0) {
        bringHome(slot, job, start, end);
        if (--job.open === 0) job.resolve();
      }
    } catch (error) {
      this.#fail(job, ours(error));
    }
    this.#next(slot);
  }

  #died(slot: Slot, start: (owner: Owner) => Thread): void {
    const place = this.#slots.indexOf(slot);
    if (place < 0) return; // closed
    if (slot.range !== undefined && slot.range.job.open > 0) this.#queue.unshift(slot.range);
    slot.range = undefined;
    this.#slots.splice(place, 1);
    if (++this.#deaths <= MAX_DEATHS) this.#replace(start);
    else if (this.#slots.length === 0) tellOnce('workers do not start, or end before they answer');
    // With no worker left that could do it, what remains is done here.
    while (this.#slots.length === 0) {
      const range = this.#queue.shift();
      if (range === undefined) return;
      this.#doHere(range);
    }
  }

  #replace(start: (owner: Owner) => Thread): void {
    try {
      const slot = this.#hire(start);
      this.#slots.push(slot);
      this.#next(slot);
    } catch {
      // No more threads to be had: the others do the work, or the caller's.
    }
  }

  #doHere({ job, start, end }: Range): void {
    try {
      requireWhole(job);
      perform(job.target, slice(job, start, end));
      if (--job.open === 0) job.resolve();
    } catch (error) {
      this.#fail(job, error);
    }
  }
}

/**
 * A pool of threads for large typed arrays; see {@link GeluPool}. Close it when it is no longer needed.
 *
 * @throws GeluTypeError for an option that is unknown or of the wrong type, GeluRangeError if `threads` is not an integer from 1
 * to 256.
 *
 * @example
 * const pool = await createPool({ threads: 2 });
 * await pool.gelu(new Float32Array([-1, 1])); // Float32Array [-0.15865525603294373, 0.8413447737693787]
 * await pool.close();
 */
export async function createPool(options: PoolOptions = {}): Promise<GeluPool> {
  requireOptions(options, ['threads']);
  const { threads = Math.min(await hardwareThreads(), MOST_THREADS) } = options;
  if (typeof threads !== 'number') throw new GeluTypeError('threads', 'a number', describe(threads));
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS))
    throw new GeluRangeError('threads', `an integer from 1 to ${MOST_THREADS}`, String(threads));
  return new GeluPool(threads, await threadStarter());
}

/** Whether the workers have the function: GELU always, others if the registry had them from the start. */
async function isKnown(target: Target): Promise<boolean> {
  if (!('definition' in target.source)) return true;
  const { isBuiltIn } = await import('../functions/named.js');
  return isBuiltIn(target);
}

function requireTyped(input: unknown): void {
  if (arrayClass(input) === undefined) throw new GeluTypeError('input', 'a typed array', describe(input));
}

function requireFunction(f: unknown): void {
  try {
    if (typeof (f as { resolve?: unknown }).resolve === 'function') return;
  } catch {
    // nothing, or a proxy that throws
  }
  throw new GeluTypeError('f', 'the function of an activation', describe(f));
}

/** The library's error for what kept a part from being done: what an engine says of memory that is gone. */
function ours(error: unknown): unknown {
  const known = error instanceof GeluTypeError || error instanceof GeluStateError;
  return known ? error : new GeluStateError(`a part of the arrays could not be worked on: ${error}`, { cause: error });
}

const closedError = (): Error => new GeluStateError('the pool is closed');
