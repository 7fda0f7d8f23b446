import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import { requireCount } from '../../functions/stochastic.js';
import { gelu } from '../ops.js';
import { stochasticGelu } from '../stochastic.js';
import {
  first,
  type Layer,
  type LayerArgs,
  type LayerBase,
  type LayerClass,
  requireArgs,
  type Shape,
} from './layer.js';

/** The arguments of every layer of TensorFlow.js, and the random numbers. */
export interface StochasticGeluLayerArgs extends LayerArgs {
  /** Names its random numbers; an integer from 0 to 2⁵³ − 1. Default: drawn at random; `layer.seed` tells it. */
  seed?: number;
  /** How many calls in training came before; default 0. */
  calls?: number;
}

/** The layer. */
export interface StochasticGeluLayer extends Layer {
  readonly seed: number;
  /** How many calls in training there were: each has its own random numbers. */
  calls: number;
}

/** The layer of GELU's stochastic form on TensorFlow.js's base. */
export function stochasticGeluLayer(Base: LayerBase): LayerClass<StochasticGeluLayerArgs, StochasticGeluLayer> {
  return class StochasticGELU extends Base {
    static readonly className = 'StochasticGELU';
    readonly seed: number;
    calls: number;

    constructor(args: StochasticGeluLayerArgs = {}) {
      super(requireArgs(args));
      const { seed = Math.floor(Math.random() * 2 ** 53), calls = 0 } = args;
      this.seed = requireCount(seed, 'seed');
      this.calls = requireCount(calls, 'calls');
      this.supportsMasking = true;
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
      return inputShape;
    }

    override call(inputs: Tensor | Tensor[], kwargs: { readonly training?: unknown } = {}): Tensor {
      if (!kwargs.training) return gelu(first(inputs));
      return stochasticGelu(first(inputs), { seed: this.seed, call: this.calls++ });
    }

    override getConfig(): serialization.ConfigDict {
      const { seed, calls } = this;
      return { ...super.getConfig(), seed, calls };
    }
  };
}
