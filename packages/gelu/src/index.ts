/** GELU, the Gaussian Error Linear Unit, and its family: functions, derivatives, backward passes and layers. */
export type { Activation, Alias, Bound, Evaluate, Facts, Source } from './activations/activation.js';
export { defineActivation, type OwnActivation } from './activations/define.js';
export type { Approximate } from './activations/gelu/forms.js';
export { activation, activations, registerActivation } from './activations/index.js';
export type { NestedArray } from './arrays.js';
export type { Quantization } from './backends/lookup.js';
export { allocate, free } from './backends/memory.js';
export { type BiasGradients, biasGelu, biasGeluBackward } from './bias.js';
export type { ActivationFunction, Elementwise, ElementwiseBackward } from './elementwise.js';
export { GeluRangeError, GeluStateError, GeluTypeError } from './errors.js';
export { activationFunction } from './family/activation-function.js';
export type { FunctionOf } from './family/function.js';
export * from './family/functions.js';
export { type GeluParameterGradients, geluParameterGradients } from './family/gelu-gradients.js';
export { type PreluGradients, type PreluOptions, prelu, preluBackward } from './family/prelu.js';
export { gelu, geluBackward, geluDerivative, geluSecondDerivative } from './functions.js';
export { bilinear, type GluOptions, geglu, glu, reglu, swiglu } from './gated/functions.js';
export type { GatedFunction, GatedOptions, GatedOrder } from './gated/gated.js';
export {
  BilinearGLU,
  type GatedCallOptions,
  type GatedLayer,
  type GatedLayerClass,
  GEGLU,
  GLU,
  ReGLU,
  SwiGLU,
} from './gated/layers.js';
export type { DType, TensorData } from './kinds.js';
export type { ActivationLayer, LayerCallOptions } from './nn/activation-layer.js';
export { activationLayer, layerFromJSON } from './nn/from-json.js';
export { GELU, type GeluJSON, type GeluLayerOptions } from './nn/gelu.js';
export type { Layer, LayerJSON } from './nn/layer.js';
export type { LayerClass, LayerOf } from './nn/layer-of.js';
export * from './nn/layers.js';
export { PReLU, type PreluCallOptions, type PreluLayerOptions } from './nn/prelu.js';
export type { CallOptions, GeluCallOptions, GeluOptions } from './options.js';
export {
  type StochasticOptions,
  type StochasticResult,
  stochasticGelu,
  stochasticGeluBackward,
} from './stochastic/functions.js';
export { type StochasticCallOptions, StochasticGELU, type StochasticLayerOptions } from './stochastic/layer.js';
