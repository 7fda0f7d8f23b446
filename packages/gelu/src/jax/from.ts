import type { numpy as np } from '@jax-js/jax';
import type { Activation, Bound } from '../activations/model/activation.js';
import { type OptionsOf, resolver } from '../functions/resolver.js';
import { functionOf } from './activation.js';

/** An activation of float32 arrays of jax-js; takes ownership of x, as the functions of jax-js do. O: its parameters. */
export type JaxActivation<O extends object = object> = (x: np.Array, options?: O) => np.Array;

/** The function of jax-js arrays from an activation's definition. */
/* @__NO_SIDE_EFFECTS__ */
export function from<A extends Activation>(definition: A): JaxActivation<OptionsOf<A>> {
  const resolve = resolver(definition, () => undefined);
  return (x, options) => functionOf(resolve(options, []).source as Bound)(x);
}
