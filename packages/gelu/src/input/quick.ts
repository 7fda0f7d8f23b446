import type { Kernel, Target } from '../kernels/target.js';
import type { CallOptions } from './options.js';
import type { Resolve } from './prepare.js';

/** The function that a call was about last, so that the next one like it finds it made. */
export interface LastCall {
  approximate?: unknown;
  kernel?: Kernel<Float32Array> | undefined;
  /** A short input and result that never share some elements only, however their memory may change. */
  x?: Float32Array;
  out?: Float32Array;
}

/** Longer arrays are not remembered: they would stay alive. */
const SHORT = 256;

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
    if (out !== undefined && !(last.x === x && last.out === out && sameLength(x, out)) && !isApart(x, out, last))
      return undefined;
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

const sameLength = (x: Float32Array, out: unknown): boolean => x.length === (out as Float32Array).length;

/** Whether it is a Float32Array of the input's length that is on the same elements or shares none with it. */
function isApart(x: Float32Array, out: unknown, last: LastCall): boolean {
  if (out === x) return true;
  if (out === null || typeof out !== 'object' || getPrototypeOf(out) !== FLOAT32) return false;
  const result = out as Float32Array;
  if (!sameLength(x, result)) return false;
  // Places tell before the buffers are compared, but to ask for either takes as long as all else in a short call.
  const distance = Math.abs(result.byteOffset - x.byteOffset);
  const apart = distance === 0 || result.buffer !== x.buffer;
  // An array that is out of its memory's bounds says length and place 0.
  if (apart && x.length > 0 && x.length <= SHORT) {
    last.x = x;
    last.out = result;
  }
  return apart || distance >= 4 * x.length;
}
