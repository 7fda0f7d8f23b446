// Written by scripts/generate.mjs from the files of src/activations, which are the place for changes.
import { gelu as geluDefinition } from '../activations/gelu/definition.js';
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
import type {
  CaluOptions,
  CeluOptions,
  ClippedGeluOptions,
  EluOptions,
  HardshrinkOptions,
  HardtanhOptions,
  LaluOptions,
  LaplaceOptions,
  LeakyReluOptions,
  RreluOptions,
  SiluOptions,
  SoftplusOptions,
  SoftshrinkOptions,
  SquareplusOptions,
  ThresholdOptions,
  XieluOptions,
} from '../functions/family.generated.js';
import { from, type JaxActivation } from './from.js';

export type {
  CaluOptions,
  CeluOptions,
  ClippedGeluOptions,
  EluOptions,
  HardshrinkOptions,
  HardtanhOptions,
  LaluOptions,
  LaplaceOptions,
  LeakyReluOptions,
  RreluOptions,
  SiluOptions,
  SoftplusOptions,
  SoftshrinkOptions,
  SquareplusOptions,
  ThresholdOptions,
  XieluOptions,
};

/** Parameters of {@link gelu}. */
export interface GeluOptions {
  /**
   * The exact function or one of the two approximations of the paper; one of 'none', 'tanh', 'sigmoid'. Also true for
   * 'tanh', false for 'none', 'precise' for 'tanh', 'fast' for 'sigmoid'. Default 'none'.
   */
  readonly approximate?: 'none' | 'tanh' | 'sigmoid' | 'precise' | 'fast' | boolean | undefined;
  /** The mean of the normal distribution; for 'none'; finite. Default 0. */
  readonly mean?: number | undefined;
  /** Its standard deviation; for 'none'; finite and greater than 0. Default 1. */
  readonly std?: number | undefined;
}

/**
 * GELU: x·Φ((x − mean)/std); tanh: ½x·(1 + tanh(√(2/π)·(x + 0.044715·x³))); sigmoid: x·σ(1.702·x). By default
 * approximate 'none', mean 0 and std 1.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 * jax.nn.gelu and ggml's gelu are the tanh form unless told otherwise.
 * MLX's gelu_approx was x·σ(1.60033·x·(1 + 0.0433603·x²)) before 2024, another function by up to 3e-4.
 * 'geglu-approximate' of diffusers is no gated unit: it is x·σ(1.702·x).
 *
 * Source: Hendrycks, Gimpel, Gaussian Error Linear Units (GELUs) (2016), https://arxiv.org/abs/1606.08415.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await gelu(np.array([-0.5])).data(); // Float32Array [-0.1542687714099884]
 */
export const gelu: JaxActivation<GeluOptions> = /* @__PURE__ */ from(geluDefinition);

/**
 * CaLU: x·(½ + arctan((x − location)/scale)/π). By default location 0 and scale 1.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 * The paper’s x·P(X ≤ x) with another distribution; the names LaLU and CaLU come from surveys.
 *
 * Source: Hendrycks, Gimpel, Gaussian Error Linear Units (GELUs) (2016), https://arxiv.org/abs/1606.08415.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await calu(np.array([-0.5])).data(); // Float32Array [-0.17620819807052612]
 */
export const calu: JaxActivation<CaluOptions> = /* @__PURE__ */ from(caluDefinition);

/**
 * CELU: x if x > 0, else alpha·(exp(x/alpha) − 1). By default alpha 1.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Barron, Continuously Differentiable Exponential Linear Units (2017), https://arxiv.org/abs/1704.07483.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await celu(np.array([-0.5])).data(); // Float32Array [-0.39346933364868164]
 */
export const celu: JaxActivation<CeluOptions> = /* @__PURE__ */ from(celuDefinition);

/**
 * ClippedGELU: min(max(x·Φ(x), minVal), maxVal). By default minVal −10 and maxVal 10.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Wu, Judd, Zhang, Isaev, Micikevicius, Integer Quantization for Deep Learning Inference: Principles and
 * Empirical Evaluation (2020), https://arxiv.org/abs/2004.09602.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await clippedGelu(np.array([-0.5])).data(); // Float32Array [-0.1542687714099884]
 */
export const clippedGelu: JaxActivation<ClippedGeluOptions> = /* @__PURE__ */ from(clippedGeluDefinition);

/**
 * ELU: x if x > 0, else alpha·(exp(x) − 1). By default alpha 1.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Clevert, Unterthiner, Hochreiter, Fast and Accurate Deep Network Learning by Exponential Linear Units (ELUs)
 * (2015), https://arxiv.org/abs/1511.07289.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await elu(np.array([-0.5])).data(); // Float32Array [-0.39346933364868164]
 */
export const elu: JaxActivation<EluOptions> = /* @__PURE__ */ from(eluDefinition);

/**
 * Exponential: exp(x).
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await exponential(np.array([-0.5])).data(); // Float32Array [0.6065306663513184]
 */
export const exponential: JaxActivation = /* @__PURE__ */ from(exponentialDefinition);

/**
 * HardMish: x·min(max(x + 2, 0), 2)/2.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Misra, H-Mish (notes) (2020), https://github.com/digantamisra98/H-Mish.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await hardMish(np.array([-0.5])).data(); // Float32Array [-0.375]
 */
export const hardMish: JaxActivation = /* @__PURE__ */ from(hardMishDefinition);

/**
 * Hardshrink: x if |x| > lambd, else 0. By default lambd 0.5.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 * ONNX's Shrink is this with its bias 0, and softshrink with bias lambd.
 *
 * Source: Donoho, Johnstone, Ideal spatial adaptation by wavelet shrinkage (1994),
 * https://doi.org/10.1093/biomet/81.3.425.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await hardshrink(np.array([-0.5])).data(); // Float32Array [0]
 */
export const hardshrink: JaxActivation<HardshrinkOptions> = /* @__PURE__ */ from(hardshrinkDefinition);

/**
 * Hardsigmoid: min(max(x + 3, 0), 6)/6.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 * Keras before version 3, TensorFlow.js and the ONNX operator HardSigmoid mean 0.2·x + 0.5, another slope.
 *
 * Source: Courbariaux, Bengio, David, BinaryConnect: Training Deep Neural Networks with binary weights during
 * propagations (2015), https://arxiv.org/abs/1511.00363.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await hardsigmoid(np.array([-0.5])).data(); // Float32Array [0.4166666567325592]
 */
export const hardsigmoid: JaxActivation = /* @__PURE__ */ from(hardsigmoidDefinition);

/**
 * Hardswish: x·min(max(x + 3, 0), 6)/6.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Howard et al., Searching for MobileNetV3 (2019), https://arxiv.org/abs/1905.02244.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await hardswish(np.array([-0.5])).data(); // Float32Array [-0.2083333283662796]
 */
export const hardswish: JaxActivation = /* @__PURE__ */ from(hardswishDefinition);

/**
 * Hardtanh: min(max(x, minVal), maxVal). By default minVal −1 and maxVal 1.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Collobert, Large Scale Machine Learning (2004), https://ronan.collobert.com/pub/2004_phdthesis_lip6.pdf.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await hardtanh(np.array([-0.5])).data(); // Float32Array [-0.5]
 */
export const hardtanh: JaxActivation<HardtanhOptions> = /* @__PURE__ */ from(hardtanhDefinition);

/**
 * Identity: x.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await identity(np.array([-0.5])).data(); // Float32Array [-0.5]
 */
export const identity: JaxActivation = /* @__PURE__ */ from(identityDefinition);

/**
 * LaLU: x·½·exp(z) if z < 0, else x·(1 − ½·exp(−z)); z = (x − location)/scale. By default location 0 and scale 1.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 * The paper’s x·P(X ≤ x) with another distribution; the names LaLU and CaLU come from surveys.
 * The 'laplace' of Hugging Face is another function: a normal distribution function, as an attention weight.
 *
 * Source: Hendrycks, Gimpel, Gaussian Error Linear Units (GELUs) (2016), https://arxiv.org/abs/1606.08415.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await lalu(np.array([-0.5])).data(); // Float32Array [-0.1516326665878296]
 */
export const lalu: JaxActivation<LaluOptions> = /* @__PURE__ */ from(laluDefinition);

/**
 * Laplace: Φ((x − mu)/sigma). By default mu 0.707107 and sigma 0.282095.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 * No Laplace distribution is in it: see LaLU for that. The default parameters are the six digits of Hugging Face.
 *
 * Source: Ma et al., Mega: Moving Average Equipped Gated Attention (2022), https://arxiv.org/abs/2209.10655.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await laplace(np.array([-0.5])).data(); // Float32Array [0.000009383381438965444]
 */
export const laplace: JaxActivation<LaplaceOptions> = /* @__PURE__ */ from(laplaceDefinition);

/**
 * LeakyReLU: x if x > 0, else negativeSlope·x. By default negativeSlope 0.01.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 * The layer of Keras, LeakyReLU, has a slope of 0.3, its function 'leaky_relu' 0.2.
 *
 * Source: Maas, Hannun, Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models (2013),
 * https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await leakyRelu(np.array([-0.5])).data(); // Float32Array [-0.004999999888241291]
 */
export const leakyRelu: JaxActivation<LeakyReluOptions> = /* @__PURE__ */ from(leakyReluDefinition);

/**
 * LogSigmoid: log(1/(1 + exp(−x))).
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Mikolov, Sutskever, Chen, Corrado, Dean, Distributed Representations of Words and Phrases and their
 * Compositionality (2013), https://arxiv.org/abs/1310.4546.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await logsigmoid(np.array([-0.5])).data(); // Float32Array [-0.9740769863128662]
 */
export const logsigmoid: JaxActivation = /* @__PURE__ */ from(logsigmoidDefinition);

/**
 * Mish: x·tanh(log(1 + exp(x))).
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Misra, Mish: A Self Regularized Non-Monotonic Activation Function (2019), https://arxiv.org/abs/1908.08681.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await mish(np.array([-0.5])).data(); // Float32Array [-0.22074377536773682]
 */
export const mish: JaxActivation = /* @__PURE__ */ from(mishDefinition);

/**
 * ReLU: max(x, 0).
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Nair, Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines (2010),
 * https://icml.cc/Conferences/2010/papers/432.pdf.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await relu(np.array([-0.5])).data(); // Float32Array [0]
 */
export const relu: JaxActivation = /* @__PURE__ */ from(reluDefinition);

/**
 * ReLUSquared: max(x, 0)².
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: So et al., Primer: Searching for Efficient Transformers for Language Modeling (2021),
 * https://arxiv.org/abs/2109.08668.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await reluSquared(np.array([-0.5])).data(); // Float32Array [0]
 */
export const reluSquared: JaxActivation = /* @__PURE__ */ from(reluSquaredDefinition);

/**
 * ReLU6: min(max(x, 0), 6).
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Krizhevsky, Convolutional Deep Belief Networks on CIFAR-10 (2010),
 * https://www.cs.toronto.edu/~kriz/conv-cifar10-aug2010.pdf.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await relu6(np.array([-0.5])).data(); // Float32Array [0]
 */
export const relu6: JaxActivation = /* @__PURE__ */ from(relu6Definition);

/**
 * RReLU: x if x > 0, else x·(lower + upper)/2. By default lower 0.125 and upper 0.3333333333333333.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Xu, Wang, Chen, Li, Empirical Evaluation of Rectified Activations in Convolutional Network (2015),
 * https://arxiv.org/abs/1505.00853.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await rrelu(np.array([-0.5])).data(); // Float32Array [-0.1145833358168602]
 */
export const rrelu: JaxActivation<RreluOptions> = /* @__PURE__ */ from(rreluDefinition);

/**
 * SELU: scale·x if x > 0, else scale·alpha·(exp(x) − 1); scale 1.0507…, alpha 1.6732….
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Klambauer, Unterthiner, Mayr, Hochreiter, Self-Normalizing Neural Networks (2017),
 * https://arxiv.org/abs/1706.02515.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await selu(np.array([-0.5])).data(); // Float32Array [-0.6917582154273987]
 */
export const selu: JaxActivation = /* @__PURE__ */ from(seluDefinition);

/**
 * Sigmoid: 1/(1 + exp(−x)).
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Rumelhart, Hinton, Williams, Learning representations by back-propagating errors (1986),
 * https://doi.org/10.1038/323533a0.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await sigmoid(np.array([-0.5])).data(); // Float32Array [0.3775406777858734]
 */
export const sigmoid: JaxActivation = /* @__PURE__ */ from(sigmoidDefinition);

/**
 * SiLU: x·σ(beta·x). By default beta 1.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 * PyTorch has no beta: its SiLU is beta 1. With beta it is Swish (Ramachandran, Zoph, Le 2017).
 *
 * Source: Hendrycks, Gimpel, Gaussian Error Linear Units (GELUs) (2016), https://arxiv.org/abs/1606.08415.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await silu(np.array([-0.5])).data(); // Float32Array [-0.1887703388929367]
 */
export const silu: JaxActivation<SiluOptions> = /* @__PURE__ */ from(siluDefinition);

/**
 * Softplus: log(1 + exp(beta·x))/beta; x where beta·x > threshold. By default beta 1 and threshold 20.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Dugas, Bengio, Bélisle, Nadeau, Garcia, Incorporating Second-Order Functional Knowledge for Better Option
 * Pricing (2001),
 * https://papers.nips.cc/paper/1920-incorporating-second-order-functional-knowledge-for-better-option-pricing.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await softplus(np.array([-0.5])).data(); // Float32Array [0.4740769863128662]
 */
export const softplus: JaxActivation<SoftplusOptions> = /* @__PURE__ */ from(softplusDefinition);

/**
 * Softshrink: sgn(x)·max(|x| − lambd, 0). By default lambd 0.5.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Donoho, De-noising by soft-thresholding (1995), https://doi.org/10.1109/18.382009.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await softshrink(np.array([-0.5])).data(); // Float32Array [0]
 */
export const softshrink: JaxActivation<SoftshrinkOptions> = /* @__PURE__ */ from(softshrinkDefinition);

/**
 * Softsign: x/(1 + |x|).
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Turian, Bergstra, Bengio, Quadratic Features and Deep Architectures for Chunking (2009),
 * https://aclanthology.org/N09-2062/.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await softsign(np.array([-0.5])).data(); // Float32Array [-0.3333333432674408]
 */
export const softsign: JaxActivation = /* @__PURE__ */ from(softsignDefinition);

/**
 * SparsePlus: 0 if x ≤ −1, x if x ≥ 1, else (x + 1)²/4.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Blondel, Martins, Niculae, Learning with Fenchel-Young Losses (2019), https://arxiv.org/abs/1901.02324.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await sparsePlus(np.array([-0.5])).data(); // Float32Array [0.0625]
 */
export const sparsePlus: JaxActivation = /* @__PURE__ */ from(sparsePlusDefinition);

/**
 * SparseSigmoid: min(max((x + 1)/2, 0), 1).
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Blondel, Martins, Niculae, Learning with Fenchel-Young Losses (2019), https://arxiv.org/abs/1901.02324.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await sparseSigmoid(np.array([-0.5])).data(); // Float32Array [0.25]
 */
export const sparseSigmoid: JaxActivation = /* @__PURE__ */ from(sparseSigmoidDefinition);

/**
 * Squareplus: (x + √(x² + b))/2. By default b 4.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: Barron, Squareplus: A Softplus-Like Algebraic Rectifier (2021), https://arxiv.org/abs/2112.11687.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await squareplus(np.array([-0.5])).data(); // Float32Array [0.7807763814926147]
 */
export const squareplus: JaxActivation<SquareplusOptions> = /* @__PURE__ */ from(squareplusDefinition);

/**
 * Tanh: (exp(x) − exp(−x))/(exp(x) + exp(−x)).
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * Source: LeCun, Bottou, Orr, Müller, Efficient BackProp (1998), https://doi.org/10.1007/3-540-49430-8_2.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await tanh(np.array([-0.5])).data(); // Float32Array [-0.46211716532707214]
 */
export const tanh: JaxActivation = /* @__PURE__ */ from(tanhDefinition);

/**
 * Tanhshrink: x − tanh(x).
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await tanhshrink(np.array([-0.5])).data(); // Float32Array [-0.03788284212350845]
 */
export const tanhshrink: JaxActivation = /* @__PURE__ */ from(tanhshrinkDefinition);

/**
 * Threshold: x if x > threshold, else value. By default threshold 1 and value 0.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 * PyTorch and Keras have no defaults for it; these are those of ONNX's ThresholdedRelu.
 *
 * Source: Konda, Memisevic, Krueger, Zero-bias autoencoders and the benefits of co-adapting features (2014),
 * https://arxiv.org/abs/1402.3337.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await threshold(np.array([-0.5])).data(); // Float32Array [0]
 */
export const threshold: JaxActivation<ThresholdOptions> = /* @__PURE__ */ from(thresholdDefinition);

/**
 * XIELU: alphaP·x² + beta·x if x > 0, else alphaN·(exp(min(x, eps)) − 1 − x) + beta·x. By default alphaP 0.8, alphaN
 * 0.8, beta 0.5 and eps 0.
 *
 * Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second
 * derivative. Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.
 * alphaP and alphaN are the numbers in the formula. Checkpoints of Hugging Face hold a and b with alphaP = softplus(a),
 * alphaN = beta + softplus(b).
 * With eps below 0, as Hugging Face has it for low precisions, the function jumps at 0 by alphaN·(exp(eps) − 1).
 *
 * Source: Huang, Schlag, Deriving Activation Functions Using Integration (2024), https://arxiv.org/abs/2411.13010.
 *
 * @throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not
 * allowed.
 * @example
 * await xielu(np.array([-0.5])).data(); // Float32Array [-0.16477547585964203]
 */
export const xielu: JaxActivation<XieluOptions> = /* @__PURE__ */ from(xieluDefinition);
