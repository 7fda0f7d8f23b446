import type { Form } from '../activations/gelu/forms.js';
import type { Bound, Evaluate } from '../activations/model/activation.js';
import type { Order } from '../activations/model/order.js';
import type { Program } from './memory/program.js';
import type { Precision } from './wasm/modules.js';

/** A kernel of a function on typed arrays of one length; `out` may be either input. */
export interface Kernel<A> {
  /** out = f(x). */
  forward(x: A, out: A, precision: Precision): void;
  /** out = gradOutput · f(x), f a derivative. */
  backward(gradOutput: A, x: A, out: A, precision: Precision): void;
  /** What it runs in a memory, whatever it was asked for before; undefined where there is no such thing. */
  program?(precision: Precision): Program | undefined;
}

/** A function with its parameters as back ends take it: GELU, an activation of the family, or one of the user's own. */
export interface Target {
  /** Equal keys, equal functions: tables are kept under it. */
  readonly key: string;
  /** The definition; leaves the unrounded value in `unrounded`. */
  readonly evaluate: Evaluate;
  /** The definition with its order fixed, for loops: the same bits, perhaps sooner, and nothing in `unrounded`. */
  scalar(order: Order): (x: number) => number;
  /** The kernels of the function (order 0) and its derivative; where there is none, `scalar` does the work. */
  float32(order: 0 | 1): Kernel<Float32Array> | undefined;
  float64(order: 0 | 1): Kernel<Float64Array> | undefined;
  /** What it was made from, so that another thread can make it too. */
  readonly source: Form | Bound;
}
