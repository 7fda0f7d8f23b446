/** `gelu/numerics`: what the accuracy of this library, and of others, is measured with. */
export { preciseGelu } from './activations/gelu/precise.js';
export { exponentOf, type FloatType, ulp, ulpError } from './numerics/ulp.js';
