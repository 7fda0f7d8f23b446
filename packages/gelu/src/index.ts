/** GELU, the Gaussian Error Linear Unit: functions, derivatives, backward pass and the layer. */
export type { Approximate } from './activations/gelu/forms.js';
export type { FloatArray, NestedArray } from './arrays.js';
export { GeluRangeError, GeluStateError, GeluTypeError } from './errors.js';
export { type GeluCallOptions, gelu, geluBackward, geluDerivative, geluSecondDerivative } from './functions.js';
export { GELU, type GeluJSON } from './nn/gelu.js';
export type { GeluOptions } from './options.js';
