import type { TfGluOptions } from '../gated.js';
import { type GatedLayers, gatedLayers } from './gated.generated.js';
import { type GatedLayerClass, gluLayer } from './gated.js';
import { type GeluLayer, type GeluLayerArgs, geluLayer } from './gelu.js';
import type { LayerBase, LayerClass } from './layer.js';
import { type StochasticGeluLayer, type StochasticGeluLayerArgs, stochasticGeluLayer } from './stochastic.js';

/** This library's layers. */
export interface Layers extends GatedLayers {
  readonly GELU: LayerClass<GeluLayerArgs, GeluLayer>;
  readonly StochasticGELU: LayerClass<StochasticGeluLayerArgs, StochasticGeluLayer>;
  readonly GLU: GatedLayerClass<TfGluOptions>;
}

const made = new WeakMap<object, Layers>();

/** The layers on a copy of TensorFlow.js's base of layers; always the same for the same one. */
export function layersOn(Base: LayerBase): Layers {
  let layers = made.get(Base);
  if (layers === undefined) {
    layers = {
      GELU: geluLayer(Base),
      StochasticGELU: stochasticGeluLayer(Base),
      GLU: gluLayer(Base),
      ...gatedLayers(Base),
    };
    made.set(Base, layers);
  }
  return layers;
}
