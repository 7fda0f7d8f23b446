import { activation, type Bound } from '../activations/index.js';
import type { Source } from '../activations/model/activation.js';
import type { GivenParameters } from '../activations/model/parameters.js';
import { keyOf } from '../functions/resolver.js';
import { onFirstUse, recent } from '../shared/cache.js';
import { hasGap, withGap } from './gap.js';
import { jumpsOf, lookup } from './lookup.js';
import { requireFloat32 } from './operand.js';
import { jit, type np } from './peer.js';
import { pieces } from './pieces.js';
import { available, call, deviceOf, register } from './primitive.js';
import { bytesOf, pairTable, tableOf } from './tables.js';

/** An activation as a function of float32 arrays of jax-js; takes ownership of x. */
export type JaxFunction = (x: np.Array) => np.Array;

/** The devices of jax-js: 'cpu', 'wasm', 'webgl', 'webgpu'. */
const DEVICES = 4;

const functions = new Map<string, JaxFunction>();

/** The function of an activation with its parameters. */
export function functionOf(bound: Bound): JaxFunction {
  const key = keyOf(bound);
  let f = functions.get(key);
  if (f === undefined) {
    f = make(key, bound);
    functions.set(key, f);
  }
  return f;
}

function make(key: string, bound: Bound): JaxFunction {
  const { shape } = bound;
  if (hasGap(bound)) return checked(withGap(bound, functionOf));
  // A compiled program is for one device, and may refer to rows in its memory.
  const general = recent<JaxFunction>(DEVICES);
  if (shape.kind === 'piecewise')
    return checked((x) => {
      const device = deviceOf(x);
      return general(device, () => jit(pieces(shape, device)))(x);
    });
  const bytes = (order: 0 | 1 | 2) => onFirstUse(() => bytesOf(tableOf(key, bound, order)));
  const pair = onFirstUse(() => {
    const table = pairTable(bound);
    return table ? { bytes: onFirstUse(() => bytesOf(table)) } : {};
  });
  register(key, { orders: [bytes(0), bytes(1), bytes(2)], pair, jumps: jumpsOf(bound) });
  const fast = jit((x: np.Array) => {
    const { shape } = x;
    return shape.length > 0 ? call(x, key, 0) : call(x.reshape([1]), key, 0).reshape([]);
  });
  return checked((x) => {
    const device = deviceOf(x);
    return device === 'wasm' && available().yes ? fast(x) : general(device, () => jit(lookup(key, bound, device)))(x);
  });
}

function checked(f: JaxFunction): JaxFunction {
  return (x) => {
    requireFloat32(x);
    return f(x);
  };
}

/**
 * The activation of that name as a function of float32 arrays of jax-js, for models that choose it by name: `name`,
 * `parameters` and `source` are those of `activation` in `gelu`.
 *
 * Throws GeluTypeError if `name` is no string, GeluRangeError if no activation has it or a parameter's value is not
 * allowed; the function throws GeluTypeError for what is not a float32 array of jax-js.
 *
 * @example
 * activationFunction('gelu_new')(np.array([-1, 0, 1])).js(); // [-0.15880800783634186, 0, 0.8411920070648193]
 */
export function activationFunction(name: string, parameters: GivenParameters = {}, source?: Source): JaxFunction {
  return functionOf(activation(name, parameters, source));
}
