import type { Activation } from '../activations/model/activation.js';
import type { GatedFunction, GatedOptions, GatedOrder } from '../functions/gated/gated.js';
import type { FloatArray } from '../functions/gated/passes.js';
import { requireOptions } from '../input/options.js';
import { describe, GeluTypeError } from '../shared/errors.js';
import { Layer, type LayerJSON, parseLayer, requireKept } from './layer.js';
import { pythonFloat, snakeCase } from './python.js';

/** What a call of a gated layer says. */
export type GatedCallOptions<T = FloatArray> = Omit<GatedOptions<T>, 'order'>;

/** How a kind of gated layer differs from the others. */
export interface GatedKind {
  readonly name: string;
  readonly f: GatedFunction;
  /** The names of its options beside `order`. */
  readonly options: readonly string[];
  /** Those with their defaults that are always printed, and those that are printed if they are not the default. */
  readonly always?: { readonly [name: string]: unknown };
  readonly otherwise?: { readonly [name: string]: unknown };
}

/** A layer that halves the last axis: value · act(gate). `forward` keeps its input for `backward`, except after `eval()`. */
export interface GatedLayer extends Layer {
  /** The unit's function of an input [..., columns]: [..., columns/2]. */
  forward<T extends FloatArray>(input: T, options: GatedCallOptions<T>): T;
  /** The gradient of the last forward's input. Throws GeluStateError if there was none in training mode. */
  backward<T extends FloatArray>(gradOutput: T, options?: Omit<GatedCallOptions<T>, 'columns'>): T;
}

/** The class of a kind of gated layer. */
export interface GatedLayerClass<O extends object = object> {
  /** Throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed. */
  new (options?: O & { readonly order?: GatedOrder | undefined }): GatedLayer;
  /** The layer that `toJSON` described: an object or its JSON text. */
  fromJSON(json: LayerJSON | string): GatedLayer;
}

/** The class of the layers of a gated unit whose gate goes through that activation. */
/* @__NO_SIDE_EFFECTS__ */
export function gatedLayer<O extends object>(
  { gated, parameters }: Activation,
  f: GatedFunction<O>,
): GatedLayerClass<O> {
  const usual = (extra: boolean): object =>
    Object.fromEntries(
      Object.entries(parameters)
        .filter(([, spec]) => (spec.extra ?? false) === extra)
        .map(([name, spec]) => [name, spec.default]),
    );
  const name = gated?.layer ?? f.name;
  const options = Object.keys(parameters);
  return gatedLayerClass<O>({
    name,
    f: f as GatedFunction,
    options,
    always: { ...usual(false) },
    otherwise: { ...usual(true) },
  });
}

/** The class of a kind of gated layer. */
/* @__NO_SIDE_EFFECTS__ */
export function gatedLayerClass<O extends object>(kind: GatedKind): GatedLayerClass<O> {
  const { name, f, options: own, always = {}, otherwise = {} } = kind;
  const names = [...own, 'order'];

  class Gated extends Layer {
    readonly #options: Record<string, unknown>;
    #kept: { readonly input: FloatArray; readonly options: GatedCallOptions } | undefined;

    constructor(options: Record<string, unknown> = {}) {
      super();
      requireOptions(options, names);
      this.#options = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
      // A call without elements checks them.
      this.forward(new Float64Array(0), { columns: 2 });
      this.#kept = undefined;
    }

    static fromJSON(json: LayerJSON | string): Gated {
      return new Gated(parseLayer(json, name).settings as Record<string, unknown>);
    }

    forward(input: FloatArray, options: GatedCallOptions): FloatArray {
      requireOptions(options, ['columns', 'out', 'precision']);
      const output = f(input, { ...this.#options, ...options });
      const { out: _out, ...reading } = options;
      this.#kept = this.training ? { input, options: reading } : undefined;
      return output;
    }

    backward(gradOutput: FloatArray, options: Partial<GatedCallOptions> = {}): FloatArray {
      requireOptions(options, ['out', 'precision']);
      const kept = requireKept(this.#kept, this.training);
      return f.backward(gradOutput, kept.input, { ...this.#options, ...kept.options, ...options });
    }

    toJSON(): LayerJSON {
      const { activation } = this.#options;
      if (typeof activation === 'function')
        throw new GeluTypeError('activation', 'the name of a registered one, for JSON', describe(activation));
      return { type: name, ...this.#options };
    }

    protected type(): string {
      return name;
    }

    protected printed(): readonly string[] {
      const { parameters, ...options } = this.#options;
      const usual: Record<string, unknown> = { ...otherwise, order: 'valueFirst' };
      const changed = Object.entries(options).filter(([key, value]) => !(key in always) && value !== usual[key]);
      const shown = {
        ...always,
        ...pick(options, Object.keys(always)),
        ...Object.fromEntries(changed),
        ...(parameters as object),
      };
      return Object.entries(shown).map(([key, value]) => `${snakeCase(key)}=${python(value)}`);
    }

    protected forget(): void {
      this.#kept = undefined;
    }
  }
  Object.defineProperty(Gated, 'name', { value: name });
  return Gated as unknown as GatedLayerClass<O>;
}

function pick(options: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([key]) => keys.includes(key)));
}

/** An option's value as Python prints it; a function by its name. */
function python(value: unknown): string {
  if (typeof value === 'number') return pythonFloat(value);
  return typeof value === 'bigint' ? String(value) : `'${typeof value === 'function' ? value.name : value}'`;
}
