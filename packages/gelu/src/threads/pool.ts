import type { Order } from '../activations/model/order.js';
import type { ActivationFunction } from '../functions/elementwise.js';
import { gelu } from '../functions/gelu.js';
import type { CallOptions, GeluCallOptions } from '../input/options.js';
import { type Prepared, prepareCall } from '../input/prepare.js';
import { arrayClass, type TensorData } from '../kernels/dtypes.js';
import type { Target } from '../kernels/target.js';
import { describe, GeluRangeError, GeluStateError, GeluTypeError } from '../shared/errors.js';
import { type Answer, describeTarget, type Part, perform, type Work } from './protocol.js';
import { hardwareThreads, type Owner, type Thread, threadStarter } from './spawn.js';

/** How a pool is made. */
export interface PoolOptions {
  /** Number of worker threads; default: as many as the machine runs at once. */
  readonly threads?: number | undefined;
}

/** Elements in a part: large against the cost of a message, small enough to share the work out evenly. */
const PART = 1 << 17;
/** Parts that each worker has of a large array, so that one that is slower does not keep the others waiting. */
const TURNS = 4;
/** A pool whose workers die this many times in a row without finishing a part works on the caller's thread instead. */
const MAX_DEATHS = 4;

/** A call in progress. */
interface Job extends Work {
  readonly target: Target;
  /** Parts that are not finished yet. */
  open: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Elements `start` to `end` of a job. */
interface Range {
  readonly job: Job;
  readonly start: number;
  readonly end: number;
}

interface Slot {
  thread: Thread;
  range: Range | undefined;
  /** Where the result stands if it has to be copied home. */
  result: TensorData | undefined;
  /** Shared memory for parts of arrays that have none: input, gradient, output. */
  staging: SharedArrayBuffer | undefined;
}

/**
 * GELU and the other activations on several threads: the functions of the main entry, on typed arrays, with promises.
 *
 * Arrays on a SharedArrayBuffer are read and written by all threads where they stand; others, and work in place, go
 * through shared memory part by part, so that memory use does not grow with them. The results are the bits that the
 * synchronous functions give. Do not write to the arrays before the promise is settled. Where there are no threads or
 * no shared memory (a page without cross-origin isolation), and for short arrays, the calling thread does the work.
 * A worker that dies is replaced and its part done again. Idle workers do not keep a Node process alive.
 */
export class GeluPool {
  readonly #slots: Slot[] = [];
  readonly #queue: Range[] = [];
  #deaths = 0;
  #closed = false;

  /** Use {@link createPool}. */
  constructor(count: number, start: ((owner: Owner) => Thread) | undefined) {
    if (start !== undefined) for (let i = 0; i < count; i++) this.#slots.push(this.#hire(start));
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
    requireTyped(input);
    return this.#run('backward', input, gradOutput, prepareCall(f.resolve, input, options, gradOutput));
  }

  /** Ends the workers. Work in progress is rejected with GeluStateError, and so are later calls. */
  async close(): Promise<void> {
    this.#closed = true;
    const slots = this.#slots.splice(0);
    const error = closedError();
    for (const { job } of this.#queue.splice(0)) job.reject(error);
    for (const { range } of slots) range?.job.reject(error);
    await Promise.all(slots.map(({ thread }) => thread.end()));
  }

  async #forward<O extends object, T extends TensorData>(
    f: ActivationFunction<O>,
    order: Order,
    input: T,
    options: (O & CallOptions<T>) | undefined,
  ): Promise<T> {
    requireTyped(input);
    return this.#run(order, input, undefined, prepareCall(f.resolve, input, options));
  }

  async #run<T extends TensorData>(
    pass: Work['pass'],
    x: T,
    gradOutput: T | undefined,
    { target, call, out }: Prepared,
  ): Promise<T> {
    if (this.#closed) throw closedError();
    const work: Work = { pass, call, x, gradOutput, out };
    if (this.#slots.length === 0 || x.length <= PART / 2 || !(await isKnown(target))) {
      perform(target, work);
      return out as T;
    }
    if (this.#closed) throw closedError();
    return new Promise((resolve, reject) => {
      // Where nothing is copied, parts may be large: then there are fewer messages.
      const share = Math.ceil(x.length / (TURNS * this.#slots.length * 1024)) * 1024;
      const size = standsInShared(work) ? Math.max(PART, share) : PART;
      const open = Math.ceil(x.length / size);
      const job: Job = { ...work, target, open, resolve: () => resolve(out as T), reject };
      for (let start = 0; start < x.length; start += size)
        this.#queue.push({ job, start, end: Math.min(start + size, x.length) });
      for (const slot of this.#slots) this.#next(slot);
    });
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
    if (slot.range !== undefined) return;
    const range = this.#queue.shift();
    slot.thread.keepAlive(range !== undefined);
    if (range === undefined) return;
    slot.range = range;
    slot.thread.send(stage(slot, range));
  }

  #answered(slot: Slot, answer: Answer): void {
    const range = slot.range;
    if (range === undefined) return;
    const { job, start, end } = range;
    if (answer.done) {
      this.#deaths = 0;
      if (slot.result !== undefined) copy(slot.result, part(job.out, start, end));
      if (--job.open === 0) job.resolve();
    } else {
      job.reject(new Error(`a worker failed: ${answer.message}`));
    }
    slot.range = undefined;
    this.#next(slot);
  }

  #died(slot: Slot, start: (owner: Owner) => Thread): void {
    const place = this.#slots.indexOf(slot);
    if (place < 0) return; // closed
    if (slot.range !== undefined) this.#queue.unshift(slot.range);
    if (++this.#deaths <= MAX_DEATHS) {
      this.#slots[place] = this.#hire(start);
      this.#next(this.#slots[place]);
      return;
    }
    this.#slots.splice(place, 1);
    // With no worker left that could do it, what remains is done here.
    if (this.#slots.length > 0) return;
    for (const { job, start: from, end } of this.#queue.splice(0)) {
      perform(job.target, slice(job, from, end));
      if (--job.open === 0) job.resolve();
    }
  }
}

/**
 * A pool of threads for large typed arrays; see {@link GeluPool}. Close it when it is no longer needed.
 *
 * @throws GeluTypeError, GeluRangeError if `threads` is not an integer of at least 1.
 */
export async function createPool(options: PoolOptions = {}): Promise<GeluPool> {
  const { threads = await hardwareThreads() } = options;
  if (typeof threads !== 'number') throw new GeluTypeError('threads', 'a number', describe(threads));
  if (!Number.isInteger(threads) || threads < 1)
    throw new GeluRangeError('threads', 'an integer of at least 1', String(threads));
  return new GeluPool(threads, await threadStarter());
}

/** Whether the workers have the function: GELU always, others if the registry had them from the start. */
async function isKnown(target: Target): Promise<boolean> {
  if (!('definition' in target.source)) return true;
  const { isBuiltIn } = await import('../functions/named.js');
  return isBuiltIn(target);
}

/** The elements of a job that a worker is sent: where they stand if that is shared memory, else copied there. */
function stage(slot: Slot, { job, start, end }: Range): Part {
  const whole = slice(job, start, end);
  slot.result = undefined;
  if (standsInShared(job)) return whole;
  slot.staging ??= new SharedArrayBuffer(3 * PART * 8);
  const [x, gradOutput, out] = [0, 1, 2].map((i) =>
    like(job.x, slot.staging as SharedArrayBuffer, i * PART * 8, end - start),
  );
  copy(whole.x, x);
  if (whole.gradOutput !== undefined) copy(whole.gradOutput, gradOutput);
  slot.result = out;
  return { ...whole, x, gradOutput: whole.gradOutput && gradOutput, out };
}

/** Whether a worker can do it where it stands: in place, a part that a worker left half done could not be done again. */
function standsInShared({ x, gradOutput, out }: Work): boolean {
  const arrays = gradOutput === undefined ? [x, out] : [x, gradOutput, out];
  const shared = arrays.every((array) => array.buffer instanceof SharedArrayBuffer);
  return shared && arrays.filter((array) => array.buffer === out.buffer).length === 1;
}

function slice({ target, pass, call, x, gradOutput, out }: Job, start: number, end: number): Part {
  const g = gradOutput && part(gradOutput, start, end);
  const description = describeTarget(target);
  return { description, pass, call, x: part(x, start, end), gradOutput: g, out: part(out, start, end) };
}

const part = (array: TensorData, start: number, end: number): TensorData =>
  (array as Float32Array).subarray(start, end);

const copy = (from: TensorData, to: TensorData): void => (to as Float32Array).set(from as Float32Array);

const like = (array: TensorData, buffer: SharedArrayBuffer, offset: number, length: number): TensorData =>
  new (array.constructor as Float32ArrayConstructor)(buffer, offset, length);

function requireTyped(input: unknown): void {
  if (arrayClass(input) === undefined) throw new GeluTypeError('input', 'a typed array', describe(input));
}

const closedError = (): Error => new GeluStateError('the pool is closed');
