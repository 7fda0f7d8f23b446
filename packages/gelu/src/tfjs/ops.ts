import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { GivenParameters } from '../activations/model/parameters.js';
import { resolveGelu } from '../functions/gelu.js';
import { isArray } from '../input/arrays.js';
import { type GeluOptions, requirePrecision } from '../input/options.js';
import type { Target } from '../kernels/target.js';
import type { Precision } from '../kernels/wasm/modules.js';
import { describe, GeluTypeError } from '../shared/errors.js';
import { composed } from './composed.js';
import { namedTarget } from './keras/names.js';
import { ACTIVATION, register, run } from './kernels.js';

/** Options of every operation here. */
export interface OpOptions {
  /**
   * Of GELU on the backends cpu and wasm. 'fast' (default): within 1 ULP. 'correct': correctly rounded, at half the speed.
   */
  readonly precision?: Precision | undefined;
}

/** Which GELU. */
export type FormOptions = GeluOptions;

/** Options of {@link gelu}. */
export interface TfGeluOptions extends FormOptions, OpOptions {}

/**
 * GELU of a tensor of any shape, or of what `tf.tensor` takes, as float32: x·Φ(x), or with `approximate` its tanh or sigmoid
 * form. On every backend, under `tf.grad` to the second derivative.
 *
 * Accuracy of value and first derivative, in ULP (of the derivative's larger addend): 1 on the backends cpu and wasm, where
 * `precision: 'correct'` rounds correctly; 2 on webgl and webgpu; 16 on others. The second derivative: 1, 10, 16. No
 * input gives NaN but NaN itself.
 *
 * @throws GeluTypeError if x is no tensor of real numbers; GeluTypeError, GeluRangeError for an option that is unknown or not
 * allowed.
 *
 * @example
 * gelu(tf.tensor1d([-1, 0, 1])).dataSync(); // Float32Array [-0.15865525603294373, 0, 0.8413447141647339]
 * tf.grad((x) => gelu(x, { approximate: 'tanh' }))(tf.tensor1d([1])).dataSync(); // Float32Array [1.0829640626907349]
 */
export function gelu<T extends Tensor>(x: T | TensorLike, options: TfGeluOptions = {}): T {
  const { precision, ...form } = requireObject(options);
  return apply(x, resolveGelu(form), precision);
}

/** Options of {@link activation}: its parameters; of GELU's form also Keras's boolean. */
export interface NamedOptions extends OpOptions {
  readonly [parameter: string]: number | string | boolean | undefined;
}

/**
 * Any activation of the library's registry, by any name that `activation` of `gelu` knows, with its parameters as options:
 * `activation('elu', x, { alpha: 0.5 })`. A name that TensorFlow.js or Keras has means what it means there and in layers
 * ('leaky_relu' has slope 0.2, 'LeakyReLU' 0.3; 'hard_sigmoid' is 0.2·x + 0.5). On the backends cpu and wasm value and derivatives are within 1 ULP, on
 * webgl and webgpu within 6. On webgl and webgpu activations of your own are polynomials fitted to them, or, where those would be
 * too many, computed on the processor, as on all further backends.
 *
 * @throws GeluRangeError if no activation has that name; else as {@link gelu}.
 *
 * @example
 * activation('mish', tf.tensor1d([-1, 0, 1])).dataSync(); // Float32Array [-0.30340147018432617, 0, 0.8650984168052673]
 */
export function activation<T extends Tensor>(name: string, x: T | TensorLike, options: NamedOptions = {}): T {
  const { precision, ...parameters } = requireObject(options);
  return apply(x, namedTarget(name, parameters as GivenParameters), precision);
}

/** The function on x, for whose backend there are kernels from then on. */
export function apply<T extends Tensor>(x: unknown, target: Target, precision: Precision = 'fast'): T {
  requirePrecision(precision);
  const name = tf.getBackend() ?? backendName();
  if (!tf.getKernel(ACTIVATION, name)) register(name, composed);
  return tf.tidy(() => run(float32(x), { target, precision, order: 0 }) as T);
}

function requireObject<T>(options: T): T {
  if (options === null || typeof options !== 'object')
    throw new GeluTypeError('options', 'an object', describe(options));
  try {
    return { ...options };
  } catch {
    throw new GeluTypeError('options', 'readable', describe(options)); // a proxy that throws
  }
}

/** Starts the default backend. */
function backendName(): string {
  tf.backend();
  return tf.getBackend();
}

/** What a caller gives, called `name`, as a tensor of float32. @throws GeluTypeError if it is none of real numbers. */
export function float32(x: unknown, name = 'x'): Tensor {
  if (x === null || (typeof x !== 'object' && typeof x !== 'number'))
    throw new GeluTypeError(name, 'a tensor or numbers', describe(x));
  const tensor = tensorOf(x, name);
  if (tensor.dtype === 'complex64' || tensor.dtype === 'string')
    throw new GeluTypeError(name, 'a tensor of real numbers', `one of ${tensor.dtype}`);
  return tensor.dtype === 'float32' ? tensor : tf.cast(tensor, 'float32');
}

function tensorOf(x: unknown, name: string): Tensor {
  if (isTensor(x)) return x;
  try {
    const tensor = tf.tensor(x as TensorLike);
    if (!isArray(x) || tf.util.flatten(x as number[]).length === tensor.size) return tensor;
  } catch (error) {
    throw new GeluTypeError(name, `what tf.tensor takes (${(error as Error).message})`, describe(x));
  }
  throw new GeluTypeError(name, 'nested arrays of one length in each depth', describe(x));
}

/** Whether it is a tensor, whatever it does when it is asked. */
export function isTensor(value: unknown): value is Tensor {
  try {
    return value instanceof tf.Tensor;
  } catch {
    return false;
  }
}
