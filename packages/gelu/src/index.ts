/** GELU, the Gaussian Error Linear Unit: functions, derivatives, backward pass and the layer. */
export type { Approximate } from './activations/gelu/forms.js';
export type { NestedArray } from './arrays.js';
export type { Quantization } from './backends/lookup.js';
export { allocate, free } from './backends/memory.js';
export { type BiasGradients, biasGelu, biasGeluBackward } from './bias.js';
export { GeluRangeError, GeluStateError, GeluTypeError } from './errors.js';
export { gelu, geluBackward, geluDerivative, geluSecondDerivative } from './functions.js';
export type { DType, TensorData } from './kinds.js';
export { GELU, type GeluJSON, type LayerCallOptions } from './nn/gelu.js';
export type { GeluCallOptions, GeluOptions } from './options.js';
