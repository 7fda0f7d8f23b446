import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import type { layers as Layers } from '@tensorflow/tfjs-layers';
import type { Approximate } from '../activations/gelu/approximate.js';
import { requirePrecision, resolveForm } from '../input/options.js';
import type { Precision } from '../kernels/wasm/modules.js';
import { gelu } from './ops.js';
import { layers, tf } from './peers.js';

type Shape = (number | null)[];
type LayerArgs = ConstructorParameters<typeof Layers.Layer>[0];

/** The arguments of every layer of TensorFlow.js, and which GELU. */
export interface GeluLayerArgs extends NonNullable<LayerArgs> {
  /** 'none' (default), 'tanh' or 'sigmoid', as for the function `gelu`. */
  approximate?: Approximate;
  /** 'fast' (default) or 'correct'. */
  precision?: Precision;
}

/** The layer. */
export interface GeluLayer extends InstanceType<typeof Layers.Layer> {
  readonly approximate: Approximate;
  readonly precision: Precision;
}

/** The class of the layer. */
export interface GeluLayerClass {
  readonly className: string;
  new (args?: GeluLayerArgs): GeluLayer;
}

function define(Layer: typeof Layers.Layer): GeluLayerClass {
  class GELU extends Layer {
    static readonly className = 'GELU';
    readonly approximate: Approximate;
    readonly precision: Precision;

    constructor(args: GeluLayerArgs = {}) {
      super(args);
      const { approximate, precision = 'fast' } = args;
      this.approximate = resolveForm({ approximate }).approximate;
      requirePrecision(precision);
      this.precision = precision;
      this.supportsMasking = true;
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
      return inputShape;
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      const { approximate, precision } = this;
      return gelu(Array.isArray(inputs) ? inputs[0] : inputs, { approximate, precision });
    }

    override getConfig(): serialization.ConfigDict {
      const { approximate, precision } = this;
      return { ...super.getConfig(), approximate, precision };
    }
  }
  tf.serialization.registerClass(GELU);
  return GELU as unknown as GeluLayerClass;
}

/** What stands for the class where there are no layers. */
function missing(cause: unknown): GeluLayerClass {
  return class {
    static readonly className = 'GELU';
    constructor() {
      throw new Error('the layer GELU needs @tensorflow/tfjs-layers: npm install @tensorflow/tfjs-layers', { cause });
    }
  } as unknown as GeluLayerClass;
}

/**
 * The layer, for `tf.sequential` and functional models; saved with a model and loaded with it, since it is registered as
 * 'GELU'. Any shape; the output has the shape of the input. Passes masks on.
 *
 * @throws Error, when made, if @tensorflow/tfjs-layers is not installed; GeluTypeError, GeluRangeError for an argument that is not
 * allowed.
 */
export const GELU: GeluLayerClass = layers.exports ? define(layers.exports.layers.Layer) : missing(layers.cause);
