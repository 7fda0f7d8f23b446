import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { describe, GeluTypeError } from '../../shared/errors.js';

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

/** A layer's arguments, for its base. @throws GeluTypeError if they are no object. */
export function requireArgs<T extends object>(args: T): T {
  if (args === null || typeof args !== 'object') throw new GeluTypeError('args', 'an object', describe(args));
  return args;
}

/** A layer's only input. */
export const first = (inputs: Tensor | Tensor[]): Tensor => (Array.isArray(inputs) ? inputs[0] : inputs);
