import type { Order } from '../activations/model/order.js';
import { type Like, mapNested, mapPairs, type NestedArray, requireNumbers } from '../input/arrays.js';
import { CALL_KEYS, type CallOptions } from '../input/options.js';
import { prepareCall, type Resolve } from '../input/prepare.js';
import { type LastCall, quick } from '../input/quick.js';
import { backward, forward } from '../kernels/dispatch.js';
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
  const apply = (order: Order) => {
    const last: LastCall = { approximate: undefined, kernel: undefined };
    let scalar: ((x: number) => number) | undefined;
    return (input: unknown, options?: O & CallOptions) => {
      if (typeof input === 'number' && options === undefined) {
        scalar ??= resolve(undefined, CALL_KEYS).scalar(order);
        return scalar(input);
      }
      return (order !== 2 && quick.call?.(resolve, order, last, input, options)) || applyTo(order, input, options);
    };
  };
  const applyTo = (order: Order, input: unknown, options?: O & CallOptions) => {
    if (arrayClass(input) !== undefined) {
      const { target, call, x, out, result } = prepareCall(resolve, input as TensorData, options);
      forward(target, order, x, out, call);
      return result;
    }
    const f = resolve(options, CALL_KEYS).scalar(order);
    requireNumbers(input);
    refuseArrayOptions(options);
    return typeof input === 'number' ? f(input) : mapNested(input, f);
  };
  const called = <F>(part: string, f: F): F => Object.defineProperty(f, 'name', { value: name + part });
  const members = {
    derivative: called('Derivative', apply(1)),
    secondDerivative: called('SecondDerivative', apply(2)),
    backward: called('Backward', (gradOutput: unknown, input: unknown, options?: O & CallOptions) =>
      applyBackward(resolve, gradOutput, input, options),
    ),
    resolve,
  };
  return Object.assign(called('', apply(0)), members) as unknown as ActivationFunction<O>;
}

function applyBackward<O>(
  resolve: Resolve<O>,
  gradOutput: unknown,
  input: unknown,
  options: (O & CallOptions) | undefined,
): unknown {
  if (arrayClass(input) !== undefined) {
    const prepared = prepareCall(resolve, input as TensorData, options, true, gradOutput);
    backward(prepared.target, prepared.gradOutput as TensorData, prepared.x, prepared.out, prepared.call);
    return prepared.result;
  }
  const derivative = resolve(options, CALL_KEYS).scalar(1);
  requireNumbers(input);
  refuseArrayOptions(options);
  return mapPairs(input, gradOutput, (x, g) => g * derivative(x));
}

/** Numbers and nested arrays are float64: what only typed arrays can have is refused rather than ignored. */
export function refuseArrayOptions(options: CallOptions | undefined): void {
  if (options === undefined) return;
  for (const name of CALL_KEYS as (keyof CallOptions)[])
    if (options[name] !== undefined)
      throw new GeluTypeError(name, 'absent unless the input is a typed array', describe(options[name]));
}
