// Written by scripts/generate.mjs from the files of src/activations, which are the place for changes.
import { gelu as geluDefinition } from '../activations/gelu/definition.js';
import { identity as identityDefinition } from '../activations/identity.js';
import { relu as reluDefinition } from '../activations/relu.js';
import { silu as siluDefinition } from '../activations/silu.js';
import type { SiluOptions } from '../functions/family.generated.js';
import { geglu, bilinear, reglu, swiglu } from '../functions/gated/family.generated.js';
import type { GeluOptions } from '../input/options.js';
import { type GatedLayer, type GatedLayerClass, gatedLayer } from './gated-layer.js';

/**
 * The layer of {@link geglu}: value · gelu(gate).
 *
 * Shapes: [..., 2n, ...] → [..., n, ...] along axis `dim` (default −1), or two of one shape. Accuracy: that of the
 * function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new GEGLU();
 * String(layer); // "GEGLU(approximate='none')"
 * layer.forward(Float64Array.of(3, -0.5), { columns: 2 }); // Float64Array [-0.4628063080889803]
 */
export const GEGLU: GatedLayerClass<GeluOptions> = /* @__PURE__ */ gatedLayer(geluDefinition, geglu);
export type GEGLU = GatedLayer;

/**
 * The layer of {@link bilinear}: value · gate. PyTorch’s `nn.Bilinear` is something else.
 *
 * Shapes: [..., 2n, ...] → [..., n, ...] along axis `dim` (default −1), or two of one shape. Accuracy: that of the
 * function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new BilinearGLU();
 * String(layer); // "BilinearGLU()"
 * layer.forward(Float64Array.of(3, -0.5), { columns: 2 }); // Float64Array [-1.5]
 */
export const BilinearGLU: GatedLayerClass = /* @__PURE__ */ gatedLayer(identityDefinition, bilinear);
export type BilinearGLU = GatedLayer;

/**
 * The layer of {@link reglu}: value · relu(gate).
 *
 * Shapes: [..., 2n, ...] → [..., n, ...] along axis `dim` (default −1), or two of one shape. Accuracy: that of the
 * function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new ReGLU();
 * String(layer); // "ReGLU()"
 * layer.forward(Float64Array.of(3, -0.5), { columns: 2 }); // Float64Array [0]
 */
export const ReGLU: GatedLayerClass = /* @__PURE__ */ gatedLayer(reluDefinition, reglu);
export type ReGLU = GatedLayer;

/**
 * The layer of {@link swiglu}: value · silu(gate).
 *
 * Shapes: [..., 2n, ...] → [..., n, ...] along axis `dim` (default −1), or two of one shape. Accuracy: that of the
 * function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new SwiGLU({ beta: 2 });
 * String(layer); // "SwiGLU(beta=2.0)"
 * layer.forward(Float64Array.of(3, -0.5), { columns: 2 }); // Float64Array [-0.40341213205499266]
 */
export const SwiGLU: GatedLayerClass<SiluOptions> = /* @__PURE__ */ gatedLayer(siluDefinition, swiglu);
export type SwiGLU = GatedLayer;
