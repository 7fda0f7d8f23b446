import type { Activation } from '../activations/model/activation.js';
import { layoutOf } from '../functions/gated/layout.js';
import type {
  FloatArray,
  GatedFunction,
  GatedGradients,
  GatedOptions,
  GatedOrder,
  GatedPairBackwardOptions,
  GatedPairOptions,
} from '../functions/gated/types.js';
import type { Like, NestedArray } from '../input/arrays.js';
import { isArray } from '../input/arrays.js';
import { requireOptions } from '../input/options.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import {
  Layer,
  type LayerJSON,
  numberFromJSON,
  numberToJSON,
  parseLayer,
  requireKept,
  requireKeptApart,
} from './layer.js';
import { pythonFloat, snakeCase } from './python.js';

/** What a call of a gated layer on one typed array says: how it lies, where the result goes; the rest is the layer's. */
export type GatedCallOptions<T = FloatArray> = Omit<GatedOptions<T>, 'order' | 'dim'>;

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

/**
 * A layer that computes value · act(gate), gate and value the halves of an axis, or two arrays. `forward` keeps what it read
 * for `backward`, except after `eval()`.
 */
export interface GatedLayer extends Layer {
  /** The halves of axis `dim` of the input, [..., 2n, ...] → [..., n, ...]. */
  forward<T extends FloatArray>(input: T, options: GatedCallOptions<T>): T;
  forward<T extends NestedArray>(input: T): Like<T>;
  /** Gate and value as two arrays of one shape. */
  forward<T extends FloatArray>(gate: T, value: T, options?: GatedPairOptions<T>): T;
  forward<T extends NestedArray>(gate: T, value: T): Like<T>;
  forward(gate: number, value: number): number;
  /**
   * The gradient of the last forward's input; of gate and value where it had two.
   *
   * Throws GeluStateError if there was no forward in training mode, GeluRangeError if `out` shares memory with what it keeps.
   */
  backward<T extends FloatArray>(gradOutput: T, options?: Omit<GatedCallOptions<T>, 'columns' | 'shape' | 'dtype'>): T;
  backward<T extends FloatArray>(
    gradOutput: T,
    options?: Omit<GatedPairBackwardOptions<T>, 'dtype'>,
  ): GatedGradients<T>;
  backward<T extends NestedArray>(gradOutput: T): Like<T>;
}

/** The class of a kind of gated layer. */
export interface GatedLayerClass<O extends object = object> {
  /** Throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed. */
  new (options?: O & { readonly order?: GatedOrder | undefined; readonly dim?: number | undefined }): GatedLayer;
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
  const names = [...own, 'order', 'dim'];
  const call = f as unknown as (...values: unknown[]) => unknown;
  const differentiate = f.backward as unknown as (...values: unknown[]) => unknown;

  class Gated extends Layer {
    /** Which gated unit: the options of the gate's function, and how halves lie. */
    readonly #parameters: Record<string, unknown>;
    readonly #layout: Record<string, unknown>;
    #kept: { readonly operands: readonly unknown[]; readonly options: object } | undefined;

    constructor(options: Record<string, unknown> = {}) {
      super();
      requireOptions(options, names);
      const given = Object.entries(options).filter(([, value]) => value !== undefined);
      this.#layout = Object.fromEntries(given.filter(([key]) => LAYOUT.includes(key)));
      this.#parameters = Object.fromEntries(given.filter(([key]) => !LAYOUT.includes(key)));
      requireLayout(this.#layout);
      call(1, 1, this.#parameters); // checks them
    }

    static fromJSON(json: LayerJSON | string): Gated {
      return new Gated(plain(parseLayer(json, name).settings, numberFromJSON));
    }

    forward(first: unknown, second?: unknown, third?: unknown): unknown {
      const pair = isOperand(second);
      const options = ((pair ? third : second) ?? {}) as GatedCallOptions;
      requireOptions(options, pair ? PAIR_KEYS : HALVES_KEYS);
      const operands = (pair ? [first, second] : [first]).map((x) => (this.training ? kept(x, options.out) : x));
      const own = pair ? this.#parameters : { ...this.#parameters, ...this.#layout };
      const output = call(first, ...(pair ? [second] : []), { ...own, ...options });
      const { out: _out, ...reading } = options;
      this.#kept = this.training ? { operands, options: { ...own, ...reading } } : undefined;
      return output;
    }

    backward(gradOutput: unknown, options: { readonly out?: unknown; readonly precision?: unknown } = {}): unknown {
      requireOptions(options, ['out', 'precision']);
      const { operands, options: own } = requireKept(this.#kept, this.training);
      const { out } = options;
      const outputs = operands.length === 1 || out === null || typeof out !== 'object' ? [out] : Object.values(out);
      for (const output of outputs) for (const operand of operands) requireKeptApart(output, operand);
      return differentiate(gradOutput, ...operands, { ...own, ...options });
    }

    toJSON(): LayerJSON {
      const { activation } = this.#parameters;
      if (typeof activation === 'function')
        throw new GeluTypeError('activation', 'the name of a registered one, for JSON', describe(activation));
      return { type: name, ...plain({ ...this.#parameters, ...this.#layout }, numberToJSON) };
    }

    protected type(): string {
      return name;
    }

    protected printed(): readonly string[] {
      const { parameters, ...options }: Record<string, unknown> = { ...this.#parameters, ...this.#layout };
      const usual: Record<string, unknown> = { dim: -1, ...otherwise, order: 'valueFirst' };
      const changed = Object.entries(options).filter(([key, value]) => !(key in always) && value !== usual[key]);
      const shown = {
        ...always,
        ...pick(options, Object.keys(always)),
        ...Object.fromEntries(changed),
        ...(parameters as object),
      };
      return Object.entries(shown).map(([key, value]) => `${snakeCase(key)}=${key === 'dim' ? value : python(value)}`);
    }

    protected forget(): void {
      this.#kept = undefined;
    }
  }
  Object.defineProperty(Gated, 'name', { value: name });
  return Gated as unknown as GatedLayerClass<O>;
}

const LAYOUT: readonly string[] = ['order', 'dim'];
const PAIR_KEYS: readonly string[] = ['out', 'precision', 'dtype'];
const HALVES_KEYS: readonly string[] = ['columns', 'shape', ...PAIR_KEYS];

const isOperand = (value: unknown): boolean => typeof value === 'number' || isArray(value) || ArrayBuffer.isView(value);

/** What `backward` will read: a copy of what the call writes over. */
function kept(x: unknown, out: unknown): unknown {
  const overwritten = ArrayBuffer.isView(x) && ArrayBuffer.isView(out) && x.buffer === out.buffer;
  return overwritten ? (x as Float32Array).slice() : x;
}

function requireLayout({ order, dim = -1 }: Record<string, unknown>): void {
  layoutOf(0, { columns: 2, order: order as GatedOrder });
  if (typeof dim !== 'number') throw new GeluTypeError('dim', 'a number', describe(dim));
  if (!Number.isInteger(dim)) throw new GeluRangeError('dim', 'an axis', String(dim));
}

/** Settings with every number, also inside `parameters`, changed by f. */
function plain(settings: object, f: (value: unknown) => unknown): Record<string, unknown> {
  const changed = Object.entries(settings).map(([key, value]) => [
    key,
    key === 'parameters' && value !== null && typeof value === 'object' ? plain(value, f) : f(value),
  ]);
  return Object.fromEntries(changed);
}

function pick(options: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([key]) => keys.includes(key)));
}

/** An option's value as Python prints it; a function by its name. */
function python(value: unknown): string {
  if (typeof value === 'number') return pythonFloat(value);
  return typeof value === 'bigint' ? String(value) : `'${typeof value === 'function' ? value.name : value}'`;
}
