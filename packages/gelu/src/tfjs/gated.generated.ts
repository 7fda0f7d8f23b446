// Written by scripts/generate.mjs from the files of src/activations, which are the place for changes.
import { gelu as geluDefinition } from '../activations/gelu/definition.js';
import { identity as identityDefinition } from '../activations/identity.js';
import { relu as reluDefinition } from '../activations/relu.js';
import { silu as siluDefinition } from '../activations/silu.js';
import type { SiluOptions } from '../functions/family.generated.js';
import type { GeluOptions } from '../input/options.js';
import { gatedBy, type TfGatedFunction } from './gated.js';

/**
 * value · gelu(gate): the halves of an axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of one
 * shape; with the options of `gelu`; of tensors, as float32; under `tf.grad`, to the second derivative.
 *
 * Accuracy: act(gate) is rounded to float32, then the product: on the backends cpu and wasm at most 2.5 ULP, with
 * `precision: 'correct'` 1.5 for GELU.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array or an option of the wrong type, GeluRangeError for shapes that do not
 * fit and for a value that is not allowed.
 * @example
 * geglu([3, -0.5]).dataSync(); // Float32Array [-0.4628063142299652]
 * geglu([-0.5], [3]).dataSync(); // Float32Array [-0.4628063142299652]
 */
export const geglu: TfGatedFunction<GeluOptions> = /* @__PURE__ */ gatedBy(geluDefinition);

/**
 * value · gate: the halves of an axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of one shape; of
 * tensors, as float32; under `tf.grad`, to the second derivative.
 *
 * Accuracy: act(gate) is rounded to float32, then the product: on the backends cpu and wasm at most 2.5 ULP, with
 * `precision: 'correct'` 1.5 for GELU.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array or an option of the wrong type, GeluRangeError for shapes that do not
 * fit and for a value that is not allowed.
 * @example
 * bilinear([3, -0.5]).dataSync(); // Float32Array [-1.5]
 * bilinear([-0.5], [3]).dataSync(); // Float32Array [-1.5]
 */
export const bilinear: TfGatedFunction = /* @__PURE__ */ gatedBy(identityDefinition);

/**
 * value · relu(gate): the halves of an axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of one
 * shape; of tensors, as float32; under `tf.grad`, to the second derivative.
 *
 * Accuracy: act(gate) is rounded to float32, then the product: on the backends cpu and wasm at most 2.5 ULP, with
 * `precision: 'correct'` 1.5 for GELU.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array or an option of the wrong type, GeluRangeError for shapes that do not
 * fit and for a value that is not allowed.
 * @example
 * reglu([3, -0.5]).dataSync(); // Float32Array [0]
 * reglu([-0.5], [3]).dataSync(); // Float32Array [0]
 */
export const reglu: TfGatedFunction = /* @__PURE__ */ gatedBy(reluDefinition);

/**
 * value · silu(gate): the halves of an axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of one
 * shape; with the options of `silu`; of tensors, as float32; under `tf.grad`, to the second derivative.
 *
 * Accuracy: act(gate) is rounded to float32, then the product: on the backends cpu and wasm at most 2.5 ULP, with
 * `precision: 'correct'` 1.5 for GELU.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array or an option of the wrong type, GeluRangeError for shapes that do not
 * fit and for a value that is not allowed.
 * @example
 * swiglu([3, -0.5]).dataSync(); // Float32Array [-0.5663110017776489]
 * swiglu([-0.5], [3]).dataSync(); // Float32Array [-0.5663110017776489]
 */
export const swiglu: TfGatedFunction<SiluOptions> = /* @__PURE__ */ gatedBy(siluDefinition);
