import type { Form } from '../activations/gelu/forms.js';
import type { Order } from '../activations/model/order.js';
import type { ParameterValues } from '../activations/model/parameters.js';
import { type ArrayCall, compute } from '../kernels/dispatch.js';
import type { TensorData } from '../kernels/dtypes.js';
import { geluTarget } from '../kernels/gelu/target.js';
import type { Target } from '../kernels/target.js';

/** What shall be done with which arrays. */
export interface Work {
  /** 0 to 2: forward, first or second derivative of x. 'backward': gradOutput · derivative. */
  readonly pass: Order | 'backward';
  readonly call: ArrayCall;
  readonly x: TensorData;
  readonly gradOutput: TensorData | undefined;
  readonly out: TensorData;
}

/** A function as it travels, since functions cannot: GELU's form, or the name of an activation and its parameters. */
export type Description = Form | { readonly name: string; readonly parameters: ParameterValues };

/** A part of a call, as it travels to a worker: all arrays stand in shared memory. */
export interface Part extends Work {
  readonly description: Description;
}

/** What a worker answers: the part is done, or why it could not be. */
export type Answer = { readonly done: true } | { readonly done: false; readonly message: string };

/** Does the work, on whatever thread this is. */
export function perform(target: Target, { pass, call, x, gradOutput, out }: Work): void {
  compute(target, pass === 'backward' ? 1 : pass, x, out, call, gradOutput);
}

/** The target's description, for another thread. */
export function describeTarget({ source }: Target): Description {
  return 'definition' in source ? { name: source.definition.name, parameters: source.parameters } : source;
}

/** The target that was described. Only activations other than GELU need the registry, which is large. */
export async function findTarget(description: Description): Promise<Target> {
  if (!('name' in description)) return geluTarget(description);
  const { namedTarget } = await import('../functions/named.js');
  return namedTarget(description.name, description.parameters);
}
