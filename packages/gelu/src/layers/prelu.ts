import type { ActivationFunction } from '../functions/elementwise.js';
import { type PreluOptions, prelu, preluBackward } from '../functions/prelu.js';
import type { Like, NestedArray } from '../input/arrays.js';
import { CALL_KEYS, requireOptions } from '../input/options.js';
import type { TensorData } from '../kernels/dtypes.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { ActivationLayer, type LayerCall, type LayerCallOptions, type Tensor } from './activation-layer.js';
import { type LayerJSON, numberFromJSON, numberToJSON, parseLayer } from './layer.js';

/** Options of the layer {@link PReLU}. */
export interface PreluLayerOptions {
  /** 1 (default): one weight. Else one for each channel. */
  readonly numParameters?: number | undefined;
  /** The weights to begin with; default 0.25. */
  readonly init?: number | undefined;
}

/** What a call of the layer may say. */
export interface PreluCallOptions<T = TensorData> extends LayerCallOptions<T> {
  /** With several weights: the input's shape, whose axis 1 is the channels'; without it they are the last axis. */
  readonly shape?: readonly number[] | undefined;
}

/**
 * PyTorch's `nn.PReLU(num_parameters=1, init=0.25)`: x above 0, weight·x below, the weights trained. `backward` leaves their
 * gradients in `gradWeight`.
 *
 * @example
 * const layer = new PReLU({ numParameters: 2 });
 * layer.forward([[-1, -2]])[0]; // [-0.25, -0.5]
 * layer.backward([[1, 1]])[0]; // [0.25, 0.25]
 * layer.gradWeight; // Float64Array [-1, -2]
 */
export class PReLU extends ActivationLayer {
  readonly numParameters: number;
  /** To be trained: write to its elements. */
  readonly weight: Float64Array;
  /** The gradients of the weights that the last `backward` found (it does not add them up). */
  gradWeight: Float64Array;

  /**
   * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
   */
  constructor(options: PreluLayerOptions = {}) {
    super();
    requireOptions(options, ['numParameters', 'init']);
    const { numParameters = 1, init = 0.25 } = options;
    if (typeof numParameters !== 'number')
      throw new GeluTypeError('numParameters', 'a number', describe(numParameters));
    if (!Number.isInteger(numParameters) || numParameters < 1)
      throw new GeluRangeError('numParameters', 'an integer of at least 1', String(numParameters));
    if (typeof init !== 'number') throw new GeluTypeError('init', 'a number', describe(init));
    if (!Number.isFinite(init)) throw new GeluRangeError('init', 'finite', String(init));
    this.numParameters = numParameters;
    this.weight = weights(numParameters).fill(init);
    this.gradWeight = weights(numParameters);
  }

  /** prelu(input); with several weights Float32Array and Float64Array only. */
  override forward(input: number): number;
  override forward<T extends TensorData>(input: T, options?: PreluCallOptions<T>): T;
  override forward<T extends number | TensorData | NestedArray>(input: T): Like<T>;
  override forward(input: Tensor, options: PreluCallOptions = {}): unknown {
    return super.forward(input as TensorData, options);
  }

  toJSON(): LayerJSON {
    return { type: 'PReLU', numParameters: this.numParameters, weight: Array.from(this.weight, numberToJSON) };
  }

  /**
   * The layer that `toJSON` described, its weights included: an object or its JSON text.
   *
   * @throws GeluTypeError, GeluRangeError if it describes none.
   */
  static fromJSON(json: LayerJSON | string): PReLU {
    const { weight: written, ...options } = parseLayer(json, 'PReLU').settings as PreluLayerOptions & {
      weight?: unknown;
    };
    const weight = Array.isArray(written) ? written.map(numberFromJSON) : written;
    const layer = new PReLU(options);
    if (weight === undefined) return layer;
    if (!Array.isArray(weight) || !weight.every(Number.isFinite))
      throw new GeluTypeError('json.weight', 'an array of finite numbers', describe(weight));
    if (weight.length !== layer.numParameters)
      throw new GeluRangeError('json.weight', `of length ${layer.numParameters}`, `length ${weight.length}`);
    layer.weight.set(weight as number[]);
    return layer;
  }

  protected activation(): readonly [ActivationFunction, PreluOptions] {
    return [prelu, { weight: this.weight }];
  }

  protected override differentiate(gradOutput: Tensor, { input, options }: LayerCall): void {
    const { out: _out, ...reading } = options as PreluCallOptions;
    this.gradWeight = preluBackward(gradOutput, input as Tensor, reading).gradWeight;
  }

  protected override callKeys(): readonly string[] {
    return ['shape', ...CALL_KEYS];
  }

  protected type(): string {
    return 'PReLU';
  }

  protected printed(): readonly string[] {
    return [`num_parameters=${this.numParameters}`];
  }
}

function weights(count: number): Float64Array {
  try {
    return new Float64Array(count);
  } catch {
    throw new GeluRangeError('numParameters', 'a number of weights that fits in memory', String(count));
  }
}
