/** `gelu/numerics`: what the accuracy of this library, and of others, is measured with, and mean-field theory. */
export { preciseGelu } from './activations/gelu/precise.js';
export { expectation } from './mean-field/expectation.js';
export { type CriticalPoint, type FixedPoint, MeanField, type Network } from './mean-field/mean-field.js';
export { exponentOf, type FloatType, ulp, ulpError } from './numerics/ulp.js';
