import { gelu } from '../functions/gelu.js';
import { requireCount, stochasticGelu, stochasticGeluBackward } from '../functions/stochastic.js';
import { type CallOptions, requireOptions } from '../input/options.js';
import type { DType, TensorData } from '../kernels/dtypes.js';
import { Layer, type LayerJSON, parseLayer, requireKept } from './layer.js';

/** Options of the layer {@link StochasticGELU}. */
export interface StochasticLayerOptions {
  /** Names its random numbers; an integer from 0 to 2⁵³ − 1. Default: drawn at random; `layer.seed` tells it. */
  readonly seed?: number | undefined;
  /** How many calls in training mode came before; default 0. With the seed it resumes where a layer stopped. */
  readonly calls?: number | undefined;
}

/** What a call of the layer may say. */
export interface StochasticCallOptions<T = TensorData> {
  readonly out?: T | undefined;
  readonly dtype?: DType | undefined;
}

/**
 * GELU's stochastic form as a layer: in training x·m, m ~ Bernoulli(Φ(x)), in evaluation gelu(x). Typed arrays of floating
 * point, of any shape; see {@link stochasticGelu}. Give each layer of a network a seed of its own.
 *
 * @example
 * const layer = new StochasticGELU({ seed: 7 });
 * layer.forward(new Float32Array([-1, 1, 2])); // Float32Array [0, 1, 2]
 * layer.eval().forward(new Float32Array([-1, 1, 2])); // Float32Array [-0.15865525603294373, 0.8413447737693787, 1.9544997215270996]
 */
export class StochasticGELU extends Layer {
  readonly seed: number;
  /** How many calls in training mode there were: each has its own random numbers. */
  calls: number;
  #mask: Uint8Array | undefined;

  /**
   * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
   */
  constructor(options: StochasticLayerOptions = {}) {
    super();
    requireOptions(options, ['seed', 'calls']);
    const { seed = Math.floor(Math.random() * 2 ** 53), calls = 0 } = options;
    this.seed = requireCount(seed, 'seed');
    this.calls = requireCount(calls, 'calls');
  }

  /** x·m in training mode, else gelu(input). */
  forward<T extends TensorData>(input: T, options: StochasticCallOptions<T> = {}): T {
    requireOptions(options, ['out', 'dtype']);
    if (!this.training) return gelu<T>(input, options as CallOptions<T>);
    const { output, mask } = stochasticGelu<T>(input, { ...options, seed: this.seed, call: this.calls });
    this.calls++;
    this.#mask = mask;
    return output;
  }

  /**
   * gradOutput · m, with the last forward's m.
   *
   * @throws GeluStateError if there was no `forward` in training mode.
   */
  backward<T extends TensorData>(gradOutput: T, options: { readonly out?: T | undefined } = {}): T {
    requireOptions(options, ['out']);
    return stochasticGeluBackward(gradOutput, requireKept(this.#mask, this.training), options);
  }

  toJSON(): LayerJSON {
    return { type: 'StochasticGELU', seed: this.seed, calls: this.calls };
  }

  /**
   * The layer that `toJSON` described: an object or its JSON text.
   *
   * @throws GeluTypeError, GeluRangeError if it describes none.
   */
  static fromJSON(json: LayerJSON | string): StochasticGELU {
    return new StochasticGELU(parseLayer(json, 'StochasticGELU').settings);
  }

  protected type(): string {
    return 'StochasticGELU';
  }

  protected printed(): readonly string[] {
    return [`seed=${this.seed}`];
  }

  protected forget(): void {
    this.#mask = undefined;
  }
}
