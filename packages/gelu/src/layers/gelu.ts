import type { Approximate } from '../activations/gelu/approximate.js';
import type { ActivationFunction } from '../functions/elementwise.js';
import { gelu } from '../functions/gelu.js';
import { geluParameterGradients } from '../functions/gelu-gradients.js';
import { type GeluOptions, resolveForm } from '../input/options.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { ActivationLayer, type LayerCall, type LayerCallOptions, type Tensor } from './activation-layer.js';
import { type LayerJSON, numberToJSON, parseLayer } from './layer.js';

/** What `JSON.stringify` makes of the layer, and `GELU.fromJSON` takes. */
export interface GeluJSON extends LayerJSON {
  readonly type: 'GELU';
  readonly approximate: Approximate;
  readonly mean?: number;
  readonly std?: number;
  readonly trainable?: boolean;
}

/** Options of the layer {@link GELU}. */
export interface GeluLayerOptions extends GeluOptions {
  /** Whether `backward` also finds the gradients of mean and std; for 'none'. Default false. */
  readonly trainable?: boolean | undefined;
}

/**
 * The layer, as PyTorch's `nn.GELU(approximate='none')`.
 *
 * Shapes: any; the output has the shape and type of the input. `forward` keeps the input (not a copy, unless it works in
 * place) for `backward`, except after `eval()`. With `trainable`, mean and std are parameters to train: `backward` leaves
 * their gradients in `gradMean` and `gradStd`, and who trains changes `mean` and `std`.
 *
 * @example
 * const layer = new GELU({ approximate: 'tanh' });
 * String(layer); // "GELU(approximate='tanh')"
 * layer.forward(new Float32Array([-1, 1])); // Float32Array [-0.15880800783634186, 0.8411920070648193]
 * layer.backward(new Float32Array([1, 1])); // Float32Array [-0.08296408504247665, 1.0829640626907349]
 */
export class GELU extends ActivationLayer {
  declare readonly approximate: Approximate;
  declare mean: number;
  declare std: number;
  declare readonly trainable: boolean;
  /** The gradients of mean and std that the last `backward` found (it does not add them up); 0 unless `trainable`. */
  gradMean = 0;
  gradStd = 0;

  /**
   * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed, listing what is.
   */
  constructor(options: GeluLayerOptions = {}) {
    super();
    const form = resolveForm(options, ['trainable']);
    const { trainable = false } = options;
    if (typeof trainable !== 'boolean') throw new GeluTypeError('trainable', 'true or false', describe(trainable));
    if (trainable && form.approximate !== 'none')
      throw new GeluRangeError('trainable', `false with approximate '${form.approximate}'`, 'true');
    Object.assign(this, form, { trainable });
  }

  toJSON(): GeluJSON {
    return {
      type: 'GELU',
      approximate: this.approximate,
      ...(this.#isGeneral() && { mean: numberToJSON(this.mean) as number, std: this.std }),
      ...(this.trainable && { trainable: true }),
    };
  }

  /**
   * The layer that `toJSON` described: an object or its JSON text.
   *
   * @throws GeluTypeError, GeluRangeError if it describes none.
   */
  static fromJSON(json: GeluJSON | string): GELU {
    return new GELU(parseLayer(json, 'GELU').settings);
  }

  protected activation(): readonly [ActivationFunction, GeluOptions] {
    return [gelu, { approximate: this.approximate, mean: this.mean, std: this.std }];
  }

  protected override differentiate(gradOutput: Tensor, { input, options }: LayerCall): void {
    if (!this.trainable) return;
    const { approximate, mean, std, dtype } = options as GeluOptions & LayerCallOptions;
    const gradients = geluParameterGradients(gradOutput, input, { approximate, mean, std, dtype });
    this.gradMean = gradients.mean;
    this.gradStd = gradients.std;
  }

  protected type(): string {
    return 'GELU';
  }

  protected printed(): readonly string[] {
    const general = this.#isGeneral() ? [`mean=${numberToJSON(this.mean)}`, `std=${this.std}`] : [];
    return [`approximate='${this.approximate}'`, ...general, ...(this.trainable ? ['trainable=True'] : [])];
  }

  #isGeneral(): boolean {
    return !Object.is(this.mean, 0) || this.std !== 1;
  }
}
