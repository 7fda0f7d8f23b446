// Written by scripts/generate.mjs from the files of src/activations, which are the place for changes.
import type { GeluOptions } from '../../input/options.js';
import { type SiluOptions, identity, relu, silu } from '../family.generated.js';
import { gelu } from '../gelu.js';
import type { GatedFunction } from './gated.js';
import { gatedBy } from './gated-by.js';

/**
 * value · gelu(gate): the two halves of the last axis, [..., 2n] → [..., n], on a Float32Array or Float64Array; with
 * the options of `gelu`. `geglu.backward(gradOutput, input, options)` gives the gradient of both halves.
 *
 * Accuracy: act(gate) is rounded, then the product: for float32 at most 1.5 ULP. In the backward pass the same holds
 * for the value's gradient; of the gate's, gradOutput·value is rounded before the derivative multiplies it.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array and for unknown options, GeluRangeError if `columns` is odd or does
 * not divide the input's length, or `out` overlaps what is read.
 * @example
 * geglu(Float64Array.of(3, -0.5), { columns: 2 }); // Float64Array [-0.4628063080889803]
 * geglu.backward(Float64Array.of(1), Float64Array.of(3, -0.5), { columns: 2 })[1]; // 0.39751462603151144
 */
export const geglu: GatedFunction<GeluOptions> = /* @__PURE__ */ gatedBy('geglu', gelu);

/**
 * value · gate: the two halves of the last axis, [..., 2n] → [..., n], on a Float32Array or Float64Array.
 * `bilinear.backward(gradOutput, input, options)` gives the gradient of both halves.
 *
 * Accuracy: act(gate) is rounded, then the product: for float32 at most 1.5 ULP. In the backward pass the same holds
 * for the value's gradient; of the gate's, gradOutput·value is rounded before the derivative multiplies it.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array and for unknown options, GeluRangeError if `columns` is odd or does
 * not divide the input's length, or `out` overlaps what is read.
 * @example
 * bilinear(Float64Array.of(3, -0.5), { columns: 2 }); // Float64Array [-1.5]
 * bilinear.backward(Float64Array.of(1), Float64Array.of(3, -0.5), { columns: 2 })[1]; // 3
 */
export const bilinear: GatedFunction = /* @__PURE__ */ gatedBy('bilinear', identity);

/**
 * value · relu(gate): the two halves of the last axis, [..., 2n] → [..., n], on a Float32Array or Float64Array.
 * `reglu.backward(gradOutput, input, options)` gives the gradient of both halves.
 *
 * Accuracy: act(gate) is rounded, then the product: for float32 at most 1.5 ULP. In the backward pass the same holds
 * for the value's gradient; of the gate's, gradOutput·value is rounded before the derivative multiplies it.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array and for unknown options, GeluRangeError if `columns` is odd or does
 * not divide the input's length, or `out` overlaps what is read.
 * @example
 * reglu(Float64Array.of(3, -0.5), { columns: 2 }); // Float64Array [0]
 * reglu.backward(Float64Array.of(1), Float64Array.of(3, -0.5), { columns: 2 })[1]; // 0
 */
export const reglu: GatedFunction = /* @__PURE__ */ gatedBy('reglu', relu);

/**
 * value · silu(gate): the two halves of the last axis, [..., 2n] → [..., n], on a Float32Array or Float64Array; with
 * the options of `silu`. `swiglu.backward(gradOutput, input, options)` gives the gradient of both halves.
 *
 * Accuracy: act(gate) is rounded, then the product: for float32 at most 1.5 ULP. In the backward pass the same holds
 * for the value's gradient; of the gate's, gradOutput·value is rounded before the derivative multiplies it.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array and for unknown options, GeluRangeError if `columns` is odd or does
 * not divide the input's length, or `out` overlaps what is read.
 * @example
 * swiglu(Float64Array.of(3, -0.5), { columns: 2 }); // Float64Array [-0.5663110031972182]
 * swiglu.backward(Float64Array.of(1), Float64Array.of(3, -0.5), { columns: 2 })[1]; // 0.7801164380920446
 */
export const swiglu: GatedFunction<SiluOptions> = /* @__PURE__ */ gatedBy('swiglu', silu);
