import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { GivenParameters } from '../activations/model/parameters.js';
import type { GatedOrder } from '../functions/gated/types.js';
import { resolveGelu } from '../functions/gelu.js';
import { requireOptions } from '../input/options.js';
import type { Target } from '../kernels/target.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { namedTarget } from './keras/names.js';
import { apply, type FormOptions, float32, type OpOptions } from './ops.js';

/** How gate and value lie in one tensor. */
export interface TfGatedOptions extends OpOptions {
  /** The axis that holds both halves; default −1, the last. */
  readonly axis?: number | undefined;
  /** Which half is the value: the first (default), as in PyTorch's `glu`, or the second. */
  readonly order?: GatedOrder | undefined;
}

/** A gated unit on tensors. O: the parameters of the gate's function. */
export interface TfGatedFunction<O extends object = object> {
  /** The halves of an axis [..., 2n, ...] → [..., n, ...]. */
  <T extends Tensor = Tensor>(x: T | TensorLike, options?: O & TfGatedOptions): T;
  /** Gate and value as two tensors of one shape: value · act(gate). */
  <T extends Tensor = Tensor>(gate: T | TensorLike, value: T | TensorLike, options?: O & OpOptions): T;
}

/** Options of {@link glu}: the gate's function. */
export interface TfGluOptions {
  /** Any name that `activation` knows; default 'sigmoid'. */
  readonly activation?: string | undefined;
  /** Its parameters. */
  readonly parameters?: GivenParameters | undefined;
}

const isOptions = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    !(value instanceof tf.Tensor));

type Any = TfGatedOptions & { readonly [key: string]: unknown };

function gated<O extends object>(keys: readonly string[], resolve: (options: O) => Target): TfGatedFunction<O> {
  return ((x: unknown, second: unknown, third: unknown) => {
    const two = !isOptions(second);
    const options = ((two ? third : second) ?? {}) as O & Any;
    requireOptions(options, keys, two ? ['precision'] : ['axis', 'order', 'precision']);
    const { axis, order, precision, ...own } = options;
    const target = resolve(own as unknown as O);
    return tf.tidy(() => {
      const [gate, value] = two ? pair(float32(x, 'gate'), float32(second, 'value')) : halves(float32(x), axis, order);
      return tf.mul(value, apply(gate, target, precision));
    });
  }) as TfGatedFunction<O>;
}

function pair(gate: Tensor, value: Tensor): readonly [Tensor, Tensor] {
  if (!tf.util.arraysEqual(gate.shape, value.shape))
    throw new GeluRangeError('value', `of the gate's shape, [${gate.shape}]`, `shape [${value.shape}]`);
  return [gate, value];
}

function halves(x: Tensor, axis: unknown = -1, order: unknown = 'valueFirst'): readonly [Tensor, Tensor] {
  if (typeof axis !== 'number') throw new GeluTypeError('axis', 'a number', describe(axis));
  const at = axis < 0 ? axis + x.rank : axis;
  if (!Number.isInteger(at) || at < 0 || at >= x.rank)
    throw new GeluRangeError('axis', `an axis of a tensor of rank ${x.rank}`, String(axis));
  if (x.shape[at] % 2 !== 0) throw new GeluRangeError('x', `even along axis ${axis}`, `shape [${x.shape}]`);
  if (order !== 'valueFirst' && order !== 'gateFirst')
    throw new GeluRangeError('order', "'valueFirst' or 'gateFirst'", describe(order));
  const [first, second] = tf.split(x, 2, at);
  return order === 'valueFirst' ? [second, first] : [first, second];
}

// value · act(gate). act(gate) is rounded to float32, then the product: on the backends cpu and wasm together at most 1.5 ULP.
// Gradients, second ones too, come from the parts. Source: Shazeer, GLU Variants Improve Transformer, arXiv 2002.05202 (2020).
//
// Throws GeluTypeError, GeluRangeError for tensors that do not fit and for options that are unknown or not allowed.

/** value · act(gate), act any activation: by default σ, the gated linear unit of Dauphin et al. */
export const glu: TfGatedFunction<TfGluOptions> = gated<TfGluOptions>(
  ['activation', 'parameters'],
  ({ activation = 'sigmoid', parameters }) => namedTarget(activation, parameters),
);

/** value · gelu(gate), with gelu's options. */
export const geglu: TfGatedFunction<FormOptions> = gated<FormOptions>(['approximate', 'mean', 'std'], resolveGelu);

/** value · silu(gate), with silu's `beta`. */
export const swiglu: TfGatedFunction<{ readonly beta?: number | undefined }> = gated<{
  readonly beta?: number | undefined;
}>(['beta'], (options) => namedTarget('silu', options));

/** value · relu(gate). */
export const reglu: TfGatedFunction = gated([], () => namedTarget('relu'));

/** value · gate. */
export const bilinear: TfGatedFunction = gated([], () => namedTarget('identity'));
