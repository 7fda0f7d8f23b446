/** jax-js, as it is installed beside this library: the same copy that the application uses. */
import * as jax from '@jax-js/jax';

export const JaxArray: typeof jax.Array = jax.Array;
export const defaultDevice: typeof jax.defaultDevice = jax.defaultDevice;
export const grad: typeof jax.grad = jax.grad;
export const jit: typeof jax.jit = jax.jit;
export const jvp: typeof jax.jvp = jax.jvp;
export const lax: typeof jax.lax = jax.lax;
export const makeJaxpr: typeof jax.makeJaxpr = jax.makeJaxpr;
export const vmap: typeof jax.vmap = jax.vmap;
export const np: typeof jax.numpy = jax.numpy;

export type Device = jax.Device;

/** The types of `np`, under its name. */
export declare namespace np {
  export type Array = jax.numpy.Array;
}
