// Written by scripts/generate.mjs from the files of src/activations, which are the place for changes.
import type { SiluOptions } from '../../functions/family.generated.js';
import type { GeluOptions } from '../../input/options.js';
import { bilinear, geglu, reglu, swiglu } from '../gated.generated.js';
import { type GatedLayerClass, gatedLayer } from './gated.js';
import type { LayerBase } from './layer.js';

/** The layers of the gated units. */
export interface GatedLayers {
  /** value · gelu(gate) over the halves of an axis; with the options of `gelu`. */
  readonly GEGLU: GatedLayerClass<GeluOptions>;
  /** value · gate over the halves of an axis. */
  readonly BilinearGLU: GatedLayerClass;
  /** value · relu(gate) over the halves of an axis. */
  readonly ReGLU: GatedLayerClass;
  /** value · silu(gate) over the halves of an axis; with the options of `silu`. */
  readonly SwiGLU: GatedLayerClass<SiluOptions>;
}

/** The layers of the gated units on TensorFlow.js's base. */
export function gatedLayers(Base: LayerBase): GatedLayers {
  return {
    GEGLU: gatedLayer(Base, 'GEGLU', geglu, ['approximate', 'mean', 'std']),
    BilinearGLU: gatedLayer(Base, 'BilinearGLU', bilinear, []),
    ReGLU: gatedLayer(Base, 'ReGLU', reglu, []),
    SwiGLU: gatedLayer(Base, 'SwiGLU', swiglu, ['beta']),
  };
}
