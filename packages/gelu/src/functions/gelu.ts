import type { Approximate } from '../activations/gelu/approximate.js';
import { isStandard } from '../activations/gelu/forms.js';
import { type GeluOptions, resolveForm } from '../input/options.js';
import { geluTarget } from '../kernels/gelu/target.js';
import type { Target } from '../kernels/target.js';
import { type ActivationFunction, type Elementwise, type ElementwiseBackward, elementwise } from './elementwise.js';

const standard: { [approximate in Approximate]?: Target } = {};

/** The GELU that `options` describe, all values checked. */
export function resolveGelu(options: GeluOptions | undefined, extra: readonly string[] = []): Target {
  const form = resolveForm(options, extra);
  if (!isStandard(form)) return geluTarget(form);
  standard[form.approximate] ??= geluTarget(form);
  return standard[form.approximate] as Target;
}

/**
 * GELU, the Gaussian Error Linear Unit: x·Φ(x), Φ the distribution function of the standard normal distribution.
 *
 * Works elementwise on a number (float64), on arrays of numbers nested to any depth (float64, the nesting is kept) and on
 * typed arrays, of which the same class is returned: Float64Array, Float32Array, Float16Array, a Uint16Array of float16
 * or bfloat16 bits (`dtype`), an Int8Array or Uint8Array with its `quantization`. Shapes: any. Domain: every value. ±0
 * keep their sign, gelu(−∞) = −0, gelu(+∞) = +∞, NaN stays NaN, and no finite input gives NaN in any form.
 *
 * Accuracy: float64 at most 1 ULP, measured 0.51, and 0.76 where the result is subnormal. float32: all 2³² inputs
 * correctly rounded; with `precision: 'fast'` at most 1 ULP; with a mean or std the float64 result rounded. float16 and
 * bfloat16: all inputs correctly rounded. Quantized: the nearest integer, ties to even.
 *
 * `gelu.derivative`, `gelu.secondDerivative` and `gelu.backward` are the functions below: every activation has them.
 *
 * Source: Hendrycks and Gimpel, Gaussian Error Linear Units, arXiv 1606.08415 (2016).
 *
 * @throws GeluTypeError if the input is none of these, holds something else than numbers, or is detached; if an option
 * is unknown or of the wrong type; if `out` does not match the input.
 * @throws GeluRangeError if `approximate`, `mean` or `std` has a value that is not allowed; if the length of `out`
 * differs, or `out` overlaps the input without being the same memory.
 *
 * @example
 * gelu(-1); // -0.15865525393145705
 * gelu(-1, { approximate: 'tanh' }); // -0.1588080093917233
 * gelu(new Float32Array([-1, 0, 1])); // Float32Array [-0.15865525603294373, 0, 0.8413447737693787]
 * gelu([[-1], [1]])[1][0]; // 0.8413447460685429
 */
export const gelu: ActivationFunction<GeluOptions> = elementwise('gelu', resolveGelu);

/**
 * The derivative of GELU: Φ(x) + x·φ(x) for the exact form. Inputs, options and errors as for {@link gelu}.
 *
 * 0 at −∞, 1 at +∞, no NaN for any finite input. Accuracy as {@link gelu}; float64 measured 0.81 ULP near the
 * root (x = −0.7518 for the exact form); with `precision: 'fast'`, within 0.003 of the root, 1 ULP of the larger addend.
 *
 * @example
 * geluDerivative(0); // 0.5
 * geluDerivative(1, { approximate: 'sigmoid' }); // 1.067779606556334
 */
// A bundler may drop an unused pure call, but not an unused look-up.
export const geluDerivative: Elementwise<GeluOptions> = /* @__PURE__ */ (() => gelu.derivative)();

/**
 * The second derivative of GELU: φ(x)·(2 − x²) for the exact form. Inputs, options and errors as for {@link gelu}.
 *
 * 0 at ±∞. Accuracy: float64 at most 1 ULP (near a root of the tanh and sigmoid forms, of the larger of its addends).
 *
 * @example
 * geluSecondDerivative(0); // 0.7978845608028654
 */
export const geluSecondDerivative: Elementwise<GeluOptions> = /* @__PURE__ */ (() => gelu.secondDerivative)();

/**
 * The backward pass: gradInput = gradOutput · gelu'(input), in one pass over the arrays.
 *
 * `gradOutput` has the kind and shape of `input`, the input of the forward pass. `out` may be either of them. The
 * product is rounded once more than the derivative; for float32 both are formed in float64 and rounded once.
 *
 * @throws GeluTypeError, GeluRangeError as {@link gelu}; also if the shapes differ.
 *
 * @example
 * geluBackward(2, 1); // 2.166630941175373
 * geluBackward(new Float32Array([1, 2]), new Float32Array([-1, 1])); // Float32Array [-0.08331546932458878, 2.166630983352661]
 */
export const geluBackward: ElementwiseBackward<GeluOptions> = /* @__PURE__ */ (() => gelu.backward)();
