import { type GluOptions, glu } from '../functions/gated/glu.js';
import { type GatedLayer, type GatedLayerClass, gatedLayerClass } from './gated-layer.js';

/**
 * The layer of {@link glu}, PyTorch's `nn.GLU(dim=-1)`; the gate's activation may be another than σ.
 *
 * Shapes: [..., 2n, ...] → [..., n, ...] along axis `dim` (default −1), or two of one shape. Accuracy: that of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new GLU();
 * String(layer); // "GLU(dim=-1)"
 * layer.forward(Float64Array.of(3, 0), { columns: 2 }); // Float64Array [1.5]
 */
export const GLU: GatedLayerClass<GluOptions> = /* @__PURE__ */ gatedLayerClass({
  name: 'GLU',
  f: glu,
  options: ['activation', 'parameters'],
  always: { dim: -1n },
  otherwise: { activation: 'sigmoid' },
});
export type GLU = GatedLayer;
