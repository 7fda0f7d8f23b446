import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../activations/model/parameters.js';
import { resolveGelu } from '../functions/gelu.js';
import { namedTarget } from '../functions/named.js';
import { type GeluOptions, requirePrecision } from '../input/options.js';
import type { Target } from '../kernels/target.js';
import type { Precision } from '../kernels/wasm/modules.js';
import { describe, GeluTypeError } from '../shared/errors.js';
import { composed } from './composed.js';
import { ACTIVATION, register, run } from './kernels.js';
import { tf } from './peers.js';

/** Options of every operation here. */
export interface OpOptions {
  /**
   * Of GELU on the backends cpu and wasm. 'fast' (default): within 1 ULP. 'correct': correctly rounded, at half the speed.
   */
  readonly precision?: Precision | undefined;
}

/** Options of {@link gelu}: which GELU. */
export interface TfGeluOptions extends GeluOptions, OpOptions {}

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
 */
export function gelu<T extends Tensor>(x: T | TensorLike, options: TfGeluOptions = {}): T {
  const { precision, ...form } = requireObject(options);
  return apply(x, resolveGelu(form), precision);
}

/**
 * Any activation of the library's registry, by any name that `activation` of `gelu` knows, with its parameters as options:
 * `activation('leakyRelu', x, { negativeSlope: 0.2 })`. On the backends cpu and wasm value and derivatives are within 1 ULP, on
 * webgl and webgpu within 6. Activations of your own are computed on the processor on other backends than these two.
 *
 * @throws GeluRangeError if no activation has that name; else as {@link gelu}.
 */
export function activation<T extends Tensor>(
  name: string,
  x: T | TensorLike,
  options: ParameterValues & OpOptions = {},
): T {
  const { precision, ...parameters } = requireObject(options);
  return apply(x, namedTarget(name, parameters as ParameterValues), precision as Precision | undefined);
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
  return options;
}

/** Starts the default backend. */
function backendName(): string {
  tf.backend();
  return tf.getBackend();
}

function float32(x: unknown): Tensor {
  if (x === null || (typeof x !== 'object' && typeof x !== 'number'))
    throw new GeluTypeError('x', 'a tensor or numbers', describe(x));
  const tensor = x instanceof tf.Tensor ? x : tf.tensor(x as TensorLike);
  if (tensor.dtype === 'complex64' || tensor.dtype === 'string')
    throw new GeluTypeError('x', 'a tensor of real numbers', `one of ${tensor.dtype}`);
  return tensor.dtype === 'float32' ? tensor : tf.cast(tensor, 'float32');
}
