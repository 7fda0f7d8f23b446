// Written by scripts/generate.mjs from the files of src/activations, which are the place for changes.
import type { GeluOptions } from '../../input/options.js';
import { type SiluOptions, identity, relu, silu } from '../family.generated.js';
import { gelu } from '../gelu.js';
import { gatedBy } from './gated-by.js';
import type { GatedFunction } from './types.js';

/**
 * value · gelu(gate): the two halves of one axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of
 * one shape; with the options of `gelu`. On typed arrays of floating point (one typed array with `columns`, the size of
 * its last axis, or `shape` and `dim`) and nested arrays. `geglu.backward` takes gradOutput before the same arguments
 * and gives the gradient of the input, or { gradGate, gradValue }.
 *
 * Accuracy: act(gate) is rounded to the type, then the product: for float32 and 16-bit floats at most 1.5 ULP. In the
 * backward pass the same holds for the value's gradient; of the gate's, gradOutput·value is rounded before the
 * derivative multiplies it.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array and for unknown options, GeluRangeError if `columns` is odd or does
 * not divide the input's length, or `out` overlaps what is read.
 * @example
 * geglu(Float64Array.of(3, -0.5), { columns: 2 }); // Float64Array [-0.4628063080889803]
 * geglu(Float64Array.of(-0.5), Float64Array.of(3)); // Float64Array [-0.4628063080889803]
 * geglu.backward(Float64Array.of(1), Float64Array.of(3, -0.5), { columns: 2 })[1]; // 0.39751462603151144
 */
export const geglu: GatedFunction<GeluOptions> = /* @__PURE__ */ gatedBy('geglu', gelu);

/**
 * value · gate: the two halves of one axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of one
 * shape. On typed arrays of floating point (one typed array with `columns`, the size of its last axis, or `shape` and
 * `dim`) and nested arrays. `bilinear.backward` takes gradOutput before the same arguments and gives the gradient of
 * the input, or { gradGate, gradValue }.
 *
 * Accuracy: act(gate) is rounded to the type, then the product: for float32 and 16-bit floats at most 1.5 ULP. In the
 * backward pass the same holds for the value's gradient; of the gate's, gradOutput·value is rounded before the
 * derivative multiplies it.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array and for unknown options, GeluRangeError if `columns` is odd or does
 * not divide the input's length, or `out` overlaps what is read.
 * @example
 * bilinear(Float64Array.of(3, -0.5), { columns: 2 }); // Float64Array [-1.5]
 * bilinear(Float64Array.of(-0.5), Float64Array.of(3)); // Float64Array [-1.5]
 * bilinear.backward(Float64Array.of(1), Float64Array.of(3, -0.5), { columns: 2 })[1]; // 3
 */
export const bilinear: GatedFunction = /* @__PURE__ */ gatedBy('bilinear', identity);

/**
 * value · relu(gate): the two halves of one axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of
 * one shape. On typed arrays of floating point (one typed array with `columns`, the size of its last axis, or `shape`
 * and `dim`) and nested arrays. `reglu.backward` takes gradOutput before the same arguments and gives the gradient of
 * the input, or { gradGate, gradValue }.
 *
 * Accuracy: act(gate) is rounded to the type, then the product: for float32 and 16-bit floats at most 1.5 ULP. In the
 * backward pass the same holds for the value's gradient; of the gate's, gradOutput·value is rounded before the
 * derivative multiplies it.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array and for unknown options, GeluRangeError if `columns` is odd or does
 * not divide the input's length, or `out` overlaps what is read.
 * @example
 * reglu(Float64Array.of(3, -0.5), { columns: 2 }); // Float64Array [0]
 * reglu(Float64Array.of(-0.5), Float64Array.of(3)); // Float64Array [0]
 * reglu.backward(Float64Array.of(1), Float64Array.of(3, -0.5), { columns: 2 })[1]; // 0
 */
export const reglu: GatedFunction = /* @__PURE__ */ gatedBy('reglu', relu);

/**
 * value · silu(gate): the two halves of one axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of
 * one shape; with the options of `silu`. On typed arrays of floating point (one typed array with `columns`, the size of
 * its last axis, or `shape` and `dim`) and nested arrays. `swiglu.backward` takes gradOutput before the same arguments
 * and gives the gradient of the input, or { gradGate, gradValue }.
 *
 * Accuracy: act(gate) is rounded to the type, then the product: for float32 and 16-bit floats at most 1.5 ULP. In the
 * backward pass the same holds for the value's gradient; of the gate's, gradOutput·value is rounded before the
 * derivative multiplies it.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array and for unknown options, GeluRangeError if `columns` is odd or does
 * not divide the input's length, or `out` overlaps what is read.
 * @example
 * swiglu(Float64Array.of(3, -0.5), { columns: 2 }); // Float64Array [-0.5663110031972182]
 * swiglu(Float64Array.of(-0.5), Float64Array.of(3)); // Float64Array [-0.5663110031972182]
 * swiglu.backward(Float64Array.of(1), Float64Array.of(3, -0.5), { columns: 2 })[1]; // 0.7801164380920446
 */
export const swiglu: GatedFunction<SiluOptions> = /* @__PURE__ */ gatedBy('swiglu', silu);
