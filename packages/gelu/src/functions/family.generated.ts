// Written by scripts/generate.mjs from the files of src/activations, which are the place for changes.
import { calu as caluDefinition } from '../activations/calu.js';
import { celu as celuDefinition } from '../activations/celu.js';
import { clippedGelu as clippedGeluDefinition } from '../activations/clipped-gelu.js';
import { elu as eluDefinition } from '../activations/elu.js';
import { exponential as exponentialDefinition } from '../activations/exponential.js';
import { hardMish as hardMishDefinition } from '../activations/hard-mish.js';
import { hardshrink as hardshrinkDefinition } from '../activations/hardshrink.js';
import { hardsigmoid as hardsigmoidDefinition } from '../activations/hardsigmoid.js';
import { hardswish as hardswishDefinition } from '../activations/hardswish.js';
import { hardtanh as hardtanhDefinition } from '../activations/hardtanh.js';
import { identity as identityDefinition } from '../activations/identity.js';
import { lalu as laluDefinition } from '../activations/lalu.js';
import { laplace as laplaceDefinition } from '../activations/laplace.js';
import { leakyRelu as leakyReluDefinition } from '../activations/leaky-relu.js';
import { logsigmoid as logsigmoidDefinition } from '../activations/logsigmoid.js';
import { mish as mishDefinition } from '../activations/mish.js';
import { relu as reluDefinition } from '../activations/relu.js';
import { reluSquared as reluSquaredDefinition } from '../activations/relu-squared.js';
import { relu6 as relu6Definition } from '../activations/relu6.js';
import { rrelu as rreluDefinition } from '../activations/rrelu.js';
import { selu as seluDefinition } from '../activations/selu.js';
import { sigmoid as sigmoidDefinition } from '../activations/sigmoid.js';
import { silu as siluDefinition } from '../activations/silu.js';
import { softplus as softplusDefinition } from '../activations/softplus.js';
import { softshrink as softshrinkDefinition } from '../activations/softshrink.js';
import { softsign as softsignDefinition } from '../activations/softsign.js';
import { sparsePlus as sparsePlusDefinition } from '../activations/sparse-plus.js';
import { sparseSigmoid as sparseSigmoidDefinition } from '../activations/sparse-sigmoid.js';
import { squareplus as squareplusDefinition } from '../activations/squareplus.js';
import { tanh as tanhDefinition } from '../activations/tanh.js';
import { tanhshrink as tanhshrinkDefinition } from '../activations/tanhshrink.js';
import { threshold as thresholdDefinition } from '../activations/threshold.js';
import { xielu as xieluDefinition } from '../activations/xielu.js';
import { algebraicKernel } from '../kernels/family/algebraic-kernel.js';
import { piecesKernel } from '../kernels/family/pieces-kernel.js';
import { smoothKernel } from '../kernels/family/smooth-kernel.js';
import type { ActivationFunction } from './elementwise.js';
import { functionOf } from './function-of.js';

/** Parameters of {@link calu}. */
export interface CaluOptions {
  /** The centre of the Cauchy distribution; finite. Default 0. */
  readonly location?: number | undefined;
  /** Its scale; finite and greater than 0. Default 1. */
  readonly scale?: number | undefined;
}

/**
 * CaLU: x·(½ + arctan((x − location)/scale)/π). By default location 0 and scale 1.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `calu.derivative`, `calu.secondDerivative` and `calu.backward(gradOutput, input)`, which is gradOutput times the
 * derivative.
 *
 * Domain: every number; −0.3183 at −∞, ∞ at +∞, NaN for NaN only. Values: from −0.3183 to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 * The paper’s x·P(X ≤ x) with another distribution; the names LaLU and CaLU come from surveys.
 *
 * Source: Hendrycks, Gimpel, Gaussian Error Linear Units (GELUs) (2016), https://arxiv.org/abs/1606.08415.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * calu(-0.5); // -0.17620819117478337
 * calu.derivative(-0.5); // 0.22509242787605047
 * calu(-0.5, { location: 0.5 }); // -0.125
 * calu(new Float32Array([-1, 0, 2])); // Float32Array [-0.25, 0, 1.7048327922821045]
 */
export const calu: ActivationFunction<CaluOptions> = /* @__PURE__ */ functionOf(caluDefinition, algebraicKernel);

/** Parameters of {@link celu}. */
export interface CeluOptions {
  /** Minus the value at −∞; below 0 the function falls exponentially; finite and not 0. Default 1. */
  readonly alpha?: number | undefined;
}

/**
 * CELU: x if x > 0, else alpha·(exp(x/alpha) − 1). By default alpha 1.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `celu.derivative`, `celu.secondDerivative` and `celu.backward(gradOutput, input)`, which is gradOutput times the
 * derivative.
 *
 * Domain: every number; −1 at −∞, ∞ at +∞, NaN for NaN only. Values: from −1 to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Barron, Continuously Differentiable Exponential Linear Units (2017), https://arxiv.org/abs/1704.07483.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * celu(-0.5); // -0.3934693402873666
 * celu.derivative(-0.5); // 0.6065306597126334
 * celu(-0.5, { alpha: 2 }); // -0.44239843385719024
 * celu(new Float32Array([-1, 0, 2])); // Float32Array [-0.6321205496788025, 0, 2]
 */
export const celu: ActivationFunction<CeluOptions> = /* @__PURE__ */ functionOf(celuDefinition, smoothKernel);

/** Parameters of {@link clippedGelu}. */
export interface ClippedGeluOptions {
  /** The least value; GELU itself stays above −0.17; finite and less than 0. Default −10. */
  readonly minVal?: number | undefined;
  /** The largest value; finite and greater than 0. Default 10. */
  readonly maxVal?: number | undefined;
}

/**
 * ClippedGELU: min(max(x·Φ(x), minVal), maxVal). By default minVal −10 and maxVal 10.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `clippedGelu.derivative`, `clippedGelu.secondDerivative` and `clippedGelu.backward(gradOutput, input)`, which is
 * gradOutput times the derivative.
 *
 * Domain: every number; −0 at −∞, 10 at +∞, NaN for NaN only. Values: from −0.17 (at x = −0.7518) to 10.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Wu, Judd, Zhang, Isaev, Micikevicius, Integer Quantization for Deep Learning Inference: Principles and
 * Empirical Evaluation (2020), https://arxiv.org/abs/2004.09602.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * clippedGelu(-0.5); // -0.15426876936299344
 * clippedGelu.derivative(-0.5); // 0.13250487534383715
 * clippedGelu(-0.5, { minVal: -20 }); // -0.15426876936299344
 * clippedGelu(new Float32Array([-1, 0, 2])); // Float32Array [-0.15865525603294373, 0, 1.9544997215270996]
 */
export const clippedGelu: ActivationFunction<ClippedGeluOptions> = /* @__PURE__ */ functionOf(clippedGeluDefinition, smoothKernel);

/** Parameters of {@link elu}. */
export interface EluOptions {
  /** Minus the value at −∞; 0 makes it ReLU; finite. Default 1. */
  readonly alpha?: number | undefined;
}

/**
 * ELU: x if x > 0, else alpha·(exp(x) − 1). By default alpha 1.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `elu.derivative`, `elu.secondDerivative` and `elu.backward(gradOutput, input)`, which is gradOutput times the
 * derivative.
 *
 * Domain: every number; −1 at −∞, ∞ at +∞, NaN for NaN only. Values: from −1 to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Clevert, Unterthiner, Hochreiter, Fast and Accurate Deep Network Learning by Exponential Linear Units (ELUs)
 * (2015), https://arxiv.org/abs/1511.07289.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * elu(-0.5); // -0.3934693402873666
 * elu.derivative(-0.5); // 0.6065306597126334
 * elu(-0.5, { alpha: 2 }); // -0.7869386805747332
 * elu(new Float32Array([-1, 0, 2])); // Float32Array [-0.6321205496788025, 0, 2]
 */
export const elu: ActivationFunction<EluOptions> = /* @__PURE__ */ functionOf(eluDefinition, smoothKernel);

/**
 * Exponential: exp(x).
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `exponential.derivative`, `exponential.secondDerivative` and `exponential.backward(gradOutput, input)`, which is
 * gradOutput times the derivative.
 *
 * Domain: every number; 0 at −∞, ∞ at +∞, NaN for NaN only. Values: from 0 to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * exponential(-0.5); // 0.6065306597126334
 * exponential.derivative(-0.5); // 0.6065306597126334
 * exponential(new Float32Array([-1, 0, 2])); // Float32Array [0.3678794503211975, 1, 7.389056205749512]
 */
export const exponential: ActivationFunction = /* @__PURE__ */ functionOf(exponentialDefinition, smoothKernel);

/**
 * HardMish: x·min(max(x + 2, 0), 2)/2.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `hardMish.derivative`, `hardMish.secondDerivative` and `hardMish.backward(gradOutput, input)`, which is gradOutput
 * times the derivative.
 *
 * Domain: every number; 0 at −∞, ∞ at +∞, NaN for NaN only. Values: from −0.5 (at x = −1) to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Misra, H-Mish (notes) (2020), https://github.com/digantamisra98/H-Mish.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * hardMish(-0.5); // -0.375
 * hardMish.derivative(-0.5); // 0.5
 * hardMish(new Float32Array([-1, 0, 2])); // Float32Array [-0.5, 0, 2]
 */
export const hardMish: ActivationFunction = /* @__PURE__ */ functionOf(hardMishDefinition, piecesKernel);

/** Parameters of {@link hardshrink}. */
export interface HardshrinkOptions {
  /** What is at most this far from 0 becomes 0; below 0 nothing does; finite. Default 0.5. */
  readonly lambd?: number | undefined;
}

/**
 * Hardshrink: x if |x| > lambd, else 0. By default lambd 0.5.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `hardshrink.derivative`, `hardshrink.secondDerivative` and `hardshrink.backward(gradOutput, input)`, which is
 * gradOutput times the derivative.
 *
 * Domain: every number; −∞ at −∞, ∞ at +∞, NaN for NaN only. Values: from −∞ to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 * ONNX's Shrink is this with its bias 0, and softshrink with bias lambd.
 *
 * Source: Donoho, Johnstone, Ideal spatial adaptation by wavelet shrinkage (1994),
 * https://doi.org/10.1093/biomet/81.3.425.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * hardshrink(-0.5); // 0
 * hardshrink.derivative(-0.5); // 0
 * hardshrink(-0.5, { lambd: 1 }); // 0
 * hardshrink(new Float32Array([-1, 0, 2])); // Float32Array [-1, 0, 2]
 */
export const hardshrink: ActivationFunction<HardshrinkOptions> = /* @__PURE__ */ functionOf(hardshrinkDefinition, piecesKernel);

/**
 * Hardsigmoid: min(max(x + 3, 0), 6)/6.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `hardsigmoid.derivative`, `hardsigmoid.secondDerivative` and `hardsigmoid.backward(gradOutput, input)`, which is
 * gradOutput times the derivative.
 *
 * Domain: every number; 0 at −∞, 1 at +∞, NaN for NaN only. Values: from 0 (at x = −3) to 1.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 * Keras before version 3, TensorFlow.js and the ONNX operator HardSigmoid mean 0.2·x + 0.5, another slope.
 *
 * Source: Courbariaux, Bengio, David, BinaryConnect: Training Deep Neural Networks with binary weights during
 * propagations (2015), https://arxiv.org/abs/1511.00363.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * hardsigmoid(-0.5); // 0.4166666666666667
 * hardsigmoid.derivative(-0.5); // 0.16666666666666666
 * hardsigmoid(new Float32Array([-1, 0, 2])); // Float32Array [0.3333333432674408, 0.5, 0.8333333134651184]
 */
export const hardsigmoid: ActivationFunction = /* @__PURE__ */ functionOf(hardsigmoidDefinition, piecesKernel);

/**
 * Hardswish: x·min(max(x + 3, 0), 6)/6.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `hardswish.derivative`, `hardswish.secondDerivative` and `hardswish.backward(gradOutput, input)`, which is gradOutput
 * times the derivative.
 *
 * Domain: every number; 0 at −∞, ∞ at +∞, NaN for NaN only. Values: from −0.375 (at x = −1.5) to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Howard et al., Searching for MobileNetV3 (2019), https://arxiv.org/abs/1905.02244.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * hardswish(-0.5); // -0.20833333333333334
 * hardswish.derivative(-0.5); // 0.3333333333333333
 * hardswish(new Float32Array([-1, 0, 2])); // Float32Array [-0.3333333432674408, 0, 1.6666666269302368]
 */
export const hardswish: ActivationFunction = /* @__PURE__ */ functionOf(hardswishDefinition, piecesKernel);

/** Parameters of {@link hardtanh}. */
export interface HardtanhOptions {
  /** The least value; finite. Default −1. */
  readonly minVal?: number | undefined;
  /** The largest value; finite. Default 1. */
  readonly maxVal?: number | undefined;
}

/**
 * Hardtanh: min(max(x, minVal), maxVal). By default minVal −1 and maxVal 1.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `hardtanh.derivative`, `hardtanh.secondDerivative` and `hardtanh.backward(gradOutput, input)`, which is gradOutput
 * times the derivative.
 *
 * Domain: every number; −1 at −∞, 1 at +∞, NaN for NaN only. Values: from −1 (at x = −1) to 1.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Collobert, Large Scale Machine Learning (2004), https://ronan.collobert.com/pub/2004_phdthesis_lip6.pdf.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * hardtanh(-0.5); // -0.5
 * hardtanh.derivative(-0.5); // 1
 * hardtanh(-0.5, { minVal: -2 }); // -0.5
 * hardtanh(new Float32Array([-1, 0, 2])); // Float32Array [-1, 0, 1]
 */
export const hardtanh: ActivationFunction<HardtanhOptions> = /* @__PURE__ */ functionOf(hardtanhDefinition, piecesKernel);

/**
 * Identity: x.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `identity.derivative`, `identity.secondDerivative` and `identity.backward(gradOutput, input)`, which is gradOutput
 * times the derivative.
 *
 * Domain: every number; −∞ at −∞, ∞ at +∞, NaN for NaN only. Values: from −∞ to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * identity(-0.5); // -0.5
 * identity.derivative(-0.5); // 1
 * identity(new Float32Array([-1, 0, 2])); // Float32Array [-1, 0, 2]
 */
export const identity: ActivationFunction = /* @__PURE__ */ functionOf(identityDefinition, piecesKernel);

/** Parameters of {@link lalu}. */
export interface LaluOptions {
  /** The centre of the Laplace distribution; finite. Default 0. */
  readonly location?: number | undefined;
  /** Its scale; finite and greater than 0. Default 1. */
  readonly scale?: number | undefined;
}

/**
 * LaLU: x·½·exp(z) if z < 0, else x·(1 − ½·exp(−z)); z = (x − location)/scale. By default location 0 and scale 1.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `lalu.derivative`, `lalu.secondDerivative` and `lalu.backward(gradOutput, input)`, which is gradOutput times the
 * derivative.
 *
 * Domain: every number; −0 at −∞, ∞ at +∞, NaN for NaN only. Values: from −0.1839 (at x = −1) to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 * The paper’s x·P(X ≤ x) with another distribution; the names LaLU and CaLU come from surveys.
 * The 'laplace' of Hugging Face is another function: a normal distribution function, as an attention weight.
 *
 * Source: Hendrycks, Gimpel, Gaussian Error Linear Units (GELUs) (2016), https://arxiv.org/abs/1606.08415.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * lalu(-0.5); // -0.15163266492815836
 * lalu.derivative(-0.5); // 0.15163266492815836
 * lalu(-0.5, { location: 0.5 }); // -0.09196986029286058
 * lalu(new Float32Array([-1, 0, 2])); // Float32Array [-0.18393972516059875, 0, 1.8646646738052368]
 */
export const lalu: ActivationFunction<LaluOptions> = /* @__PURE__ */ functionOf(laluDefinition, smoothKernel);

/** Parameters of {@link laplace}. */
export interface LaplaceOptions {
  /** Where it is ½; the paper’s is √½; finite. Default 0.707107. */
  readonly mu?: number | undefined;
  /** The standard deviation; the paper’s is 1/√(4π); finite and greater than 0. Default 0.282095. */
  readonly sigma?: number | undefined;
}

/**
 * Laplace: Φ((x − mu)/sigma). By default mu 0.707107 and sigma 0.282095.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `laplace.derivative`, `laplace.secondDerivative` and `laplace.backward(gradOutput, input)`, which is gradOutput times
 * the derivative.
 *
 * Domain: every number; 0 at −∞, 1 at +∞, NaN for NaN only. Values: from 0 to 1.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 * No Laplace distribution is in it: see LaLU for that. The default parameters are the six digits of Hugging Face.
 *
 * Source: Ma et al., Mega: Moving Average Equipped Gated Attention (2022), https://arxiv.org/abs/2209.10655.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * laplace(-0.5); // 0.000009383381167686052
 * laplace.derivative(-0.5); // 0.0001494290484945482
 * laplace(-0.5, { mu: 1.414214 }); // 5.775971600770579e-12
 * laplace(new Float32Array([-1, 0, 2])); // Float32Array [7.173726057629892e-10, 0.006094459444284439, 0.9999977350234985]
 */
export const laplace: ActivationFunction<LaplaceOptions> = /* @__PURE__ */ functionOf(laplaceDefinition, smoothKernel);

/** Parameters of {@link leakyRelu}. */
export interface LeakyReluOptions {
  /** The slope below 0; finite. Default 0.01. */
  readonly negativeSlope?: number | undefined;
}

/**
 * LeakyReLU: x if x > 0, else negativeSlope·x. By default negativeSlope 0.01.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `leakyRelu.derivative`, `leakyRelu.secondDerivative` and `leakyRelu.backward(gradOutput, input)`, which is gradOutput
 * times the derivative.
 *
 * Domain: every number; −∞ at −∞, ∞ at +∞, NaN for NaN only. Values: from −∞ to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 * The layer of Keras, LeakyReLU, has a slope of 0.3, its function 'leaky_relu' 0.2.
 *
 * Source: Maas, Hannun, Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models (2013),
 * https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * leakyRelu(-0.5); // -0.005
 * leakyRelu.derivative(-0.5); // 0.01
 * leakyRelu(-0.5, { negativeSlope: 0.02 }); // -0.01
 * leakyRelu(new Float32Array([-1, 0, 2])); // Float32Array [-0.009999999776482582, 0, 2]
 */
export const leakyRelu: ActivationFunction<LeakyReluOptions> = /* @__PURE__ */ functionOf(leakyReluDefinition, piecesKernel);

/**
 * LogSigmoid: log(1/(1 + exp(−x))).
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `logsigmoid.derivative`, `logsigmoid.secondDerivative` and `logsigmoid.backward(gradOutput, input)`, which is
 * gradOutput times the derivative.
 *
 * Domain: every number; −∞ at −∞, −0 at +∞, NaN for NaN only. Values: from −∞ to 0.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Mikolov, Sutskever, Chen, Corrado, Dean, Distributed Representations of Words and Phrases and their
 * Compositionality (2013), https://arxiv.org/abs/1310.4546.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * logsigmoid(-0.5); // -0.9740769841801067
 * logsigmoid.derivative(-0.5); // 0.6224593312018546
 * logsigmoid(new Float32Array([-1, 0, 2])); // Float32Array [-1.31326162815094, -0.6931471824645996, -0.12692801654338837]
 */
export const logsigmoid: ActivationFunction = /* @__PURE__ */ functionOf(logsigmoidDefinition, smoothKernel);

/**
 * Mish: x·tanh(log(1 + exp(x))).
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `mish.derivative`, `mish.secondDerivative` and `mish.backward(gradOutput, input)`, which is gradOutput times the
 * derivative.
 *
 * Domain: every number; −0 at −∞, ∞ at +∞, NaN for NaN only. Values: from −0.3088 (at x = −1.192) to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Misra, Mish: A Self Regularized Non-Monotonic Activation Function (2019), https://arxiv.org/abs/1908.08681.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * mish(-0.5); // -0.22074377465173
 * mish.derivative(-0.5); // 0.2895106779135122
 * mish(new Float32Array([-1, 0, 2])); // Float32Array [-0.30340147018432617, 0, 1.9439589977264404]
 */
export const mish: ActivationFunction = /* @__PURE__ */ functionOf(mishDefinition, smoothKernel);

/**
 * ReLU: max(x, 0).
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `relu.derivative`, `relu.secondDerivative` and `relu.backward(gradOutput, input)`, which is gradOutput times the
 * derivative.
 *
 * Domain: every number; 0 at −∞, ∞ at +∞, NaN for NaN only. Values: from 0 (at x = 0) to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Nair, Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines (2010),
 * https://icml.cc/Conferences/2010/papers/432.pdf.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * relu(-0.5); // 0
 * relu.derivative(-0.5); // 0
 * relu(new Float32Array([-1, 0, 2])); // Float32Array [0, 0, 2]
 */
export const relu: ActivationFunction = /* @__PURE__ */ functionOf(reluDefinition, piecesKernel);

/**
 * ReLUSquared: max(x, 0)².
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `reluSquared.derivative`, `reluSquared.secondDerivative` and `reluSquared.backward(gradOutput, input)`, which is
 * gradOutput times the derivative.
 *
 * Domain: every number; 0 at −∞, ∞ at +∞, NaN for NaN only. Values: from 0 (at x = 0) to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: So et al., Primer: Searching for Efficient Transformers for Language Modeling (2021),
 * https://arxiv.org/abs/2109.08668.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * reluSquared(-0.5); // 0
 * reluSquared.derivative(-0.5); // 0
 * reluSquared(new Float32Array([-1, 0, 2])); // Float32Array [0, 0, 4]
 */
export const reluSquared: ActivationFunction = /* @__PURE__ */ functionOf(reluSquaredDefinition, piecesKernel);

/**
 * ReLU6: min(max(x, 0), 6).
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `relu6.derivative`, `relu6.secondDerivative` and `relu6.backward(gradOutput, input)`, which is gradOutput times the
 * derivative.
 *
 * Domain: every number; 0 at −∞, 6 at +∞, NaN for NaN only. Values: from 0 (at x = 0) to 6.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Krizhevsky, Convolutional Deep Belief Networks on CIFAR-10 (2010),
 * https://www.cs.toronto.edu/~kriz/conv-cifar10-aug2010.pdf.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * relu6(-0.5); // 0
 * relu6.derivative(-0.5); // 0
 * relu6(new Float32Array([-1, 0, 2])); // Float32Array [0, 0, 2]
 */
export const relu6: ActivationFunction = /* @__PURE__ */ functionOf(relu6Definition, piecesKernel);

/** Parameters of {@link rrelu}. */
export interface RreluOptions {
  /** The least slope that is drawn; finite. Default 0.125. */
  readonly lower?: number | undefined;
  /** The largest slope that is drawn; finite. Default 0.3333333333333333. */
  readonly upper?: number | undefined;
}

/**
 * RReLU: x if x > 0, else x·(lower + upper)/2. By default lower 0.125 and upper 0.3333333333333333.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `rrelu.derivative`, `rrelu.secondDerivative` and `rrelu.backward(gradOutput, input)`, which is gradOutput times the
 * derivative.
 *
 * Domain: every number; −∞ at −∞, ∞ at +∞, NaN for NaN only. Values: from −∞ to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Xu, Wang, Chen, Li, Empirical Evaluation of Rectified Activations in Convolutional Network (2015),
 * https://arxiv.org/abs/1505.00853.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * rrelu(-0.5); // -0.11458333333333333
 * rrelu.derivative(-0.5); // 0.22916666666666666
 * rrelu(-0.5, { lower: 0.25 }); // -0.14583333333333331
 * rrelu(new Float32Array([-1, 0, 2])); // Float32Array [-0.2291666716337204, 0, 2]
 */
export const rrelu: ActivationFunction<RreluOptions> = /* @__PURE__ */ functionOf(rreluDefinition, piecesKernel);

/**
 * SELU: scale·x if x > 0, else scale·alpha·(exp(x) − 1); scale 1.0507…, alpha 1.6732….
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `selu.derivative`, `selu.secondDerivative` and `selu.backward(gradOutput, input)`, which is gradOutput times the
 * derivative.
 *
 * Domain: every number; −1.758 at −∞, ∞ at +∞, NaN for NaN only. Values: from −1.758 to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Klambauer, Unterthiner, Mayr, Hochreiter, Self-Normalizing Neural Networks (2017),
 * https://arxiv.org/abs/1706.02515.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * selu(-0.5); // -0.6917581878028713
 * selu.derivative(-0.5); // 1.0663411530445055
 * selu(new Float32Array([-1, 0, 2])); // Float32Array [-1.1113307476043701, 0, 2.1014020442962646]
 */
export const selu: ActivationFunction = /* @__PURE__ */ functionOf(seluDefinition, smoothKernel);

/**
 * Sigmoid: 1/(1 + exp(−x)).
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `sigmoid.derivative`, `sigmoid.secondDerivative` and `sigmoid.backward(gradOutput, input)`, which is gradOutput times
 * the derivative.
 *
 * Domain: every number; 0 at −∞, 1 at +∞, NaN for NaN only. Values: from 0 to 1.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Rumelhart, Hinton, Williams, Learning representations by back-propagating errors (1986),
 * https://doi.org/10.1038/323533a0.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * sigmoid(-0.5); // 0.37754066879814546
 * sigmoid.derivative(-0.5); // 0.2350037122015945
 * sigmoid(new Float32Array([-1, 0, 2])); // Float32Array [0.2689414322376251, 0.5, 0.8807970881462097]
 */
export const sigmoid: ActivationFunction = /* @__PURE__ */ functionOf(sigmoidDefinition, smoothKernel);

/** Parameters of {@link silu}. */
export interface SiluOptions {
  /** The sharpness of the gate; 0 gives x/2, below 0 the function is mirrored at the origin; finite. Default 1. */
  readonly beta?: number | undefined;
}

/**
 * SiLU: x·σ(beta·x). By default beta 1.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `silu.derivative`, `silu.secondDerivative` and `silu.backward(gradOutput, input)`, which is gradOutput times the
 * derivative.
 *
 * Domain: every number; −0 at −∞, ∞ at +∞, NaN for NaN only. Values: from −0.2785 (at x = −1.278) to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 * PyTorch has no beta: its SiLU is beta 1. With beta it is Swish (Ramachandran, Zoph, Le 2017).
 *
 * Source: Hendrycks, Gimpel, Gaussian Error Linear Units (GELUs) (2016), https://arxiv.org/abs/1606.08415.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * silu(-0.5); // -0.18877033439907273
 * silu.derivative(-0.5); // 0.2600388126973482
 * silu(-0.5, { beta: 2 }); // -0.13447071068499755
 * silu(new Float32Array([-1, 0, 2])); // Float32Array [-0.2689414322376251, 0, 1.7615941762924194]
 */
export const silu: ActivationFunction<SiluOptions> = /* @__PURE__ */ functionOf(siluDefinition, smoothKernel);

/** Parameters of {@link softplus}. */
export interface SoftplusOptions {
  /** The sharpness of the bend; below 0 the function is mirrored at the origin; finite and not 0. Default 1. */
  readonly beta?: number | undefined;
  /** Above it, as beta·x, the function is x; Infinity for the exact function; a number or Infinity. Default 20. */
  readonly threshold?: number | undefined;
}

/**
 * Softplus: log(1 + exp(beta·x))/beta; x where beta·x > threshold. By default beta 1 and threshold 20.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `softplus.derivative`, `softplus.secondDerivative` and `softplus.backward(gradOutput, input)`, which is gradOutput
 * times the derivative.
 *
 * Domain: every number; 0 at −∞, ∞ at +∞, NaN for NaN only. Values: from 0 to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Dugas, Bengio, Bélisle, Nadeau, Garcia, Incorporating Second-Order Functional Knowledge for Better Option
 * Pricing (2001),
 * https://papers.nips.cc/paper/1920-incorporating-second-order-functional-knowledge-for-better-option-pricing.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * softplus(-0.5); // 0.4740769841801067
 * softplus.derivative(-0.5); // 0.37754066879814546
 * softplus(-0.5, { beta: 2 }); // 0.1566308437591114
 * softplus(new Float32Array([-1, 0, 2])); // Float32Array [0.3132616877555847, 0.6931471824645996, 2.1269280910491943]
 */
export const softplus: ActivationFunction<SoftplusOptions> = /* @__PURE__ */ functionOf(softplusDefinition, smoothKernel);

/** Parameters of {@link softshrink}. */
export interface SoftshrinkOptions {
  /** How far numbers are moved; finite and at least 0. Default 0.5. */
  readonly lambd?: number | undefined;
}

/**
 * Softshrink: sgn(x)·max(|x| − lambd, 0). By default lambd 0.5.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `softshrink.derivative`, `softshrink.secondDerivative` and `softshrink.backward(gradOutput, input)`, which is
 * gradOutput times the derivative.
 *
 * Domain: every number; −∞ at −∞, ∞ at +∞, NaN for NaN only. Values: from −∞ to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Donoho, De-noising by soft-thresholding (1995), https://doi.org/10.1109/18.382009.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * softshrink(-0.5); // 0
 * softshrink.derivative(-0.5); // 0
 * softshrink(-0.5, { lambd: 1 }); // 0
 * softshrink(new Float32Array([-1, 0, 2])); // Float32Array [-0.5, 0, 1.5]
 */
export const softshrink: ActivationFunction<SoftshrinkOptions> = /* @__PURE__ */ functionOf(softshrinkDefinition, piecesKernel);

/**
 * Softsign: x/(1 + |x|).
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `softsign.derivative`, `softsign.secondDerivative` and `softsign.backward(gradOutput, input)`, which is gradOutput
 * times the derivative.
 *
 * Domain: every number; −1 at −∞, 1 at +∞, NaN for NaN only. Values: from −1 to 1.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Turian, Bergstra, Bengio, Quadratic Features and Deep Architectures for Chunking (2009),
 * https://aclanthology.org/N09-2062/.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * softsign(-0.5); // -0.3333333333333333
 * softsign.derivative(-0.5); // 0.4444444444444444
 * softsign(new Float32Array([-1, 0, 2])); // Float32Array [-0.5, 0, 0.6666666865348816]
 */
export const softsign: ActivationFunction = /* @__PURE__ */ functionOf(softsignDefinition, algebraicKernel);

/**
 * SparsePlus: 0 if x ≤ −1, x if x ≥ 1, else (x + 1)²/4.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `sparsePlus.derivative`, `sparsePlus.secondDerivative` and `sparsePlus.backward(gradOutput, input)`, which is
 * gradOutput times the derivative.
 *
 * Domain: every number; 0 at −∞, ∞ at +∞, NaN for NaN only. Values: from 0 (at x = −1) to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Blondel, Martins, Niculae, Learning with Fenchel-Young Losses (2019), https://arxiv.org/abs/1901.02324.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * sparsePlus(-0.5); // 0.0625
 * sparsePlus.derivative(-0.5); // 0.25
 * sparsePlus(new Float32Array([-1, 0, 2])); // Float32Array [0, 0.25, 2]
 */
export const sparsePlus: ActivationFunction = /* @__PURE__ */ functionOf(sparsePlusDefinition, smoothKernel);

/**
 * SparseSigmoid: min(max((x + 1)/2, 0), 1).
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `sparseSigmoid.derivative`, `sparseSigmoid.secondDerivative` and `sparseSigmoid.backward(gradOutput, input)`, which
 * is gradOutput times the derivative.
 *
 * Domain: every number; 0 at −∞, 1 at +∞, NaN for NaN only. Values: from 0 (at x = −1) to 1.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Blondel, Martins, Niculae, Learning with Fenchel-Young Losses (2019), https://arxiv.org/abs/1901.02324.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * sparseSigmoid(-0.5); // 0.25
 * sparseSigmoid.derivative(-0.5); // 0.5
 * sparseSigmoid(new Float32Array([-1, 0, 2])); // Float32Array [0, 0.5, 1]
 */
export const sparseSigmoid: ActivationFunction = /* @__PURE__ */ functionOf(sparseSigmoidDefinition, piecesKernel);

/** Parameters of {@link squareplus}. */
export interface SquareplusOptions {
  /** The size of the bend: the value at 0 is ½·√b; finite and greater than 0. Default 4. */
  readonly b?: number | undefined;
}

/**
 * Squareplus: (x + √(x² + b))/2. By default b 4.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `squareplus.derivative`, `squareplus.secondDerivative` and `squareplus.backward(gradOutput, input)`, which is
 * gradOutput times the derivative.
 *
 * Domain: every number; 0 at −∞, ∞ at +∞, NaN for NaN only. Values: from 0 to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: Barron, Squareplus: A Softplus-Like Algebraic Rectifier (2021), https://arxiv.org/abs/2112.11687.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * squareplus(-0.5); // 0.7807764064044151
 * squareplus.derivative(-0.5); // 0.3787321874818335
 * squareplus(-0.5, { b: 8 }); // 1.1861406616345072
 * squareplus(new Float32Array([-1, 0, 2])); // Float32Array [0.6180340051651001, 1, 2.4142136573791504]
 */
export const squareplus: ActivationFunction<SquareplusOptions> = /* @__PURE__ */ functionOf(squareplusDefinition, algebraicKernel);

/**
 * Tanh: (exp(x) − exp(−x))/(exp(x) + exp(−x)).
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `tanh.derivative`, `tanh.secondDerivative` and `tanh.backward(gradOutput, input)`, which is gradOutput times the
 * derivative.
 *
 * Domain: every number; −1 at −∞, 1 at +∞, NaN for NaN only. Values: from −1 to 1.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * Source: LeCun, Bottou, Orr, Müller, Efficient BackProp (1998), https://doi.org/10.1007/3-540-49430-8_2.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * tanh(-0.5); // -0.46211715726000974
 * tanh.derivative(-0.5); // 0.7864477329659274
 * tanh(new Float32Array([-1, 0, 2])); // Float32Array [-0.7615941762924194, 0, 0.9640275835990906]
 */
export const tanh: ActivationFunction = /* @__PURE__ */ functionOf(tanhDefinition, smoothKernel);

/**
 * Tanhshrink: x − tanh(x).
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `tanhshrink.derivative`, `tanhshrink.secondDerivative` and `tanhshrink.backward(gradOutput, input)`, which is
 * gradOutput times the derivative.
 *
 * Domain: every number; −∞ at −∞, ∞ at +∞, NaN for NaN only. Values: from −∞ to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * tanhshrink(-0.5); // -0.03788284273999024
 * tanhshrink.derivative(-0.5); // 0.2135522670340726
 * tanhshrink(new Float32Array([-1, 0, 2])); // Float32Array [-0.23840583860874176, 0, 1.0359724760055542]
 */
export const tanhshrink: ActivationFunction = /* @__PURE__ */ functionOf(tanhshrinkDefinition, algebraicKernel);

/** Parameters of {@link threshold}. */
export interface ThresholdOptions {
  /** Above it the function is x; finite. Default 1. */
  readonly threshold?: number | undefined;
  /** What it is up to there; finite. Default 0. */
  readonly value?: number | undefined;
}

/**
 * Threshold: x if x > threshold, else value. By default threshold 1 and value 0.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `threshold.derivative`, `threshold.secondDerivative` and `threshold.backward(gradOutput, input)`, which is gradOutput
 * times the derivative.
 *
 * Domain: every number; 0 at −∞, ∞ at +∞, NaN for NaN only. Values: from 0 (at x = 1) to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 * PyTorch and Keras have no defaults for it; these are those of ONNX's ThresholdedRelu.
 *
 * Source: Konda, Memisevic, Krueger, Zero-bias autoencoders and the benefits of co-adapting features (2014),
 * https://arxiv.org/abs/1402.3337.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * threshold(-0.5); // 0
 * threshold.derivative(-0.5); // 0
 * threshold(-0.5, { threshold: 2 }); // 0
 * threshold(new Float32Array([-1, 0, 2])); // Float32Array [0, 0, 2]
 */
export const threshold: ActivationFunction<ThresholdOptions> = /* @__PURE__ */ functionOf(thresholdDefinition, piecesKernel);

/** Parameters of {@link xielu}. */
export interface XieluOptions {
  /** The curvature above 0, halved; from 4.909093465297727e-91 to 2.037035976334486e+90. Default 0.8. */
  readonly alphaP?: number | undefined;
  /** The curvature below 0; from 4.909093465297727e-91 to 2.037035976334486e+90. Default 0.8. */
  readonly alphaN?: number | undefined;
  /** The slope at 0; from 4.909093465297727e-91 to 2.037035976334486e+90. Default 0.5. */
  readonly beta?: number | undefined;
  /** Exp(x) is exp(eps) above it; −1e-6 in Hugging Face; from -0.125 to 0. Default 0. */
  readonly eps?: number | undefined;
}

/**
 * XIELU: alphaP·x² + beta·x if x > 0, else alphaN·(exp(min(x, eps)) − 1 − x) + beta·x. By default alphaP 0.8, alphaN
 * 0.8, beta 0.5 and eps 0.
 *
 * On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise
 * `xielu.derivative`, `xielu.secondDerivative` and `xielu.backward(gradOutput, input)`, which is gradOutput times the
 * derivative.
 *
 * Domain: every number; ∞ at −∞, ∞ at +∞, NaN for NaN only. Values: from −0.2058 (at x = −0.9808) to ∞.
 * Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32
 * 1 ULP (measured 0.54), float16 and bfloat16 correctly rounded.
 * alphaP and alphaN are the numbers in the formula. Checkpoints of Hugging Face hold a and b with alphaP = softplus(a),
 * alphaN = beta + softplus(b).
 * With eps below 0, as Hugging Face has it for low precisions, the function jumps at 0 by alphaN·(exp(eps) − 1).
 *
 * Source: Huang, Schlag, Deriving Activation Functions Using Integration (2024), https://arxiv.org/abs/2411.13010.
 *
 * @throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or
 * an `out` that does not fit.
 * @example
 * xielu(-0.5); // -0.16477547222989325
 * xielu.derivative(-0.5); // 0.18522452777010673
 * xielu(-0.5, { alphaP: 1.6 }); // -0.16477547222989325
 * xielu(new Float32Array([-1, 0, 2])); // Float32Array [-0.2056964486837387, 0, 4.199999809265137]
 */
export const xielu: ActivationFunction<XieluOptions> = /* @__PURE__ */ functionOf(xieluDefinition, smoothKernel);
