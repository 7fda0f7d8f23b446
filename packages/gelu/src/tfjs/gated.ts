import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../activations/model/activation.js';
import type { GivenParameters } from '../activations/model/parameters.js';
import { axisOf, type HalvesOptions } from '../functions/gated/axis.js';
import { isArray } from '../input/arrays.js';
import { requireOptions } from '../input/options.js';
import type { Target } from '../kernels/target.js';
import { GeluRangeError } from '../shared/errors.js';
import { namedTarget, targetOf } from './keras/names.js';
import { apply, float32, isTensor, type OpOptions } from './ops.js';

/** How gate and value lie in one tensor. */
export interface TfGatedOptions extends OpOptions, HalvesOptions {}

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
  (typeof value === 'object' && value !== null && !isArray(value) && !ArrayBuffer.isView(value) && !isTensor(value));

type Any = TfGatedOptions & { readonly [key: string]: unknown };

/** A gated unit from the names of its options and what turns them into the gate's function. */
/* @__NO_SIDE_EFFECTS__ */
function gated<O extends object>(keys: readonly string[], resolve: (options: O) => Target): TfGatedFunction<O> {
  return ((x: unknown, second: unknown, third: unknown) => {
    const two = !isOptions(second);
    const options = ((two ? third : second) ?? {}) as O & Any;
    requireOptions(options, keys, two ? ['precision'] : ['axis', 'dim', 'order', 'precision']);
    const { axis, dim, order, precision, ...own } = options;
    const target = resolve(own as unknown as O);
    return tf.tidy(() => {
      const [gate, value] = two
        ? pair(float32(x, 'gate'), float32(second, 'value'))
        : halves(float32(x), { axis, dim, order });
      return tf.mul(value, apply(gate, target, precision));
    });
  }) as TfGatedFunction<O>;
}

function pair(gate: Tensor, value: Tensor): readonly [Tensor, Tensor] {
  if (!tf.util.arraysEqual(gate.shape, value.shape))
    throw new GeluRangeError('value', `of the gate's shape, [${gate.shape}]`, `shape [${value.shape}]`);
  return [gate, value];
}

function halves(x: Tensor, options: HalvesOptions): readonly [Tensor, Tensor] {
  const { at, valueFirst } = axisOf(x.shape, options);
  const [first, second] = tf.split(x, 2, at);
  return valueFirst ? [second, first] : [first, second];
}

/** The gated unit with an activation and its parameters. */
/* @__NO_SIDE_EFFECTS__ */
export function gatedBy<O extends object>(definition: Activation): TfGatedFunction<O> {
  return gated<O>(Object.keys(definition.parameters), (options) => targetOf(definition, options as GivenParameters));
}

/**
 * value · act(gate), act any activation: by default σ, the gated linear unit of Dauphin et al. The halves of an axis, [..., 2n, ...]
 * → [..., n, ...], or gate and value as two tensors of one shape, as float32; under `tf.grad`, to the second derivative. Accuracy:
 * act(gate) is rounded to float32, then the product: on the backends cpu and wasm at most 2.5 ULP.
 *
 * Source: Dauphin, Fan, Auli, Grangier, Language Modeling with Gated Convolutional Networks (2016), https://arxiv.org/abs/1612.08083.
 *
 * @throws GeluTypeError for what is no such tensor or an option of the wrong type, GeluRangeError for shapes that do not fit and for
 * a value that is not allowed.
 * @example
 * glu([3, 0]).dataSync(); // Float32Array [1.5]
 * glu([3, 2], { activation: 'relu' }).dataSync(); // Float32Array [6]
 */
export const glu: TfGatedFunction<TfGluOptions> = /* @__PURE__ */ gated<TfGluOptions>(
  ['activation', 'parameters'],
  ({ activation = 'sigmoid', parameters }) => namedTarget(activation, parameters),
);
