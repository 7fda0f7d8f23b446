import type { Form, Order } from '../activations/gelu/forms.js';
import { backward, type Call, forward } from '../backends/dispatch.js';
import type { TensorData } from '../kinds.js';

/** A part of a call, as it travels to a worker: all arrays stand in shared memory. */
export interface Part {
  readonly form: Form;
  /** 0 to 2: forward, first or second derivative of x. 'backward': gradOutput · derivative. */
  readonly pass: Order | 'backward';
  readonly call: Call;
  readonly x: TensorData;
  readonly gradOutput: TensorData | undefined;
  readonly out: TensorData;
}

/** What a worker answers: the part is done, or why it could not be. */
export type Answer = { readonly done: true } | { readonly done: false; readonly message: string };

/** Does a part, on whatever thread this is. */
export function runPart({ form, pass, call, x, gradOutput, out }: Part): void {
  if (pass === 'backward') backward(form, gradOutput as TensorData, x, out, call);
  else forward(form, pass, x, out, call);
}
