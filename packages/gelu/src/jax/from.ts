import type { numpy as np } from '@jax-js/jax';
import type { Activation, Bound } from '../activations/model/activation.js';
import { resolver } from '../functions/resolver.js';
import { functionOf } from './activation.js';

/** An activation of float32 arrays of jax-js; takes ownership of x, as the functions of jax-js do. O: its parameters. */
export type JaxActivation<O extends object = object> = (x: np.Array, options?: O) => np.Array;

/** The function of jax-js arrays from an activation's definition. */
/* @__NO_SIDE_EFFECTS__ */
export function from<O extends object>(definition: Activation): JaxActivation<O> {
  const resolve = resolver(definition, () => undefined);
  return (x, options) => functionOf(resolve(options as object | undefined, []).source as Bound)(x);
}
