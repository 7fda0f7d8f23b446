import { bind } from '../activations/model/activation.js';
import { rrelu as definition } from '../activations/rrelu.js';
import { rrelu } from '../functions/family.generated.js';
import { requireCount } from '../functions/stochastic.js';
import { stochasticRrelu, stochasticRreluBackward } from '../functions/stochastic-rrelu.js';
import { requireOptions } from '../input/options.js';
import type { DType, TensorData } from '../kernels/dtypes.js';
import { Layer, type LayerJSON, numberToJSON, parseLayer, requireKept, requireKeptApart } from './layer.js';
import { pythonFloat } from './python.js';
import type { StochasticCallOptions } from './stochastic.js';

/** Options of the layer {@link RReLU}. */
export interface RreluLayerOptions {
  /** The least and the largest slope; defaults ⅛ and ⅓. */
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
  /** Names its random numbers; an integer from 0 to 2⁵³ − 1. Default: drawn at random; `layer.seed` tells it. */
  readonly seed?: number | undefined;
  /** How many calls in training mode came before; default 0. With the seed it resumes where a layer stopped. */
  readonly calls?: number | undefined;
}

/**
 * PyTorch's `nn.RReLU(lower=1/8, upper=1/3)`: x above 0; below, in training, x times a slope that is drawn for each element, in
 * evaluation x times the mean slope. Typed arrays of floating point, of any shape. Give each layer of a network a seed of its
 * own.
 *
 * @example
 * const layer = new RReLU({ lower: 0.25, upper: 0.75, seed: 1 });
 * String(layer); // "RReLU(lower=0.25, upper=0.75)"
 * layer.eval().forward(Float64Array.of(2, -1)); // Float64Array [2, -0.5]
 */
export class RReLU extends Layer {
  readonly lower: number;
  readonly upper: number;
  readonly seed: number;
  /** How many calls in training mode there were: each has its own random numbers. */
  calls: number;
  #kept: { readonly input: TensorData; readonly call: number; readonly dtype: DType | undefined } | undefined;

  /**
   * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
   */
  constructor(options: RreluLayerOptions = {}) {
    super();
    requireOptions(options, ['lower', 'upper', 'seed', 'calls']);
    const { seed = Math.floor(Math.random() * 2 ** 53), calls = 0, ...slopes } = options;
    const given = Object.entries(slopes).filter(([, value]) => value !== undefined);
    const { lower, upper } = bind(definition, Object.fromEntries(given)).parameters;
    this.lower = lower;
    this.upper = upper;
    this.seed = requireCount(seed, 'seed');
    this.calls = requireCount(calls, 'calls');
  }

  /** x above 0, else x times a slope: drawn in training mode, the mean in evaluation. */
  forward<T extends TensorData>(input: T, options: StochasticCallOptions<T> = {}): T {
    requireOptions(options, ['out', 'dtype']);
    const { lower, upper, seed, calls: call } = this;
    if (!this.training) return rrelu<T>(input, { lower, upper, ...options });
    const { out, dtype } = options;
    const inPlace = out !== undefined && (out as TensorData).buffer === (input as TensorData).buffer;
    const kept = inPlace ? (input as Float32Array).slice() : input;
    const output = stochasticRrelu<T>(input, { ...options, lower, upper, seed, call });
    this.calls++;
    this.#kept = { input: kept as TensorData, call, dtype };
    return output;
  }

  /**
   * gradOutput, times the last forward's slopes where its input was not above 0.
   *
   * @throws GeluStateError if there was no `forward` in training mode; GeluRangeError if `out` shares memory with the input that
   * was kept.
   */
  backward<T extends TensorData>(gradOutput: T, options: { readonly out?: T | undefined } = {}): T {
    requireOptions(options, ['out']);
    const { input, call, dtype } = requireKept(this.#kept, this.training);
    requireKeptApart(options.out, input);
    const { lower, upper, seed } = this;
    return stochasticRreluBackward<T>(gradOutput, input as T, { ...options, lower, upper, seed, call, dtype });
  }

  toJSON(): LayerJSON {
    const [lower, upper] = [this.lower, this.upper].map(numberToJSON);
    return { type: 'RReLU', lower, upper, seed: this.seed, calls: this.calls };
  }

  /**
   * The layer that `toJSON` described: an object or its JSON text.
   *
   * @throws GeluTypeError, GeluRangeError if it describes none.
   */
  static fromJSON(json: LayerJSON | string): RReLU {
    return new RReLU(parseLayer(json, 'RReLU').settings);
  }

  protected type(): string {
    return 'RReLU';
  }

  protected printed(): readonly string[] {
    return [`lower=${pythonFloat(this.lower)}`, `upper=${pythonFloat(this.upper)}`];
  }

  protected forget(): void {
    this.#kept = undefined;
  }
}
