import type { ArrayCall } from '../kernels/dispatch.js';
import { plain, type TensorData } from '../kernels/dtypes.js';
import type { Target } from '../kernels/target.js';
import { describe, GeluTypeError } from '../shared/errors.js';
import { outputFor, requireAttached, requireLike } from './arrays.js';
import { type CallOptions, resolveCall } from './options.js';

/** From options to the function they describe, all values checked. `extra` names options that the caller handles. */
export type Resolve<O> = (options: O | undefined, extra: readonly string[]) => Target;

/**
 * A call on typed arrays with everything checked: what a backend needs beside the function. Options have been read, once, and nothing is written
 * before this stands. The arrays are of the language's own classes, whatever was given.
 */
export interface Prepared {
  readonly call: ArrayCall;
  readonly x: TensorData;
  readonly gradOutput: TensorData | undefined;
  readonly out: TensorData;
  /** What the caller gets: `out`, as it was given or in the input's class. */
  readonly result: TensorData;
}

/** Checks a forward call on the typed array x; with `paired`, a backward call. */
export function prepareCall(
  input: TensorData,
  options: CallOptions | undefined,
  paired = false,
  gradient?: unknown,
): Prepared {
  const x = plain(input);
  requireAttached(x, 'input');
  const gradOutput = paired ? requireLike(gradient, x, 'gradOutput') : undefined;
  const call = resolveCall(x, options);
  if (paired && call.quantization !== undefined)
    throw new GeluTypeError('input', 'of floating point: quantized types have no gradient', describe(x));
  const result = outputFor(options?.out, input, gradOutput);
  return { call, x, gradOutput, out: plain(result), result };
}
