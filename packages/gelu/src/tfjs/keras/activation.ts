import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, GeluTypeError } from '../../shared/errors.js';
import { glu } from '../gated.js';
import { apply } from '../ops.js';
import { activationBase, type TensorFlow } from './core.js';
import { meaningOf, targetOf } from './names.js';
import { ownEntries, readParameters } from './parameters.js';
import { sparsemax } from './sparsemax.js';

/** An activation in a layer's configuration: its name, or an object of Keras's, its keys in camelCase. */
export type Written = string | { readonly className: string; readonly config?: unknown };

type Made = serialization.Serializable & { apply(x: Tensor): Tensor };

/** The functions that are not elementwise, along an axis. */
const ALONG: { readonly [name: string]: (x: Tensor, axis: number) => Tensor } = {
  softmax: (x, axis) => tf.softmax(x, axis),
  logsoftmax: (x, axis) => tf.logSoftmax(x, axis),
  sparsemax,
  glu: (x, axis) => glu(x, { axis }),
};

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '');

/** Whether it is a function along an axis. */
export const isAlong = (name: string): boolean => Object.hasOwn(ALONG, plain(name));

/**
 * The activation of that name with the parameters of `config`, as layers take it. `written` is how it stands in the JSON of
 * models that are saved.
 *
 * @throws GeluTypeError, GeluRangeError if there is none, or a parameter is none of it or not allowed.
 */
export function makeActivation(tensorflow: TensorFlow, name: string, config: object, written: Written): Made {
  const f = functionOf(name, config);
  class KerasActivation extends activationBase(tensorflow) {
    apply(x: Tensor): Tensor {
      return f(x);
    }
    getConfig(): serialization.ConfigDict {
      return {};
    }
    // A layer writes down what this returns, and nothing else: parameters too, if there are any.
    override getClassName(): string {
      return written as string;
    }
  }
  return new KerasActivation();
}

function functionOf(name: string, config: object): (x: Tensor) => Tensor {
  if (isAlong(name)) {
    const { axis = -1, ...others } = Object.fromEntries(ownEntries(config));
    const [key] = Object.keys(others);
    if (key !== undefined)
      throw new GeluTypeError(`activation.config.${key}`, `absent: ${name} has an axis only`, describe(others[key]));
    if (typeof axis !== 'number') throw new GeluTypeError('activation.config.axis', 'a number', describe(axis));
    return (x) => ALONG[plain(name)](x, axis);
  }
  const { definition, parameters } = meaningOf(name);
  const target = targetOf(definition, { ...parameters, ...readParameters(definition, config) });
  return (x) => apply(x, target);
}
