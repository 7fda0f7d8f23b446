import type { ArrayCall } from '../kernels/dispatch.js';
import type { TensorData } from '../kernels/dtypes.js';
import type { Target } from '../kernels/target.js';
import { describe, GeluTypeError } from '../shared/errors.js';
import { outputFor, requireAttached, requireLength, requireSameClass } from './arrays.js';
import { CALL_KEYS, type CallOptions, resolveCall } from './options.js';

/** From options to the function they describe, all values checked. `extra` names options that the caller handles. */
export type Resolve<O> = (options: O | undefined, extra: readonly string[]) => Target;

/** A call on typed arrays with everything checked: what a backend needs. Nothing is written before this stands. */
export interface Prepared {
  readonly target: Target;
  readonly call: ArrayCall;
  readonly out: TensorData;
}

/** Checks a forward call on the typed array x; with a gradient, a backward call. */
export function prepareCall<O>(
  resolve: Resolve<O>,
  x: TensorData,
  options: (O & CallOptions) | undefined,
  ...gradients: unknown[]
): Prepared {
  const target = resolve(options, CALL_KEYS);
  requireAttached(x, 'input');
  for (const gradient of gradients) {
    requireSameClass(gradient, x, 'gradOutput');
    requireLength(gradient as TensorData, x.length, 'gradOutput');
  }
  const call = resolveCall(x, options);
  if (gradients.length > 0 && call.quantization !== undefined)
    throw new GeluTypeError('input', 'of floating point: quantized types have no gradient', describe(x));
  return { target, call, out: outputFor(options?.out, x, ...(gradients as TensorData[])) };
}
