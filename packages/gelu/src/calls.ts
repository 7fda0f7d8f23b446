import type { Form } from './activations/gelu/forms.js';
import { outputFor, requireAttached, requireLength, requireSameClass } from './arrays.js';
import type { Call } from './backends/dispatch.js';
import { describe, GeluTypeError } from './errors.js';
import type { TensorData } from './kinds.js';
import { CALL_KEYS, type GeluCallOptions, resolveCall, resolveForm } from './options.js';

/** A call on typed arrays with everything checked: what a backend needs. Nothing is written before this stands. */
export interface Prepared {
  readonly form: Form;
  readonly call: Call;
  readonly out: TensorData;
}

/** Checks a forward call on the typed array x. */
export function prepareForward(x: TensorData, options: GeluCallOptions | undefined): Prepared {
  const form = resolveForm(options, CALL_KEYS);
  requireAttached(x, 'input');
  const call = resolveCall(x, options);
  return { form, call, out: outputFor(options?.out, x) };
}

/** Checks a backward call on the typed array x. */
export function prepareBackward(gradOutput: unknown, x: TensorData, options: GeluCallOptions | undefined): Prepared {
  const form = resolveForm(options, CALL_KEYS);
  requireAttached(x, 'input');
  requireSameClass(gradOutput, x, 'gradOutput');
  requireLength(gradOutput as TensorData, x.length, 'gradOutput');
  const call = resolveCall(x, options);
  if (call.quantization !== undefined)
    throw new GeluTypeError('input', 'of floating point: quantized types have no gradient', describe(x));
  return { form, call, out: outputFor(options?.out, x, gradOutput as TensorData) };
}
