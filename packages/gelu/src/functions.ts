import { evaluate, type Order, scalarFunction } from './activations/gelu/forms.js';
import { type FloatArray, type Like, mapInput, mapPair, type NestedArray } from './arrays.js';
import { type GeluOptions, resolveForm } from './options.js';

/** Options of the functions: which GELU, and where to write the result. */
export interface GeluCallOptions<T = FloatArray> extends GeluOptions {
  /**
   * For typed arrays: where the result goes, of the input's type and length. It may be the input itself (in place) or
   * memory apart from it; partly overlapping memory is refused. Default: a new array.
   */
  readonly out?: T | undefined;
}

/**
 * GELU, the Gaussian Error Linear Unit: x·Φ(x), Φ the distribution function of the standard normal distribution.
 *
 * Works elementwise on a number (float64), on arrays of numbers nested to any depth (float64, the nesting is kept), on
 * a Float64Array and on a Float32Array (the same type is returned). Domain: every value. ±0 keep their sign,
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
export function gelu<T extends FloatArray>(input: T, options?: GeluCallOptions<T>): T;
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
export function geluDerivative<T extends FloatArray>(input: T, options?: GeluCallOptions<T>): T;
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
export function geluSecondDerivative<T extends FloatArray>(input: T, options?: GeluCallOptions<T>): T;
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
export function geluBackward<T extends FloatArray>(gradOutput: T, input: T, options?: GeluCallOptions<T>): T;
export function geluBackward<T extends NestedArray>(gradOutput: NestedArray, input: T, options?: GeluOptions): Like<T>;
export function geluBackward(gradOutput: unknown, input: unknown, options?: GeluCallOptions): unknown {
  const form = resolveForm(options, ['out']);
  const derivative = scalarFunction(form, 1);
  return mapPair(
    gradOutput,
    input,
    options?.out,
    (g, x) => g * derivative(x),
    (g, x, out) => {
      for (let i = 0; i < x.length; i++) out[i] = g[i] * derivative(x[i]);
    },
  );
}

function elementwise(order: Order, input: unknown, options: GeluCallOptions | undefined): unknown {
  const form = resolveForm(options, ['out']);
  if (typeof input === 'number' && options?.out === undefined) return evaluate(form, order, input);
  const f = scalarFunction(form, order);
  return mapInput(input, options?.out, f, (x, out) => {
    for (let i = 0; i < x.length; i++) out[i] = f(x[i]);
  });
}
