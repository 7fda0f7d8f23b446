import { gelu } from '../activations/gelu/definition.js';
import { activations } from '../activations/index.js';
import type { Activation } from '../activations/model/activation.js';
import { prelu } from '../activations/prelu.js';
import { GeluRangeError } from '../shared/errors.js';
import { BilinearGLU, GEGLU, GLU, ReGLU, SwiGLU } from './gated.js';
import { GELU } from './gelu.js';
import { type Layer, type LayerJSON, parseLayer } from './layer.js';
import { type LayerClass, layerOf } from './layer-of.js';
import { PReLU } from './prelu.js';
import { StochasticGELU } from './stochastic.js';

/**
 * The class of an activation's layers, of the registry or of your own (see `defineActivation`): its parameters are the
 * constructor's options. The same definition gives the same class.
 */
export function activationLayer<A extends Activation>(definition: A): LayerClass<A> {
  const special: [unknown, unknown][] = [
    [gelu, GELU],
    [prelu, PReLU],
  ];
  const found = special.find(([known]) => known === definition);
  return found ? (found[1] as LayerClass<A>) : layerOf(definition);
}

/**
 * The layer that any layer's `toJSON` described, as an object or JSON text: of this library, or of an activation that was
 * added with `registerActivation`.
 *
 * @throws GeluTypeError if it is no description, GeluRangeError if there is no such layer.
 */
export function layerFromJSON(json: LayerJSON | string): Layer {
  const { type, settings } = parseLayer(json);
  const others = { GLU, GEGLU, ReGLU, SwiGLU, BilinearGLU, StochasticGELU };
  const definition = activations.find(({ layer }) => layer === type);
  const found: { fromJSON(json: LayerJSON): Layer } | undefined = definition
    ? activationLayer(definition)
    : Object.hasOwn(others, type)
      ? others[type as keyof typeof others]
      : undefined;
  if (found) return found.fromJSON({ type, ...settings });
  const known = [...activations.map(({ layer }) => layer), ...Object.keys(others)];
  throw new GeluRangeError('json.type', `one of ${known.join(', ')}`, `'${type}'`);
}
