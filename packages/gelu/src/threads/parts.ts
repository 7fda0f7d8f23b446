import { plain, type TensorData } from '../kernels/dtypes.js';
import type { Target } from '../kernels/target.js';
import { GeluTypeError } from '../shared/errors.js';
import { describeTarget, type Part, type Work } from './protocol.js';

/** Elements in a part: large against the cost of a message, small enough to share the work out evenly. */
export const PART: number = 1 << 17;

/** What a call is made of: its arrays, of a length that stays what it was at the call. */
export interface Whole extends Work {
  readonly target: Target;
  readonly length: number;
}

/** Where a worker's parts stand for the time of the work, if they have to be brought into shared memory. */
export interface Staging {
  /** Input, gradient, output. */
  staging: SharedArrayBuffer | undefined;
  /** Where the result stands if it has to be copied home. */
  result: TensorData | undefined;
}

/** A view of an array that does not grow with its buffer. */
export function fixed<T extends TensorData>(array: T): T {
  return window(array, 0, array.length) as T;
}

/** Whether a worker can do it where it stands: in place, a part that a worker left half done could not be done again. */
export function standsInShared({ x, gradOutput, out }: Work): boolean {
  const arrays = gradOutput === undefined ? [x, out] : [x, gradOutput, out];
  const shared = arrays.every(
    ({ buffer }) => buffer instanceof SharedArrayBuffer && !(buffer as { readonly growable?: boolean }).growable,
  );
  return shared && arrays.filter((array) => array.buffer === out.buffer).length === 1;
}

/** Throws if an array has lost its memory, or a part of it, since the call. */
export function requireWhole({ x, gradOutput, out, length }: Whole): void {
  for (const [name, array] of Object.entries({ input: x, gradOutput, out }))
    if (array !== undefined && array.length !== length)
      throw new GeluTypeError(
        name,
        'left unchanged until the call is done',
        'an array whose buffer was transferred or resized',
      );
}

/** Elements start to end, on the memory of the whole. */
export function slice({ target, pass, call, x, gradOutput, out }: Whole, start: number, end: number): Part {
  const g = gradOutput && window(gradOutput, start, end);
  const description = describeTarget(target);
  return { description, pass, call, x: window(x, start, end), gradOutput: g, out: window(out, start, end) };
}

/** The elements of a job that a worker is sent: where they stand if that is shared memory, else copied there. */
export function stage(slot: Staging, job: Whole, start: number, end: number): Part {
  requireWhole(job);
  const whole = slice(job, start, end);
  slot.result = undefined;
  if (standsInShared(job)) return whole;
  slot.staging ??= new SharedArrayBuffer(3 * PART * 8);
  const { staging } = slot;
  const [x, gradOutput, out] = [0, 1, 2].map((i) => like(job.x, staging, i * PART * 8, end - start));
  copy(whole.x, x);
  if (whole.gradOutput !== undefined) copy(whole.gradOutput, gradOutput);
  slot.result = out;
  return { ...whole, x, gradOutput: whole.gradOutput && gradOutput, out };
}

/** Copies a staged result to where it belongs. */
export function bringHome(slot: Staging, job: Whole, start: number, end: number): void {
  requireWhole(job);
  if (slot.result !== undefined) copy(slot.result, window(job.out, start, end));
}

const window = (array: TensorData, start: number, end: number): TensorData =>
  like(array, array.buffer, array.byteOffset + start * bytesOf(array), end - start);

const bytesOf = (array: TensorData): number => (array as Float32Array).BYTES_PER_ELEMENT;

const copy = (from: TensorData, to: TensorData): void => (to as Float32Array).set(from as Float32Array);

const like = (array: TensorData, buffer: ArrayBufferLike, offset: number, length: number): TensorData =>
  new (plain(array).constructor as Float32ArrayConstructor)(buffer, offset, length);
