/**
 * `gelu/jax`: the activations as functions of jax-js arrays. Needs `npm install @jax-js/jax`: without it, the import fails
 * and names the package.
 */
export type { Approximate } from '../activations/gelu/approximate.js';
export { activationFunction, type JaxFunction } from './activation.js';
export type { JaxActivation } from './from.js';
export * from './functions.generated.js';
