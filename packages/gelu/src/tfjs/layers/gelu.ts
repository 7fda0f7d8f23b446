import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import type { Approximate, ApproximateWord } from '../../activations/gelu/approximate.js';
import { requirePrecision, resolveForm } from '../../input/options.js';
import type { Precision } from '../../kernels/wasm/modules.js';
import { gelu } from '../ops.js';
import {
  first,
  type Layer,
  type LayerArgs,
  type LayerBase,
  type LayerClass,
  requireArgs,
  type Shape,
} from './layer.js';

/** The arguments of every layer of TensorFlow.js, and which GELU. */
export interface GeluLayerArgs extends LayerArgs {
  /** 'none' (default), 'tanh' or 'sigmoid', as for the function `gelu`; or as other frameworks write it, Keras with a boolean. */
  approximate?: ApproximateWord;
  /** 'fast' (default) or 'correct'. */
  precision?: Precision;
}

/** The layer. */
export interface GeluLayer extends Layer {
  readonly approximate: Approximate;
  readonly precision: Precision;
}

/** GELU's layer on TensorFlow.js's base. */
export function geluLayer(Base: LayerBase): LayerClass<GeluLayerArgs, GeluLayer> {
  return class GELU extends Base {
    static readonly className = 'GELU';
    readonly approximate: Approximate;
    readonly precision: Precision;

    constructor(args: GeluLayerArgs = {}) {
      super(requireArgs(args));
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
      return gelu(first(inputs), { approximate, precision });
    }

    override getConfig(): serialization.ConfigDict {
      const { approximate, precision } = this;
      return { ...super.getConfig(), approximate, precision };
    }
  };
}
