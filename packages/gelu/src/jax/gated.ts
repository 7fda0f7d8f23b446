import type { Activation, Bound } from '../activations/model/activation.js';
import type { GivenParameters } from '../activations/model/parameters.js';
import { axisOf, type HalvesOptions } from '../functions/gated/axis.js';
import { resolver } from '../functions/resolver.js';
import { requireOptions } from '../input/options.js';
import { describe, GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { activationFunction, functionOf, type JaxFunction } from './activation.js';
import { isJaxArray, requireFloat32 } from './operand.js';
import type { np } from './peer.js';

/** How gate and value lie in one array. */
export type JaxGatedOptions = HalvesOptions;

/**
 * A gated unit on float32 arrays of jax-js, of which it takes ownership. O: the parameters of the gate's function; with
 * {@link JaxGatedOptions}.
 */
export interface JaxGatedFunction<O extends object = object> {
  /** The halves of an axis, [..., 2n, ...] → [..., n, ...]. */
  (x: np.Array, options?: O & JaxGatedOptions): np.Array;
  /** Gate and value as two arrays of one shape: value · act(gate). */
  (gate: np.Array, value: np.Array, options?: O): np.Array;
}

/** Options of {@link glu}: the gate's function. */
export interface JaxGluOptions {
  /** Any name that `activation` of `gelu` knows, or a function of arrays; default 'sigmoid'. */
  readonly activation?: string | JaxFunction | undefined;
  /** The parameters of an activation that is named. */
  readonly parameters?: GivenParameters | undefined;
}

type Any = HalvesOptions & { readonly [name: string]: unknown };

const HALVES: readonly string[] = ['axis', 'dim', 'order'];

/** A gated unit from what turns options into the gate's function; `extra` names the other options. */
/* @__NO_SIDE_EFFECTS__ */
export function gated<O extends object>(
  resolve: (options: O | undefined, extra: readonly string[]) => JaxFunction,
): JaxGatedFunction<O> {
  return (x: unknown, second?: unknown, third?: unknown): np.Array => {
    const two = isJaxArray(second);
    const options = (two ? third : second) as (O & Any) | undefined;
    const f = resolve(options, two ? [] : HALVES);
    const [gate, value] = two ? pair(x, second) : halves(x, options ?? {});
    return value.mul(f(gate));
  };
}

/** The gated unit with an activation and its parameters. */
/* @__NO_SIDE_EFFECTS__ */
export function gatedBy<O extends object>(definition: Activation): JaxGatedFunction<O> {
  const resolve = resolver(definition, () => undefined);
  return gated<O>((options, extra) => functionOf(resolve(options, extra).source as Bound));
}

// Everything is checked before an array is taken.
function pair(gate: unknown, value: unknown): readonly [np.Array, np.Array] {
  requireFloat32(gate, 'gate');
  requireFloat32(value, 'value');
  if (gate.shape.join() !== value.shape.join())
    throw new GeluRangeError('value', `of the gate's shape, [${gate.shape}]`, `shape [${value.shape}]`);
  return [gate, value];
}

function halves(x: unknown, options: HalvesOptions): readonly [np.Array, np.Array] {
  requireFloat32(x);
  const { at, size, valueFirst } = axisOf(x.shape, options);
  const whole = x.shape.map((): [] => []);
  const first = x.ref.slice(...whole.with(at, [0, size] as never));
  const second = x.slice(...whole.with(at, [size, 2 * size] as never));
  return valueFirst ? [second, first] : [first, second];
}

/**
 * value · act(gate), act any activation: by default σ, the gated linear unit of Dauphin et al. The halves of an axis, [..., 2n, ...]
 * → [..., n, ...], or gate and value as two arrays of one shape; float32, of which it takes ownership; under `grad`, `jvp`, `vmap` and
 * `jit`, to the second derivative. Accuracy: act(gate) is rounded to float32, then the product: on the back end wasm at most 2.5 ULP.
 *
 * Source: Dauphin, Fan, Auli, Grangier, Language Modeling with Gated Convolutional Networks (2016), https://arxiv.org/abs/1612.08083.
 *
 * @throws GeluTypeError if an argument is no such array or an option is of the wrong type, GeluRangeError for shapes that do not fit
 * and for a value that is not allowed.
 * @example
 * await glu(np.array([3, 0])).data(); // Float32Array [1.5]
 * await glu(np.array([3, 2]), { activation: 'relu' }).data(); // Float32Array [6]
 */
export const glu: JaxGatedFunction<JaxGluOptions> = /* @__PURE__ */ gated<JaxGluOptions>((options = {}, extra) => {
  requireOptions(options, ['activation', 'parameters'], extra);
  const { activation = 'sigmoid', parameters } = options;
  if (typeof activation === 'string') return activationFunction(activation, parameters);
  if (typeof activation !== 'function')
    throw new GeluTypeError('activation', 'the name of an activation or a function of arrays', describe(activation));
  if (parameters !== undefined)
    throw new GeluTypeError('parameters', "absent: those of a function are the function's", describe(parameters));
  return activation;
});
