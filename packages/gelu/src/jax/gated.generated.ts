// Written by scripts/generate.mjs from the files of src/activations, which are the place for changes.
import { gelu as geluDefinition } from '../activations/gelu/definition.js';
import { identity as identityDefinition } from '../activations/identity.js';
import { relu as reluDefinition } from '../activations/relu.js';
import { silu as siluDefinition } from '../activations/silu.js';
import type { SiluOptions } from '../functions/family.generated.js';
import type { GeluOptions } from './functions.generated.js';
import { gatedBy, type JaxGatedFunction } from './gated.js';

/**
 * value · gelu(gate): the halves of an axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of one
 * shape; with the options of `gelu`; of float32 arrays, of which it takes ownership; under `grad`, `jvp`, `vmap` and
 * `jit`, to the second derivative.
 *
 * Accuracy: act(gate) is rounded to float32, then the product: on the back end wasm at most 2.5 ULP.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array or an option of the wrong type, GeluRangeError for shapes that do not
 * fit and for a value that is not allowed.
 * @example
 * await geglu(np.array([3, -0.5])).data(); // Float32Array [-0.4628063142299652]
 * await geglu(np.array([-0.5]), np.array([3])).data(); // Float32Array [-0.4628063142299652]
 */
export const geglu: JaxGatedFunction<GeluOptions> = /* @__PURE__ */ gatedBy(geluDefinition);

/**
 * value · gate: the halves of an axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of one shape; of
 * float32 arrays, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second derivative.
 *
 * Accuracy: act(gate) is rounded to float32, then the product: on the back end wasm at most 2.5 ULP.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array or an option of the wrong type, GeluRangeError for shapes that do not
 * fit and for a value that is not allowed.
 * @example
 * await bilinear(np.array([3, -0.5])).data(); // Float32Array [-1.5]
 * await bilinear(np.array([-0.5]), np.array([3])).data(); // Float32Array [-1.5]
 */
export const bilinear: JaxGatedFunction = /* @__PURE__ */ gatedBy(identityDefinition);

/**
 * value · relu(gate): the halves of an axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of one
 * shape; of float32 arrays, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative.
 *
 * Accuracy: act(gate) is rounded to float32, then the product: on the back end wasm at most 2.5 ULP.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array or an option of the wrong type, GeluRangeError for shapes that do not
 * fit and for a value that is not allowed.
 * @example
 * await reglu(np.array([3, -0.5])).data(); // Float32Array [0]
 * await reglu(np.array([-0.5]), np.array([3])).data(); // Float32Array [0]
 */
export const reglu: JaxGatedFunction = /* @__PURE__ */ gatedBy(reluDefinition);

/**
 * value · silu(gate): the halves of an axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of one
 * shape; with the options of `silu`; of float32 arrays, of which it takes ownership; under `grad`, `jvp`, `vmap` and
 * `jit`, to the second derivative.
 *
 * Accuracy: act(gate) is rounded to float32, then the product: on the back end wasm at most 2.5 ULP.
 *
 * Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.
 *
 * @throws GeluTypeError for what is no such array or an option of the wrong type, GeluRangeError for shapes that do not
 * fit and for a value that is not allowed.
 * @example
 * await swiglu(np.array([3, -0.5])).data(); // Float32Array [-0.5663110017776489]
 * await swiglu(np.array([-0.5]), np.array([3])).data(); // Float32Array [-0.5663110017776489]
 */
export const swiglu: JaxGatedFunction<SiluOptions> = /* @__PURE__ */ gatedBy(siluDefinition);
