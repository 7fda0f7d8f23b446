import type { Order } from '../activations/model/order.js';
import { type Like, mapNested, type NestedArray, requireNumbers } from '../input/arrays.js';
import { CALL_KEYS, type CallOptions } from '../input/options.js';
import { prepareCall, type Resolve } from '../input/prepare.js';
import { type LastCall, quick } from '../input/quick.js';
import { compute } from '../kernels/dispatch.js';
import { arrayClass, type TensorData } from '../kernels/dtypes.js';
import { describe, GeluTypeError } from '../shared/errors.js';

/** An elementwise function with the options O: on a number, a typed array (same type out), nested arrays, or any of them. */
export interface Elementwise<O> {
  (input: number, options?: O): number;
  <T extends TensorData>(input: T, options?: O & CallOptions<T>): T;
  <T extends number | TensorData | NestedArray>(input: T, options?: O): Like<T>;
}

/** gradInput = gradOutput · f'(input), in one pass over the arrays. */
export interface ElementwiseBackward<O> {
  (gradOutput: number, input: number, options?: O): number;
  <T extends TensorData>(gradOutput: T, input: T, options?: O & CallOptions<T>): T;
  <T extends NestedArray>(gradOutput: NestedArray, input: T, options?: O): Like<T>;
  <T extends number | TensorData | NestedArray>(gradOutput: T, input: T, options?: O): Like<T>;
}

/** An activation as one calls it, with its derivatives and its backward pass. O: its parameters. */
export interface ActivationFunction<O extends object = object> extends Elementwise<O> {
  readonly derivative: Elementwise<O>;
  readonly secondDerivative: Elementwise<O>;
  readonly backward: ElementwiseBackward<O>;
  /** The function with the parameters among these options, as the back ends take it; `extra` names the other options. */
  readonly resolve: Resolve<O>;
}

/** The functions of an activation from what turns its options into a target. */
/* @__NO_SIDE_EFFECTS__ */
export function elementwise<O extends object>(name: string, resolve: Resolve<O>): ActivationFunction<O> {
  type Options = (O & CallOptions) | undefined;
  const apply = (order: Order) => {
    const last: LastCall = {};
    let scalar: ((x: number) => number) | undefined;
    return (input: unknown, options?: Options) => {
      if (typeof input === 'number' && options === undefined) {
        scalar ??= resolve(undefined, CALL_KEYS).scalar(order);
        return scalar(input);
      }
      return (order !== 2 && quick.call?.(resolve, order, last, input, options)) || applyTo(order, input, options);
    };
  };
  const applyTo = (order: Order, input: unknown, options: Options, paired = false, gradOutput?: unknown): unknown => {
    const target = resolve(options, CALL_KEYS);
    if (arrayClass(input) !== undefined) {
      const prepared = prepareCall(input as TensorData, options, paired, gradOutput);
      compute(target, order, prepared.x, prepared.out, prepared.call, prepared.gradOutput);
      return prepared.result;
    }
    const f = target.scalar(order);
    requireNumbers(input);
    refuseArrayOptions(options);
    if (typeof input === 'number' && !paired) return f(input);
    return mapNested(input, paired ? (x, g) => g * f(x) : f, paired, gradOutput);
  };
  const called = <F>(part: string, f: F): F => Object.defineProperty(f, 'name', { value: name + part });
  const members = {
    derivative: called('Derivative', apply(1)),
    secondDerivative: called('SecondDerivative', apply(2)),
    backward: called('Backward', (gradOutput: unknown, input: unknown, options?: Options) =>
      applyTo(1, input, options, true, gradOutput),
    ),
    resolve,
  };
  return Object.assign(called('', apply(0)), members) as unknown as ActivationFunction<O>;
}

/** Numbers and nested arrays are float64: what only typed arrays can have is refused rather than ignored. */
export function refuseArrayOptions(options: CallOptions | undefined): void {
  for (const name of CALL_KEYS as (keyof CallOptions)[])
    if (options?.[name] !== undefined)
      throw new GeluTypeError(name, 'absent unless the input is a typed array', describe(options[name]));
}
