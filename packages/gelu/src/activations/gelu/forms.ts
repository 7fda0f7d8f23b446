import type { Order } from '../model/order.js';
import type { Approximate } from './approximate.js';
import { faster } from './faster.js';
import { gateForm, SIGMOID_GATE, TANH_GATE } from './gate-form.js';
import { normalForm } from './normal-form.js';

/** A GELU, fully specified. */
export interface Form {
  readonly approximate: Approximate;
  /** Mean of the normal distribution whose Φ is the gate; 'none' only. */
  readonly mean: number;
  /** Its standard deviation. */
  readonly std: number;
}

/** Whether it is x·Φ(x), or one of its approximations: all but the general form. */
export function isStandard({ mean, std }: Form): boolean {
  return mean === 0 && std === 1;
}

/** The definition: `form` or its derivative at x, rounded to float64. `precise` takes about ten times as long. */
export function evaluate(form: Form, order: Order, x: number, precise = false): number {
  const { approximate, mean, std } = form;
  if (approximate === 'none') return normalForm(x, mean, std, order, precise);
  return gateForm(x, approximate === 'tanh' ? TANH_GATE : SIGMOID_GATE, order, precise);
}

/** The definition with its form and order fixed, for loops: the same bits, in `unrounded` too, perhaps sooner. */
export function scalarFunction(form: Form, order: Order): (x: number) => number {
  const standard = order !== 2 && isStandard(form);
  const quick = standard ? faster.float64?.scalar(form.approximate, order) : undefined;
  return quick ?? ((x) => evaluate(form, order, x));
}
