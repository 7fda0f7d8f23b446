import { mapNested, requireAttached, requireLike, requireNumbers } from '../input/arrays.js';
import { type CallOptions, resolveCall } from '../input/options.js';
import { arrayClass, plain, type TensorData } from '../kernels/dtypes.js';
import { numberReader } from '../kernels/reader.js';

/** What a sum over typed arrays needs to know of them. */
export type GradientOptions = Pick<CallOptions, 'dtype'>;

/**
 * The gradient of one parameter: the sum of gradOutput · f(input), f the derivative with respect to it, in float64 and in
 * the order of the elements. Inputs as for the backward pass: numbers, nested or typed arrays.
 */
export function gradientSum(
  gradOutput: unknown,
  input: unknown,
  { dtype }: GradientOptions,
  f: (x: number) => number,
): number {
  let sum = 0;
  if (arrayClass(input) !== undefined) {
    const x = plain(input as TensorData);
    requireAttached(x, 'input');
    const gradients = requireLike(gradOutput, x, 'gradOutput');
    const call = resolveCall(x, { dtype });
    const [g, at] = [numberReader(gradients, call.dtype), numberReader(x, call.dtype)];
    for (let i = 0; i < x.length; i++) sum += g(i) * f(at(i));
    return sum;
  }
  requireNumbers(input);
  const add = (x: number, g: number): number => {
    const term = g * f(x);
    sum += term;
    return term;
  };
  const product = mapNested(input, add, true, gradOutput);
  return typeof product === 'number' ? product : sum;
}
