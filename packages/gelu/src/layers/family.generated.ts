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
import {
  type CaluOptions,
  type CeluOptions,
  type ClippedGeluOptions,
  type EluOptions,
  type HardshrinkOptions,
  type HardtanhOptions,
  type LaluOptions,
  type LaplaceOptions,
  type LeakyReluOptions,
  type SiluOptions,
  type SoftplusOptions,
  type SoftshrinkOptions,
  type SquareplusOptions,
  type ThresholdOptions,
  type XieluOptions,
  calu,
  celu,
  clippedGelu,
  elu,
  exponential,
  hardMish,
  hardshrink,
  hardsigmoid,
  hardswish,
  hardtanh,
  identity,
  lalu,
  laplace,
  leakyRelu,
  logsigmoid,
  mish,
  relu,
  reluSquared,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  softshrink,
  softsign,
  sparsePlus,
  sparseSigmoid,
  squareplus,
  tanh,
  tanhshrink,
  threshold,
  xielu,
} from '../functions/family.generated.js';
import { type LayerClass, type LayerOf, layerOf } from './layer-of.js';

/**
 * The layer of {@link calu}: x·(½ + arctan((x − location)/scale)/π). `location` and `scale` may be changed between
 * calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new CaLU({ location: 0.5 });
 * String(layer); // "CaLU(location=0.5, scale=1.0)"
 * layer.forward(-0.5); // -0.125
 * layer.backward(2); // 0.3408450569081047
 */
export const CaLU: LayerClass<CaluOptions> = /* @__PURE__ */ layerOf(caluDefinition, calu);
export type CaLU = LayerOf<CaluOptions>;

/**
 * The layer of {@link celu}: x if x > 0, else alpha·(exp(x/alpha) − 1). `alpha` may be changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new CELU({ alpha: 2 });
 * String(layer); // "CELU(alpha=2.0)"
 * layer.forward(-0.5); // -0.44239843385719024
 * layer.backward(2); // 1.5576015661428098
 */
export const CELU: LayerClass<CeluOptions> = /* @__PURE__ */ layerOf(celuDefinition, celu);
export type CELU = LayerOf<CeluOptions>;

/**
 * The layer of {@link clippedGelu}: min(max(x·Φ(x), minVal), maxVal). `minVal` and `maxVal` may be changed between
 * calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new ClippedGELU({ minVal: -20 });
 * String(layer); // "ClippedGELU(min_val=-20.0, max_val=10.0)"
 * layer.forward(-0.5); // -0.15426876936299344
 * layer.backward(2); // 0.2650097506876743
 */
export const ClippedGELU: LayerClass<ClippedGeluOptions> = /* @__PURE__ */ layerOf(clippedGeluDefinition, clippedGelu);
export type ClippedGELU = LayerOf<ClippedGeluOptions>;

/**
 * The layer of {@link elu}: x if x > 0, else alpha·(exp(x) − 1). `alpha` may be changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new ELU({ alpha: 2 });
 * String(layer); // "ELU(alpha=2.0)"
 * layer.forward(-0.5); // -0.7869386805747332
 * layer.backward(2); // 2.4261226388505337
 */
export const ELU: LayerClass<EluOptions> = /* @__PURE__ */ layerOf(eluDefinition, elu);
export type ELU = LayerOf<EluOptions>;

/**
 * The layer of {@link exponential}: exp(x).
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Exponential();
 * String(layer); // "Exponential()"
 * layer.forward(-0.5); // 0.6065306597126334
 * layer.backward(2); // 1.2130613194252668
 */
export const Exponential: LayerClass = /* @__PURE__ */ layerOf(exponentialDefinition, exponential);
export type Exponential = LayerOf;

/**
 * The layer of {@link hardMish}: x·min(max(x + 2, 0), 2)/2.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new HardMish();
 * String(layer); // "HardMish()"
 * layer.forward(-0.5); // -0.375
 * layer.backward(2); // 1
 */
export const HardMish: LayerClass = /* @__PURE__ */ layerOf(hardMishDefinition, hardMish);
export type HardMish = LayerOf;

/**
 * The layer of {@link hardshrink}: x if |x| > lambd, else 0. `lambd` may be changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Hardshrink({ lambd: 1 });
 * String(layer); // "Hardshrink(lambd=1.0)"
 * layer.forward(-0.5); // 0
 * layer.backward(2); // 0
 */
export const Hardshrink: LayerClass<HardshrinkOptions> = /* @__PURE__ */ layerOf(hardshrinkDefinition, hardshrink);
export type Hardshrink = LayerOf<HardshrinkOptions>;

/**
 * The layer of {@link hardsigmoid}: min(max(x + 3, 0), 6)/6.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Hardsigmoid();
 * String(layer); // "Hardsigmoid()"
 * layer.forward(-0.5); // 0.4166666666666667
 * layer.backward(2); // 0.3333333333333333
 */
export const Hardsigmoid: LayerClass = /* @__PURE__ */ layerOf(hardsigmoidDefinition, hardsigmoid);
export type Hardsigmoid = LayerOf;

/**
 * The layer of {@link hardswish}: x·min(max(x + 3, 0), 6)/6.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Hardswish();
 * String(layer); // "Hardswish()"
 * layer.forward(-0.5); // -0.20833333333333334
 * layer.backward(2); // 0.6666666666666666
 */
export const Hardswish: LayerClass = /* @__PURE__ */ layerOf(hardswishDefinition, hardswish);
export type Hardswish = LayerOf;

/**
 * The layer of {@link hardtanh}: min(max(x, minVal), maxVal). `minVal` and `maxVal` may be changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Hardtanh({ minVal: -2 });
 * String(layer); // "Hardtanh(min_val=-2.0, max_val=1.0)"
 * layer.forward(-0.5); // -0.5
 * layer.backward(2); // 2
 */
export const Hardtanh: LayerClass<HardtanhOptions> = /* @__PURE__ */ layerOf(hardtanhDefinition, hardtanh);
export type Hardtanh = LayerOf<HardtanhOptions>;

/**
 * The layer of {@link identity}: x.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Identity();
 * String(layer); // "Identity()"
 * layer.forward(-0.5); // -0.5
 * layer.backward(2); // 2
 */
export const Identity: LayerClass = /* @__PURE__ */ layerOf(identityDefinition, identity);
export type Identity = LayerOf;

/**
 * The layer of {@link lalu}: x·½·exp(z) if z < 0, else x·(1 − ½·exp(−z)); z = (x − location)/scale. `location` and
 * `scale` may be changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new LaLU({ location: 0.5 });
 * String(layer); // "LaLU(location=0.5, scale=1.0)"
 * layer.forward(-0.5); // -0.09196986029286058
 * layer.backward(2); // 0.18393972058572117
 */
export const LaLU: LayerClass<LaluOptions> = /* @__PURE__ */ layerOf(laluDefinition, lalu);
export type LaLU = LayerOf<LaluOptions>;

/**
 * The layer of {@link laplace}: Φ((x − mu)/sigma). `mu` and `sigma` may be changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Laplace({ mu: 1.414214 });
 * String(layer); // "Laplace(mu=1.414214, sigma=0.282095)"
 * layer.forward(-0.5); // 5.775971600770579e-12
 * layer.backward(2); // 2.836757307105274e-10
 */
export const Laplace: LayerClass<LaplaceOptions> = /* @__PURE__ */ layerOf(laplaceDefinition, laplace);
export type Laplace = LayerOf<LaplaceOptions>;

/**
 * The layer of {@link leakyRelu}: x if x > 0, else negativeSlope·x. `negativeSlope` may be changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new LeakyReLU({ negativeSlope: 0.02 });
 * String(layer); // "LeakyReLU(negative_slope=0.02)"
 * layer.forward(-0.5); // -0.01
 * layer.backward(2); // 0.04
 */
export const LeakyReLU: LayerClass<LeakyReluOptions> = /* @__PURE__ */ layerOf(leakyReluDefinition, leakyRelu);
export type LeakyReLU = LayerOf<LeakyReluOptions>;

/**
 * The layer of {@link logsigmoid}: log(1/(1 + exp(−x))).
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new LogSigmoid();
 * String(layer); // "LogSigmoid()"
 * layer.forward(-0.5); // -0.9740769841801067
 * layer.backward(2); // 1.2449186624037092
 */
export const LogSigmoid: LayerClass = /* @__PURE__ */ layerOf(logsigmoidDefinition, logsigmoid);
export type LogSigmoid = LayerOf;

/**
 * The layer of {@link mish}: x·tanh(log(1 + exp(x))).
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Mish();
 * String(layer); // "Mish()"
 * layer.forward(-0.5); // -0.22074377465173
 * layer.backward(2); // 0.5790213558270244
 */
export const Mish: LayerClass = /* @__PURE__ */ layerOf(mishDefinition, mish);
export type Mish = LayerOf;

/**
 * The layer of {@link relu}: max(x, 0).
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new ReLU();
 * String(layer); // "ReLU()"
 * layer.forward(-0.5); // 0
 * layer.backward(2); // 0
 */
export const ReLU: LayerClass = /* @__PURE__ */ layerOf(reluDefinition, relu);
export type ReLU = LayerOf;

/**
 * The layer of {@link reluSquared}: max(x, 0)².
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new ReLUSquared();
 * String(layer); // "ReLUSquared()"
 * layer.forward(-0.5); // 0
 * layer.backward(2); // 0
 */
export const ReLUSquared: LayerClass = /* @__PURE__ */ layerOf(reluSquaredDefinition, reluSquared);
export type ReLUSquared = LayerOf;

/**
 * The layer of {@link relu6}: min(max(x, 0), 6).
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new ReLU6();
 * String(layer); // "ReLU6()"
 * layer.forward(-0.5); // 0
 * layer.backward(2); // 0
 */
export const ReLU6: LayerClass = /* @__PURE__ */ layerOf(relu6Definition, relu6);
export type ReLU6 = LayerOf;

/**
 * The layer of {@link selu}: scale·x if x > 0, else scale·alpha·(exp(x) − 1); scale 1.0507…, alpha 1.6732….
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new SELU();
 * String(layer); // "SELU()"
 * layer.forward(-0.5); // -0.6917581878028713
 * layer.backward(2); // 2.132682306089011
 */
export const SELU: LayerClass = /* @__PURE__ */ layerOf(seluDefinition, selu);
export type SELU = LayerOf;

/**
 * The layer of {@link sigmoid}: 1/(1 + exp(−x)).
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Sigmoid();
 * String(layer); // "Sigmoid()"
 * layer.forward(-0.5); // 0.37754066879814546
 * layer.backward(2); // 0.470007424403189
 */
export const Sigmoid: LayerClass = /* @__PURE__ */ layerOf(sigmoidDefinition, sigmoid);
export type Sigmoid = LayerOf;

/**
 * The layer of {@link silu}: x·σ(beta·x). `beta` may be changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new SiLU({ beta: 2 });
 * String(layer); // "SiLU(beta=2.0)"
 * layer.forward(-0.5); // -0.13447071068499755
 * layer.backward(2); // 0.14465897625702653
 */
export const SiLU: LayerClass<SiluOptions> = /* @__PURE__ */ layerOf(siluDefinition, silu);
export type SiLU = LayerOf<SiluOptions>;

/**
 * The layer of {@link softplus}: log(1 + exp(beta·x))/beta; x where beta·x > threshold. `beta` and `threshold` may be
 * changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Softplus({ beta: 2 });
 * String(layer); // "Softplus(beta=2.0, threshold=20.0)"
 * layer.forward(-0.5); // 0.1566308437591114
 * layer.backward(2); // 0.5378828427399902
 */
export const Softplus: LayerClass<SoftplusOptions> = /* @__PURE__ */ layerOf(softplusDefinition, softplus);
export type Softplus = LayerOf<SoftplusOptions>;

/**
 * The layer of {@link softshrink}: sgn(x)·max(|x| − lambd, 0). `lambd` may be changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Softshrink({ lambd: 1 });
 * String(layer); // "Softshrink(lambd=1.0)"
 * layer.forward(-0.5); // 0
 * layer.backward(2); // 0
 */
export const Softshrink: LayerClass<SoftshrinkOptions> = /* @__PURE__ */ layerOf(softshrinkDefinition, softshrink);
export type Softshrink = LayerOf<SoftshrinkOptions>;

/**
 * The layer of {@link softsign}: x/(1 + |x|).
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Softsign();
 * String(layer); // "Softsign()"
 * layer.forward(-0.5); // -0.3333333333333333
 * layer.backward(2); // 0.8888888888888888
 */
export const Softsign: LayerClass = /* @__PURE__ */ layerOf(softsignDefinition, softsign);
export type Softsign = LayerOf;

/**
 * The layer of {@link sparsePlus}: 0 if x ≤ −1, x if x ≥ 1, else (x + 1)²/4.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new SparsePlus();
 * String(layer); // "SparsePlus()"
 * layer.forward(-0.5); // 0.0625
 * layer.backward(2); // 0.5
 */
export const SparsePlus: LayerClass = /* @__PURE__ */ layerOf(sparsePlusDefinition, sparsePlus);
export type SparsePlus = LayerOf;

/**
 * The layer of {@link sparseSigmoid}: min(max((x + 1)/2, 0), 1).
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new SparseSigmoid();
 * String(layer); // "SparseSigmoid()"
 * layer.forward(-0.5); // 0.25
 * layer.backward(2); // 1
 */
export const SparseSigmoid: LayerClass = /* @__PURE__ */ layerOf(sparseSigmoidDefinition, sparseSigmoid);
export type SparseSigmoid = LayerOf;

/**
 * The layer of {@link squareplus}: (x + √(x² + b))/2. `b` may be changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Squareplus({ b: 8 });
 * String(layer); // "Squareplus(b=8.0)"
 * layer.forward(-0.5); // 1.1861406616345072
 * layer.backward(2); // 0.8259223440443022
 */
export const Squareplus: LayerClass<SquareplusOptions> = /* @__PURE__ */ layerOf(squareplusDefinition, squareplus);
export type Squareplus = LayerOf<SquareplusOptions>;

/**
 * The layer of {@link tanh}: (exp(x) − exp(−x))/(exp(x) + exp(−x)).
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Tanh();
 * String(layer); // "Tanh()"
 * layer.forward(-0.5); // -0.46211715726000974
 * layer.backward(2); // 1.5728954659318548
 */
export const Tanh: LayerClass = /* @__PURE__ */ layerOf(tanhDefinition, tanh);
export type Tanh = LayerOf;

/**
 * The layer of {@link tanhshrink}: x − tanh(x).
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Tanhshrink();
 * String(layer); // "Tanhshrink()"
 * layer.forward(-0.5); // -0.03788284273999024
 * layer.backward(2); // 0.4271045340681452
 */
export const Tanhshrink: LayerClass = /* @__PURE__ */ layerOf(tanhshrinkDefinition, tanhshrink);
export type Tanhshrink = LayerOf;

/**
 * The layer of {@link threshold}: x if x > threshold, else value. `threshold` and `value` may be changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new Threshold({ threshold: 2 });
 * String(layer); // "Threshold(threshold=2.0, value=0.0)"
 * layer.forward(-0.5); // 0
 * layer.backward(2); // 0
 */
export const Threshold: LayerClass<ThresholdOptions> = /* @__PURE__ */ layerOf(thresholdDefinition, threshold);
export type Threshold = LayerOf<ThresholdOptions>;

/**
 * The layer of {@link xielu}: alphaP·x² + beta·x if x > 0, else alphaN·(exp(min(x, eps)) − 1 − x) + beta·x. `alphaP`,
 * `alphaN`, `beta` and `eps` may be changed between calls.
 *
 * Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.
 *
 * @throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.
 * @example
 * const layer = new XIELU({ alphaP: 1.6 });
 * String(layer); // "XIELU(alpha_p=1.6, alpha_n=0.8, beta=0.5, eps=0.0)"
 * layer.forward(-0.5); // -0.16477547222989325
 * layer.backward(2); // 0.37044905554021346
 */
export const XIELU: LayerClass<XieluOptions> = /* @__PURE__ */ layerOf(xieluDefinition, xielu);
export type XIELU = LayerOf<XieluOptions>;
