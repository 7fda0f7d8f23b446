import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

/** TensorFlow.js's base of layers. */
export type LayerBase = typeof layers.Layer;
export type Layer = InstanceType<LayerBase>;
/** The arguments of every layer of TensorFlow.js. */
export type LayerArgs = NonNullable<ConstructorParameters<LayerBase>[0]>;
export type Shape = (number | null)[];

/** A class of layers. */
export interface LayerClass<Args, Instance = Layer> {
  readonly className: string;
  new (args?: Args): Instance;
}

/** A layer's only input. */
export const first = (inputs: Tensor | Tensor[]): Tensor => (Array.isArray(inputs) ? inputs[0] : inputs);
