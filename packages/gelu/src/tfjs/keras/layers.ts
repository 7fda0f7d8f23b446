import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import { describe, GeluTypeError } from '../../shared/errors.js';
import { apply } from '../ops.js';
import type { Entry } from './core.js';
import { kerasRelu } from './definitions.js';
import { namedTarget, targetOf } from './names.js';

type Config = { readonly [key: string]: unknown };
// biome-ignore lint/suspicious/noExplicitAny: a class of TensorFlow.js whose package need not be there
type LayerClass = new (config?: any) => any;

/** A number of a layer's configuration; undefined where it is absent or Keras's None. */
function numberIn(config: Config, key: string): number | undefined {
  const value = config[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') throw new GeluTypeError(key, 'a number', describe(value));
  return value;
}

const first = (inputs: Tensor | Tensor[]): Tensor => (Array.isArray(inputs) ? inputs[0] : inputs);

/** LeakyReLU: Keras 3 calls the slope negative_slope, Keras 2 and TensorFlow.js alpha. */
function leaky([Layer]: Entry): Entry {
  const make = (_: LayerClass, { negativeSlope, ...config }: Config): object =>
    new Layer(negativeSlope === undefined || negativeSlope === null ? config : { ...config, alpha: negativeSlope });
  return [Layer, make as Entry[1]];
}

/** ReLU with Keras's negative_slope and threshold, which TensorFlow.js drops. */
function relu([Base]: Entry): Entry {
  class ReLU extends (Base as LayerClass) {
    static readonly className = 'ReLU';
    readonly negativeSlope: number;
    readonly threshold: number;

    constructor(config: Config = {}) {
      super(config);
      this.negativeSlope = numberIn(config, 'negativeSlope') ?? 0;
      this.threshold = numberIn(config, 'threshold') ?? 0;
    }

    call(inputs: Tensor | Tensor[], kwargs: unknown): Tensor {
      const { negativeSlope, threshold } = this;
      if (negativeSlope === 0 && threshold === 0) return super.call(inputs, kwargs);
      const maxValue = (this.maxValue as number | null | undefined) ?? Infinity;
      return apply(first(inputs), targetOf(kerasRelu, { negativeSlope, threshold, maxValue }));
    }

    getConfig(): serialization.ConfigDict {
      const { negativeSlope, threshold } = this;
      return { ...super.getConfig(), negativeSlope, threshold };
    }
  }
  return [ReLU, (_, config) => new ReLU(config)];
}

/** ELU with any alpha: TensorFlow.js has 1 only. */
function elu([Base]: Entry): Entry {
  class ELU extends (Base as LayerClass) {
    static readonly className = 'ELU';

    constructor({ alpha, ...config }: Config = {}) {
      super(config);
      this.alpha = numberIn({ alpha }, 'alpha') ?? 1;
    }

    call(inputs: Tensor | Tensor[], kwargs: unknown): Tensor {
      return this.alpha === 1
        ? super.call(inputs, kwargs)
        : apply(first(inputs), namedTarget('elu', { alpha: this.alpha }));
    }
  }
  return [ELU, (_, config) => new ELU(config)];
}

/** The layers of Keras whose parameters TensorFlow.js drops or refuses, from its own. */
export const LAYERS: { readonly [name: string]: (own: Entry) => Entry } = { LeakyReLU: leaky, ReLU: relu, ELU: elu };
