import type { Bound } from '../activations/model/activation.js';
import { prelu as definition } from '../activations/prelu.js';
import { type ChannelArray, channels } from '../functions/channels.js';
import { resolver } from '../functions/resolver.js';
import { isArray } from '../input/arrays.js';
import { requireOptions } from '../input/options.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { functionOf } from './activation.js';
import { isJaxArray, requireFloat32 } from './operand.js';
import { np } from './peer.js';

/** Parameters of {@link prelu}. */
export interface PreluOptions {
  /**
   * The slope below 0 (default 0.25): one number, or one for each channel, as numbers or as an array of jax-js, by which one
   * can differentiate: of shape [], [1] or [channels]. It takes ownership of that array.
   */
  readonly weight?: number | ArrayLike<number> | np.Array | undefined;
  /** The axis of the channels, for several weights; default 1, as in PyTorch, or the only one. */
  readonly axis?: number | undefined;
}

const LARGEST = 3.4028234663852886e38;
const KEYS: readonly string[] = ['weight', 'axis'];
const resolve = /* @__PURE__ */ (() => resolver(definition, () => undefined))();

/**
 * PReLU: x if x > 0, else weight·x. By default weight 0.25.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, in x and in a weight that is an
 * array, so that it can be trained. The derivative at 0 is the weight, as in PyTorch. Accuracy: the product is rounded once.
 *
 * Source: He, Zhang, Ren, Sun, Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification (2015),
 * https://arxiv.org/abs/1502.01852.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError if the weights do not fit the shape.
 * @example
 * await prelu(np.array([-0.5])).data(); // Float32Array [-0.125]
 * await prelu(np.array([[-1, -1]]), { weight: np.array([0.5, 0.25]) }).data(); // Float32Array [-0.5, -0.25]
 */
export function prelu(x: np.Array, options: PreluOptions = {}): np.Array {
  requireOptions(options, KEYS);
  const { weight, axis } = options;
  if (weight === undefined || typeof weight === 'number') {
    requireFloat32(x);
    if (axis !== undefined) axisOf(x.shape, axis);
    return functionOf(resolve(weight === undefined ? undefined : { weight }, []).source as Bound)(x);
  }
  requireFloat32(x);
  if (isJaxArray(weight)) requireFloat32(weight, 'weight');
  else if (!ArrayBuffer.isView(weight) && !isArray(weight))
    throw new GeluTypeError('weight', 'a number, an array of numbers or an array of jax-js', describe(weight));
  const shape = isJaxArray(weight) ? weight.shape : [weight.length];
  const count = shape.reduce((a, b) => a * b, 1);
  const at = axisOf(x.shape, axis);
  if (shape.length > 1 || (count !== 1 && (at === undefined || count !== x.shape[at])))
    throw new GeluRangeError('weight', expected(x.shape, at), `shape [${shape}]`);
  // Last, since it is all that makes an array.
  const w = isJaxArray(weight) ? weight : np.array(numbers(weight));
  return below(x, w.reshape(x.shape.map((_, i) => (i === at && count !== 1 ? count : 1))));
}

/** The numbers of weights, checked. */
function numbers(weight: ArrayLike<number>): ChannelArray & Float32Array<ArrayBuffer> {
  return Float32Array.from(channels(weight.length, weight, undefined).weight);
}

function expected(shape: readonly number[], at: number | undefined): string {
  return at === undefined ? 'of shape [] or [1]' : `of shape [], [1] or [${shape[at]}], as axis ${at} of [${shape}]`;
}

/** The axis of the channels; undefined where there is none. */
function axisOf(shape: readonly number[], axis: unknown): number | undefined {
  if (axis === undefined) return shape.length === 0 ? undefined : Math.min(1, shape.length - 1);
  if (typeof axis !== 'number') throw new GeluTypeError('axis', 'a number', describe(axis));
  const at = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(at) || at < 0 || at >= shape.length)
    throw new GeluRangeError('axis', `an axis of an array of shape [${shape}]`, String(axis));
  return at;
}

/**
 * max(0, x) + w·min(x, 0): sums of which one is 0, so that neither ∞ nor NaN gets into the gradient of what was not chosen.
 * Where both are equal jax-js takes the derivative of the first: at 0 the slope is w.
 */
function below(x: np.Array, w: np.Array): np.Array {
  const low = np.minimum(x.ref, 0);
  // A weight of 0 makes 0 of −∞, too.
  const finite = np.where(w.ref.equal(0), np.maximum(low.ref, -LARGEST), low);
  return np.maximum(0, x).add(w.mul(finite));
}
