/** jax-js, as it is installed beside this library: the same copy that the application uses. */
import type * as jax from '@jax-js/jax';
import { required } from '../shared/peer-dependencies.js';

const loaded: typeof jax = await required('gelu/jax', '@jax-js/jax', () => import('@jax-js/jax'));

export const JaxArray: typeof jax.Array = loaded.Array;
export const defaultDevice: typeof jax.defaultDevice = loaded.defaultDevice;
export const grad: typeof jax.grad = loaded.grad;
export const jit: typeof jax.jit = loaded.jit;
export const jvp: typeof jax.jvp = loaded.jvp;
export const lax: typeof jax.lax = loaded.lax;
export const makeJaxpr: typeof jax.makeJaxpr = loaded.makeJaxpr;
export const vmap: typeof jax.vmap = loaded.vmap;
export const np: typeof jax.numpy = loaded.numpy;

/** The types of `np`, under its name. */
export declare namespace np {
  export type Array = jax.numpy.Array;
}
