/** GELU, the Gaussian Error Linear Unit, and its family: functions, derivatives, backward passes and layers. */

export type { Approximate } from './activations/gelu/approximate.js';
export { activation, activations, registerActivation } from './activations/index.js';
export type { Activation, Alias, Bound, Evaluate, Facts, Source } from './activations/model/activation.js';
export { defineActivation, type OwnActivation } from './activations/model/define.js';
export { activationFunction } from './functions/activation-function.js';
export { type BiasGradients, biasGelu, biasGeluBackward } from './functions/bias.js';
export type { ActivationFunction, Elementwise, ElementwiseBackward } from './functions/elementwise.js';
export * from './functions/family.generated.js';
export type { FunctionOf } from './functions/function-of.js';
export * from './functions/gated/family.generated.js';
export { type GluOptions, glu } from './functions/gated/glu.js';
export type {
  GatedBackward,
  GatedFunction,
  GatedGradients,
  GatedOptions,
  GatedOrder,
  GatedPairBackwardOptions,
  GatedPairOptions,
} from './functions/gated/types.js';
export { gelu, geluBackward, geluDerivative, geluSecondDerivative } from './functions/gelu.js';
export { type GeluParameterGradients, geluParameterGradients } from './functions/gelu-gradients.js';
export { type PreluGradients, type PreluOptions, prelu, preluBackward } from './functions/prelu.js';
export type { OptionsOf } from './functions/resolver.js';
export {
  type StochasticOptions,
  type StochasticResult,
  stochasticGelu,
  stochasticGeluBackward,
} from './functions/stochastic.js';
export {
  type StochasticRreluOptions,
  stochasticRrelu,
  stochasticRreluBackward,
} from './functions/stochastic-rrelu.js';
export type { NestedArray } from './input/arrays.js';
export type { CallOptions, GeluCallOptions, GeluOptions } from './input/options.js';
export type { DType, TensorData } from './kernels/dtypes.js';
export type { Quantization } from './kernels/lookup.js';
export { allocate, free } from './kernels/memory/heap.js';
export type { ActivationLayer, LayerCallOptions } from './layers/activation-layer.js';
export * from './layers/family.generated.js';
export { activationLayer, layerFromJSON } from './layers/from-json.js';
export * from './layers/gated.generated.js';
export type { GatedCallOptions, GatedLayer, GatedLayerClass } from './layers/gated-layer.js';
export { GELU, type GeluJSON, type GeluLayerOptions } from './layers/gelu.js';
export { GLU } from './layers/glu.js';
export type { Layer, LayerJSON } from './layers/layer.js';
export type { LayerClass, LayerOf } from './layers/layer-of.js';
export { PReLU, type PreluCallOptions, type PreluLayerOptions } from './layers/prelu.js';
export { RReLU, type RreluLayerOptions } from './layers/rrelu.js';
export { type StochasticCallOptions, StochasticGELU, type StochasticLayerOptions } from './layers/stochastic.js';
export { type GainOptions, gain } from './mean-field/gain.js';
export { type FloatingPointMode, floatingPointMode } from './numerics/floating-point-mode.js';
export { GeluRangeError, GeluStateError, GeluTypeError } from './shared/errors.js';
