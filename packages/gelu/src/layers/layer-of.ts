import { type Activation, bind } from '../activations/model/activation.js';
import type { ParameterValues } from '../activations/model/parameters.js';
import type { ActivationFunction } from '../functions/elementwise.js';
import type { OptionsOf } from '../functions/resolver.js';
import { requireOptions } from '../input/options.js';
import { ActivationLayer } from './activation-layer.js';
import { type LayerJSON, numberToJSON, parseLayer } from './layer.js';
import { pythonFloat, snakeCase } from './python.js';

/** A layer with the parameters O of its activation. */
export type LayerOf<O extends object = object> = ActivationLayer & { -readonly [K in keyof O]-?: NonNullable<O[K]> };

/** The class of an activation's layers; its parameters are the options O. */
export interface LayerClass<O extends object = object> {
  /** Throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed, listing what is. */
  new (options?: O): LayerOf<O>;
  /** The layer that `toJSON` described: an object or its JSON text. Throws GeluTypeError, GeluRangeError if it is none. */
  fromJSON(json: LayerJSON | string): LayerOf<O>;
}

const classes = /* @__PURE__ */ new WeakMap<Activation, unknown>();

/** The class of an activation's layers, which call its function f; always the same for the same definition. */
/* @__NO_SIDE_EFFECTS__ */
export function layerOf<A extends Activation>(definition: A, f: unknown): LayerClass<OptionsOf<A>> {
  const known = classes.get(definition);
  if (known) return known as LayerClass<OptionsOf<A>>;
  const made = makeClass(definition, f as ActivationFunction);
  classes.set(definition, made);
  return made as unknown as LayerClass<OptionsOf<A>>;
}

function makeClass(definition: Activation, f: ActivationFunction): typeof ActivationLayer {
  const { layer, parameters: specs } = definition;
  const names = Object.keys(specs);

  class Made extends ActivationLayer {
    constructor(options: ParameterValues = {}) {
      super();
      requireOptions(options, names);
      Object.assign(this, bind(definition, options).parameters);
    }

    static fromJSON(json: LayerJSON | string): Made {
      return new Made(parseLayer(json, layer).settings as ParameterValues);
    }

    toJSON(): LayerJSON {
      const settings = Object.entries(this.#parameters()).map(([name, value]) => [name, numberToJSON(value)]);
      return { type: layer, ...Object.fromEntries(settings) };
    }

    protected activation(): readonly [ActivationFunction, object] {
      return [f, this.#parameters()];
    }

    protected type(): string {
      return layer;
    }

    protected printed(): readonly string[] {
      return Object.entries(this.#parameters())
        .filter(([name, value]) => !specs[name].extra || value !== specs[name].default)
        .map(([name, value]) => `${snakeCase(name)}=${typeof value === 'number' ? pythonFloat(value) : `'${value}'`}`);
    }

    #parameters(): ParameterValues {
      return Object.fromEntries(names.map((name) => [name, (this as unknown as ParameterValues)[name]]));
    }
  }
  Object.defineProperty(Made, 'name', { value: layer });
  return Made;
}
