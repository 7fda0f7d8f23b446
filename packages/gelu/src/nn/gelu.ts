import type { Like, NestedArray } from '../arrays.js';
import { describe, GeluRangeError, GeluStateError, GeluTypeError } from '../errors.js';
import { gelu, geluBackward } from '../functions.js';
import type { TensorData } from '../kinds.js';
import { CALL_KEYS, type GeluCallOptions, type GeluOptions, resolveForm } from '../options.js';

/** What `JSON.stringify` makes of a layer, and `GELU.fromJSON` takes. */
export interface GeluJSON {
  readonly type: 'GELU';
  readonly approximate: 'none' | 'tanh' | 'sigmoid';
  readonly mean?: number;
  readonly std?: number;
}

/** What a call of a layer may say: all that {@link GeluCallOptions} has, but the form, which is the layer's. */
export type LayerCallOptions<T = TensorData> = Omit<GeluCallOptions<T>, keyof GeluOptions>;

type Tensor = number | TensorData | NestedArray;

/**
 * The layer, as PyTorch's `nn.GELU(approximate='none')`.
 *
 * Shapes: any; the output has the shape and type of the input. `forward` keeps the input (not a copy, unless it works in
 * place) for `backward`, except after `eval()`.
 */
export class GELU {
  readonly approximate: 'none' | 'tanh' | 'sigmoid';
  readonly mean: number;
  readonly std: number;
  /** True (default): `forward` keeps its input for `backward`. Set by `train()` and `eval()`. */
  training = true;
  #input: Tensor | undefined;

  /**
   * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed, listing what is.
   */
  constructor(options: GeluOptions = {}) {
    const form = resolveForm(options);
    this.approximate = form.approximate;
    this.mean = form.mean;
    this.std = form.std;
    // So that console.log(layer) in Node prints what toString() gives.
    Object.defineProperty(this, Symbol.for('nodejs.util.inspect.custom'), { value: () => this.toString() });
  }

  /** gelu(input); see {@link gelu} for inputs, accuracy and errors. */
  forward(input: number): number;
  forward<T extends TensorData>(input: T, options?: LayerCallOptions<T>): T;
  forward<T extends NestedArray>(input: T): Like<T>;
  forward(input: Tensor, options: LayerCallOptions = {}): unknown {
    requireCallOptions(options);
    const inPlace = options.out !== undefined && ArrayBuffer.isView(input) && options.out.buffer === input.buffer;
    const kept = this.training && inPlace ? (input as Float32Array).slice() : input;
    const output = gelu(input as TensorData, { ...this.#form(), ...options } as GeluCallOptions<TensorData>);
    this.#input = this.training ? kept : undefined;
    return output;
  }

  /**
   * gradOutput · gelu'(input) for the input of the last `forward`; see {@link geluBackward}.
   *
   * @throws GeluStateError if there was no `forward` in training mode.
   */
  backward(gradOutput: number): number;
  backward<T extends TensorData>(gradOutput: T, options?: LayerCallOptions<T>): T;
  backward<T extends NestedArray>(gradOutput: T): Like<T>;
  backward(gradOutput: Tensor, options: LayerCallOptions = {}): unknown {
    requireCallOptions(options);
    if (this.#input === undefined)
      throw new GeluStateError(
        this.training
          ? 'backward needs a forward before it'
          : 'backward needs a forward in training mode: call train()',
      );
    return geluBackward(
      gradOutput as TensorData,
      this.#input as TensorData,
      { ...this.#form(), ...options } as GeluCallOptions<TensorData>,
    );
  }

  /** Training mode on (or, with false, off), as PyTorch's. Returns the layer. */
  train(mode = true): this {
    this.training = mode;
    if (!mode) this.#input = undefined;
    return this;
  }

  /** Training mode off: `forward` keeps nothing. Returns the layer. */
  eval(): this {
    return this.train(false);
  }

  /** As PyTorch prints it: GELU(approximate='none'). */
  toString(): string {
    const general = this.#isGeneral() ? `, mean=${this.mean}, std=${this.std}` : '';
    return `GELU(approximate='${this.approximate}'${general})`;
  }

  toJSON(): GeluJSON {
    return {
      type: 'GELU',
      approximate: this.approximate,
      ...(this.#isGeneral() ? { mean: this.mean, std: this.std } : {}),
    };
  }

  /**
   * The layer that `toJSON` described: an object or its JSON text.
   *
   * @throws GeluTypeError, GeluRangeError if it describes none.
   */
  static fromJSON(json: GeluJSON | string): GELU {
    let value: unknown = json;
    if (typeof json === 'string') {
      try {
        value = JSON.parse(json);
      } catch {
        throw new GeluRangeError('json', 'JSON text', describe(json));
      }
    }
    if (value === null || typeof value !== 'object' || Array.isArray(value))
      throw new GeluTypeError('json', "an object { type: 'GELU', … } or its JSON text", describe(value));
    const { type, ...options } = value as GeluJSON;
    if (type !== 'GELU') throw new GeluRangeError('json.type', "'GELU'", describe(type));
    return new GELU(options);
  }

  #form(): GeluOptions {
    return { approximate: this.approximate, mean: this.mean, std: this.std };
  }

  #isGeneral(): boolean {
    return this.mean !== 0 || this.std !== 1;
  }
}

function requireCallOptions(options: object): void {
  if (options === null || typeof options !== 'object')
    throw new GeluTypeError('options', 'an object', describe(options));
  for (const [key, value] of Object.entries(options))
    if (!CALL_KEYS.includes(key))
      throw new GeluTypeError(
        `options.${key}`,
        `absent: a call of a layer takes ${CALL_KEYS.join(', ')}`,
        describe(value),
      );
}
