import { requireApart } from '../input/arrays.js';
import { describe, GeluRangeError, GeluStateError, GeluTypeError } from '../shared/errors.js';

/** What `JSON.stringify` makes of a layer and `layerFromJSON` takes: its type and its settings. */
export interface LayerJSON {
  readonly type: string;
  readonly [setting: string]: unknown;
}

/**
 * What all layers have in common: training mode, the printed form and JSON.
 *
 * @example
 * const layer = new GELU().eval();
 * String(layer); // "GELU(approximate='none')"
 * layer.training; // false
 */
export abstract class Layer {
  /** True (default): `forward` keeps what `backward` needs. Set by `train()` and `eval()`. */
  training = true;

  /** The name of the class, as it is printed and stands in JSON. */
  protected abstract type(): string;

  /** The settings as PyTorch prints them, each 'name=value'. */
  protected abstract printed(): readonly string[];

  /** What `forward` has kept is no longer needed. */
  protected abstract forget(): void;

  abstract toJSON(): LayerJSON;

  /** Training mode on (or, with false, off), as PyTorch's. Returns the layer. */
  train(mode = true): this {
    this.training = mode;
    if (!mode) this.forget();
    return this;
  }

  /** Training mode off: `forward` keeps nothing. Returns the layer. */
  eval(): this {
    return this.train(false);
  }

  /** As PyTorch prints it: LeakyReLU(negative_slope=0.01). */
  toString(): string {
    return `${this.type()}(${this.printed().join(', ')})`;
  }
}

/** What `forward` has kept for `backward`; throws GeluStateError if that is nothing. */
export function requireKept<T>(kept: T | undefined, training: boolean): T {
  if (kept !== undefined) return kept;
  throw new GeluStateError(`backward needs a forward ${training ? 'before it' : 'in training mode: call train()'}`);
}

/** Throws GeluRangeError if `out` shares memory with what `forward` has kept: a second `backward` would read the gradient. */
export function requireKeptApart(out: unknown, kept: unknown): void {
  if (ArrayBuffer.isView(out) && ArrayBuffer.isView(kept)) requireApart(kept, out, 'the input that was kept');
}

/**
 * A layer's JSON, as an object or its text, in two: the type and the settings, numbers as `numberToJSON` took them. `type`, if
 * given, is what it must be.
 *
 * @throws GeluTypeError, GeluRangeError if it is neither.
 */
export function parseLayer(json: LayerJSON | string, type?: string): { type: string; settings: object } {
  let value: unknown = json;
  if (typeof json === 'string') {
    try {
      value = JSON.parse(json);
    } catch {
      throw new GeluRangeError('json', 'JSON text', describe(json));
    }
  }
  if (!isRecord(value))
    throw new GeluTypeError('json', `an object { type: '${type ?? 'GELU'}', … } or its JSON text`, describe(value));
  const { type: found, ...settings } = value as LayerJSON;
  if (typeof found !== 'string' || (type !== undefined && found !== type))
    throw new GeluRangeError('json.type', type === undefined ? 'the name of a layer' : `'${type}'`, describe(found));
  const revived = Object.entries(settings).map(([name, setting]) => [name, numberFromJSON(setting)]);
  return { type: found, settings: Object.fromEntries(revived) };
}

function isRecord(value: unknown): value is object {
  try {
    return typeof value === 'object' && !Array.isArray(value) && !!Object.keys(value as object);
  } catch {
    return false; // null, or a proxy that throws
  }
}

/** A number as JSON can hold it: −0 and the infinities, for which it has nothing, as strings. */
export function numberToJSON(value: unknown): unknown {
  if (Object.is(value, -0)) return '-0';
  return Math.abs(value as number) === Infinity ? String(value) : value;
}

/** What `numberToJSON` wrote. */
export function numberFromJSON(value: unknown): unknown {
  return ['-0', 'Infinity', '-Infinity'].includes(value as string) ? Number(value) : value;
}
