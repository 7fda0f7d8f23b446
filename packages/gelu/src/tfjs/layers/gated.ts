import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import type { GatedOrder } from '../../functions/gated/types.js';
import { bilinear, geglu, glu, reglu, swiglu, type TfGatedOptions } from '../gated.js';
import { first, type Layer, type LayerArgs, type LayerBase, type LayerClass, type Shape } from './layer.js';

/** The arguments of every layer of TensorFlow.js, and how gate and value lie. */
export interface GatedLayerArgs extends LayerArgs {
  /** The axis that holds both halves, the batch's being 0; default −1. */
  axis?: number;
  /** Which half is the value: 'valueFirst' (default), 'gateFirst'. */
  order?: GatedOrder;
}

/** The layer: [..., 2n, ...] → [..., n, ...]. */
export interface GatedLayer extends Layer {
  readonly axis: number;
  readonly order: GatedOrder;
}

export type GatedLayerClass = LayerClass<GatedLayerArgs, GatedLayer>;

const UNITS: { readonly [name in 'GLU' | 'GEGLU' | 'SwiGLU' | 'ReGLU' | 'Bilinear']: unknown } = {
  GLU: glu,
  GEGLU: geglu,
  SwiGLU: swiglu,
  ReGLU: reglu,
  Bilinear: bilinear,
};

/** The layers of the gated units on TensorFlow.js's base. */
export function gatedLayers(Base: LayerBase): { readonly [name in keyof typeof UNITS]: GatedLayerClass } {
  const make = (name: keyof typeof UNITS): GatedLayerClass => {
    const unit = UNITS[name] as (x: Tensor, options: TfGatedOptions) => Tensor;
    return class extends Base {
      static readonly className = name;
      readonly axis: number;
      readonly order: GatedOrder;

      constructor(args: GatedLayerArgs = {}) {
        super(args);
        this.axis = args.axis ?? -1;
        this.order = args.order ?? 'valueFirst';
      }

      override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
        const shape = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as Shape;
        const at = this.axis < 0 ? this.axis + shape.length : this.axis;
        return shape.map((size, i) => (i === at && size !== null ? size / 2 : size));
      }

      override call(inputs: Tensor | Tensor[]): Tensor {
        const { axis, order } = this;
        return unit(first(inputs), { axis, order });
      }

      override getConfig(): serialization.ConfigDict {
        const { axis, order } = this;
        return { ...super.getConfig(), axis, order };
      }
    };
  };
  return {
    GLU: make('GLU'),
    GEGLU: make('GEGLU'),
    SwiGLU: make('SwiGLU'),
    ReGLU: make('ReGLU'),
    Bilinear: make('Bilinear'),
  };
}
