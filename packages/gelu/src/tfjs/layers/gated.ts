import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import type { GatedOrder } from '../../functions/gated/types.js';
import { requireOptions } from '../../input/options.js';
import { glu, type TfGatedOptions, type TfGluOptions } from '../gated.js';
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

/** The class of a gated unit's layer. O: the parameters of the gate's function, which are saved with the model. */
export type GatedLayerClass<O extends object = object> = LayerClass<GatedLayerArgs & O, GatedLayer>;

/** What every layer of TensorFlow.js may be given. */
const COMMON: readonly string[] = [
  ...['inputShape', 'batchInputShape', 'batchSize', 'dtype', 'inputDType'],
  ...['name', 'trainable', 'weights', 'updatable', 'customObjects'],
];

/** The layer of a gated unit on TensorFlow.js's base; `keys` are the unit's own options. */
export function gatedLayer<O extends object>(
  Base: LayerBase,
  name: string,
  unit: unknown,
  keys: readonly string[],
): GatedLayerClass<O> {
  const f = unit as (x: Tensor, options: TfGatedOptions) => Tensor;
  const layer = class extends Base {
    static readonly className = name;
    readonly axis: number;
    readonly order: GatedOrder;
    readonly #parameters: { readonly [key: string]: unknown };

    constructor(args: GatedLayerArgs & { readonly [key: string]: unknown } = {}) {
      requireOptions(args, ['axis', 'order', ...keys], COMMON, 'args');
      super(args);
      this.axis = args.axis ?? -1;
      this.order = args.order ?? 'valueFirst';
      this.#parameters = Object.fromEntries(keys.flatMap((key) => (args[key] === undefined ? [] : [[key, args[key]]])));
    }

    override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
      const shape = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as Shape;
      const at = this.axis < 0 ? this.axis + shape.length : this.axis;
      return shape.map((size, i) => (i === at && size !== null ? size / 2 : size));
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      const { axis, order } = this;
      return f(first(inputs), { ...this.#parameters, axis, order });
    }

    override getConfig(): serialization.ConfigDict {
      const { axis, order } = this;
      return { ...super.getConfig(), axis, order, ...(this.#parameters as serialization.ConfigDict) };
    }
  };
  return layer as unknown as GatedLayerClass<O>;
}

/** The layer of `glu`. */
export const gluLayer = (Base: LayerBase): GatedLayerClass<TfGluOptions> =>
  gatedLayer(Base, 'GLU', glu, ['activation', 'parameters']);
