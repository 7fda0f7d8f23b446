/**
 * `gelu/jax`: the activations as functions of jax-js arrays. Needs `npm install @jax-js/jax`: without it, the import fails
 * and names the package.
 */
export type { Approximate } from '../activations/gelu/approximate.js';
export { activationFunction, type JaxFunction } from './activation.js';
export type { JaxActivation } from './from.js';
export * from './functions.generated.js';
export * from './gated.generated.js';
export { glu, type JaxGatedFunction, type JaxGatedOptions, type JaxGluOptions } from './gated.js';
export { type PreluOptions, prelu } from './prelu.js';
export {
  type JaxRandomOptions,
  type JaxRreluOptions,
  stochasticGelu,
  stochasticRrelu,
  stochasticSlopes,
  stochasticThresholds,
} from './stochastic.js';
