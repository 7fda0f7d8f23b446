import type * as Core from '@tensorflow/tfjs-core';

/** What is used of a copy of TensorFlow.js: of the package, or of a page's `<script>`. */
export type TensorFlow = Pick<typeof Core, 'serialization' | 'io'>;

type Serializable = Core.serialization.Serializable;
/** A class, and how it is made from a configuration; without the latter by its constructor. */
// biome-ignore lint/suspicious/noExplicitAny: TensorFlow.js passes more than its types tell
export type Entry = [new (...args: any[]) => object, ((...args: any[]) => object) | undefined];

/** The classes that TensorFlow.js knows by name: layers, activations and all else. */
export function classesOf({ serialization }: TensorFlow): { [name: string]: Entry } {
  return serialization.SerializationMap.getMap().classNameMap as unknown as { [name: string]: Entry };
}

/** The class from which TensorFlow.js's own activations are made; without layers its parent. */
export function activationBase(tensorflow: TensorFlow): new () => Serializable {
  const relu = classesOf(tensorflow).linear;
  return (relu ? Object.getPrototypeOf(relu[0]) : tensorflow.serialization.Serializable) as new () => Serializable;
}
