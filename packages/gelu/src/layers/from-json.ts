import { gelu } from '../activations/gelu/definition.js';
import { activation, activations } from '../activations/index.js';
import { type Activation, type Bound, bind, type Source } from '../activations/model/activation.js';
import { requireActivation } from '../activations/model/require.js';
import { prelu } from '../activations/prelu.js';
import { rrelu } from '../activations/rrelu.js';
import { activationFunction } from '../functions/activation-function.js';
import type { OptionsOf } from '../functions/resolver.js';
import { recent } from '../shared/cache.js';
import { GeluRangeError } from '../shared/errors.js';
import * as gatedLayers from './gated.generated.js';
import { GELU } from './gelu.js';
import { GLU } from './glu.js';
import { type Layer, type LayerJSON, parseLayer } from './layer.js';
import { type LayerClass, layerOf } from './layer-of.js';
import { PReLU } from './prelu.js';
import { RReLU } from './rrelu.js';
import { StochasticGELU } from './stochastic.js';

/**
 * The class of an activation's layers: its parameters are the constructor's options. The same definition, or the same name,
 * gives the same class.
 *
 * `which` is a definition (of the registry or of your own, see `defineActivation`), what `activation` returns, or a name
 * that `activation` knows; `source` says whose name it is. What a name fixes is the default of the constructor's options.
 *
 * @throws GeluTypeError, GeluRangeError as `activation` for a name.
 *
 * @example
 * String(new (activationLayer('gelu_new'))()); // "GELU(approximate='tanh')"
 */
export function activationLayer<A extends Activation>(which: A): LayerClass<OptionsOf<A>>;
export function activationLayer(which: string | Bound, source?: Source): LayerClass;
export function activationLayer(which: string | Bound | Activation, source?: Source): LayerClass {
  const bound = typeof which === 'string' ? activation(which, {}, source) : requireActivation(which);
  if (!('definition' in bound)) return ofDefinition(bound);
  const Base = ofDefinition(bound.definition);
  if (bound.key === bind(bound.definition).key) return Base;
  const { key } = activationFunction(bound).resolve(undefined, []);
  const { parameters } = bound;
  const ofPrelu = (bound.definition as unknown) === prelu;
  return named(key, () => withDefaults(Base, ofPrelu ? { init: parameters.weight } : parameters));
}

/** Classes with defaults of their own, by the keys of their functions. */
const named: (key: string, make: () => LayerClass) => LayerClass = recent(64);

/** `Base` with other defaults. Its name and JSON are those of the base, in which every parameter stands. */
function withDefaults(Base: LayerClass, defaults: object): LayerClass {
  const Derived = class extends (Base as unknown as new (options?: object) => object) {
    constructor(options: object = {}) {
      super({ ...defaults, ...options });
    }
  };
  Object.defineProperty(Derived, 'name', { value: (Base as unknown as { name: string }).name });
  return Derived as unknown as LayerClass;
}

function ofDefinition(definition: Activation): LayerClass {
  const special: readonly (readonly [unknown, unknown])[] = [
    [gelu, GELU],
    [prelu, PReLU],
    [rrelu, RReLU],
  ];
  const found = special.find(([known]) => known === definition);
  return (found ? found[1] : layerOf(definition, activationFunction(definition))) as LayerClass;
}

/**
 * The layer that any layer's `toJSON` described, as an object or JSON text: of this library, or of an activation that was
 * added with `registerActivation`.
 *
 * @throws GeluTypeError if it is no description, GeluRangeError if there is no such layer.
 *
 * @example
 * const json = JSON.stringify(new LeakyReLU({ negativeSlope: 0.2 }));
 * String(layerFromJSON(json)); // "LeakyReLU(negative_slope=0.2)"
 */
export function layerFromJSON(json: LayerJSON | string): Layer {
  const { type, settings } = parseLayer(json);
  const others = { GLU, ...gatedLayers, StochasticGELU };
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
