import { type Order, scalarFunction } from './activations/gelu/forms.js';
import { INPUT, type Like, mapNested, mapNestedPair, type NestedArray } from './arrays.js';
import { backward, forward } from './backends/dispatch.js';
import { prepareBackward, prepareForward } from './calls.js';
import { describe, GeluTypeError } from './errors.js';
import { arrayClass, type TensorData } from './kinds.js';
import { CALL_KEYS, type GeluCallOptions, type GeluOptions, resolveForm } from './options.js';

/**
 * GELU, the Gaussian Error Linear Unit: x·Φ(x), Φ the distribution function of the standard normal distribution.
 *
 * Works elementwise on a number (float64), on arrays of numbers nested to any depth (float64, the nesting is kept) and on
 * typed arrays, of which the same class is returned: Float64Array, Float32Array, Float16Array, a Uint16Array of float16
 * or bfloat16 bits (`dtype`), an Int8Array or Uint8Array with its `quantization`. Shapes: any. Domain: every value. ±0 keep their sign,
 * gelu(−∞) = −0, gelu(+∞) = +∞, NaN stays NaN, and no finite input gives NaN in any form.
 *
 * Accuracy: float64 at most 1 ULP (0.51 measured), subnormal results included; float32 is the float64 result rounded.
 *
 * Source: Hendrycks and Gimpel, Gaussian Error Linear Units, arXiv 1606.08415 (2016).
 *
 * @throws GeluTypeError if the input is none of these, holds something else than numbers, or is detached; if an option
 * is unknown or of the wrong type; if `out` does not match the input.
 * @throws GeluRangeError if `approximate`, `mean` or `std` has a value that is not allowed; if the length of `out`
 * differs, or `out` overlaps the input without being the same memory.
 */
export function gelu(input: number, options?: GeluOptions): number;
export function gelu<T extends TensorData>(input: T, options?: GeluCallOptions<T>): T;
export function gelu<T extends NestedArray>(input: T, options?: GeluOptions): Like<T>;
export function gelu(input: unknown, options?: GeluCallOptions): unknown {
  return elementwise(0, input, options);
}

/**
 * The derivative of GELU: Φ(x) + x·φ(x) for the exact form. Inputs, options and errors as for {@link gelu}.
 *
 * 0 at −∞, 1 at +∞, no NaN for any finite input. Accuracy: float64 at most 1 ULP (0.51 measured); within 1e-15 of the
 * root (x = −0.7518 for the exact form) at most 1 ULP of the larger of its two addends.
 */
export function geluDerivative(input: number, options?: GeluOptions): number;
export function geluDerivative<T extends TensorData>(input: T, options?: GeluCallOptions<T>): T;
export function geluDerivative<T extends NestedArray>(input: T, options?: GeluOptions): Like<T>;
export function geluDerivative(input: unknown, options?: GeluCallOptions): unknown {
  return elementwise(1, input, options);
}

/**
 * The second derivative of GELU: φ(x)·(2 − x²) for the exact form. Inputs, options and errors as for {@link gelu}.
 *
 * 0 at ±∞. Accuracy: float64 at most 1 ULP (near a root of the tanh and sigmoid forms, of the larger of its addends).
 */
export function geluSecondDerivative(input: number, options?: GeluOptions): number;
export function geluSecondDerivative<T extends TensorData>(input: T, options?: GeluCallOptions<T>): T;
export function geluSecondDerivative<T extends NestedArray>(input: T, options?: GeluOptions): Like<T>;
export function geluSecondDerivative(input: unknown, options?: GeluCallOptions): unknown {
  return elementwise(2, input, options);
}

/**
 * The backward pass: gradInput = gradOutput · gelu'(input), in one pass over the arrays.
 *
 * `gradOutput` has the kind and shape of `input`, the input of the forward pass. `out` may be either of them. The
 * product is rounded once more than the derivative; for float32 both are formed in float64 and rounded once.
 *
 * @throws GeluTypeError, GeluRangeError as {@link gelu}; also if the shapes differ.
 */
export function geluBackward(gradOutput: number, input: number, options?: GeluOptions): number;
export function geluBackward<T extends TensorData>(gradOutput: T, input: T, options?: GeluCallOptions<T>): T;
export function geluBackward<T extends NestedArray>(gradOutput: NestedArray, input: T, options?: GeluOptions): Like<T>;
export function geluBackward(gradOutput: unknown, input: unknown, options?: GeluCallOptions): unknown {
  if (arrayClass(input) !== undefined) {
    const x = input as TensorData;
    const { form, call, out } = prepareBackward(gradOutput, x, options);
    backward(form, gradOutput as TensorData, x, out, call);
    return out;
  }
  const derivative = scalarFunction(resolveForm(options, CALL_KEYS), 1);
  refuseArrayOptions(options);
  if (Array.isArray(input)) return mapNestedPair(gradOutput, input, (g, x) => g * derivative(x));
  if (typeof input !== 'number') throw new GeluTypeError('input', INPUT, describe(input));
  if (typeof gradOutput !== 'number')
    throw new GeluTypeError('gradOutput', 'a number like the input', describe(gradOutput));
  return gradOutput * derivative(input);
}

function elementwise(order: Order, input: unknown, options: GeluCallOptions | undefined): unknown {
  if (arrayClass(input) !== undefined) {
    const x = input as TensorData;
    const { form, call, out } = prepareForward(x, options);
    forward(form, order, x, out, call);
    return out;
  }
  const form = resolveForm(options, CALL_KEYS);
  refuseArrayOptions(options);
  if (typeof input === 'number') return scalarFunction(form, order)(input);
  if (Array.isArray(input)) return mapNested(input, scalarFunction(form, order));
  throw new GeluTypeError('input', INPUT, describe(input));
}

/** Numbers and nested arrays are float64: what only typed arrays can have is refused rather than ignored. */
function refuseArrayOptions(options: GeluCallOptions | undefined): void {
  if (options === undefined) return;
  for (const name of CALL_KEYS as (keyof GeluCallOptions)[])
    if (options[name] !== undefined)
      throw new GeluTypeError(name, 'absent unless the input is a typed array', describe(options[name]));
}
