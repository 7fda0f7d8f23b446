import type { Kernel, Target } from '../kernels/target.js';
import type { CallOptions } from './options.js';
import type { Resolve } from './prepare.js';

/** The function that a call was about last, so that the next one like it finds it made. */
export interface LastCall {
  approximate: unknown;
  kernel: Kernel<Float32Array> | undefined;
}

type QuickCall = <O>(
  resolve: Resolve<O>,
  order: 0 | 1,
  last: LastCall,
  input: unknown,
  options: (O & CallOptions) | undefined,
) => Float32Array | undefined;

/** A shorter way for calls in which nothing can be wrong. It comes with `gelu/fast`; without it all go the usual way. */
export const quick: { call?: QuickCall } = {};

const getPrototypeOf = Object.getPrototypeOf;
const FLOAT32 = Float32Array.prototype;

/**
 * The result of a call on a Float32Array with no other options than `approximate`, `precision` and `out`; undefined, and nothing
 * done, where anything else is to be looked at: such calls are checked as all others, and refused if they must be.
 */
export const quickCall: QuickCall = (resolve, order, last, input, options) => {
  if (input === null || typeof input !== 'object' || getPrototypeOf(input) !== FLOAT32) return undefined;
  const x = input as Float32Array;
  let out: unknown;
  let precision: unknown = 'correct';
  let approximate: unknown;
  if (options !== undefined) {
    if (options === null || typeof options !== 'object' || getPrototypeOf(options) !== Object.prototype)
      return undefined;
    for (const key in options) if (key !== 'out' && key !== 'precision' && key !== 'approximate') return undefined;
    ({ out, precision = 'correct', approximate } = options as { [key: string]: unknown });
    if (precision !== 'correct' && precision !== 'fast') return undefined;
    if (out !== undefined && !isApart(x, out)) return undefined;
  }
  const { length } = x; // after the options, whose getters may do anything
  if (length === 0) return undefined; // it may have lost its memory
  if (last.kernel === undefined || last.approximate !== approximate) {
    const target: Target = resolve((approximate === undefined ? undefined : { approximate }) as never, []);
    last.kernel = target.float32(order);
    last.approximate = approximate;
    if (last.kernel === undefined) return undefined;
  }
  const result = (out as Float32Array | undefined) ?? new Float32Array(length);
  last.kernel.forward(x, result, precision as 'correct');
  return result;
};

/** Whether it is a Float32Array of the input's length that is on the same elements or shares none with it. */
function isApart(x: Float32Array, out: unknown): boolean {
  if (out === x) return true;
  if (out === null || typeof out !== 'object' || getPrototypeOf(out) !== FLOAT32) return false;
  const { length, byteOffset } = out as Float32Array;
  if (length !== x.length) return false;
  // Places tell before the buffers are compared, which takes longer than all else.
  const distance = Math.abs(byteOffset - x.byteOffset);
  return distance === 0 || distance >= 4 * length || (out as Float32Array).buffer !== x.buffer;
}
