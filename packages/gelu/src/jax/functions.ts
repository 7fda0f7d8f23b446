import type { numpy as np } from '@jax-js/jax';
import { calu as caluDefinition } from '../activations/calu.js';
import { celu as celuDefinition } from '../activations/celu.js';
import { elu as eluDefinition } from '../activations/elu.js';
import { gelu as geluDefinition } from '../activations/gelu/definition.js';
import { hardsigmoid as hardsigmoidDefinition } from '../activations/hardsigmoid.js';
import { hardswish as hardswishDefinition } from '../activations/hardswish.js';
import { hardtanh as hardtanhDefinition } from '../activations/hardtanh.js';
import { identity as identityDefinition } from '../activations/identity.js';
import { lalu as laluDefinition } from '../activations/lalu.js';
import { leakyRelu as leakyReluDefinition } from '../activations/leaky-relu.js';
import { logsigmoid as logsigmoidDefinition } from '../activations/logsigmoid.js';
import { mish as mishDefinition } from '../activations/mish.js';
import type { Activation, Bound } from '../activations/model/activation.js';
import { prelu as preluDefinition } from '../activations/prelu.js';
import { relu as reluDefinition } from '../activations/relu.js';
import { reluSquared as reluSquaredDefinition } from '../activations/relu-squared.js';
import { relu6 as relu6Definition } from '../activations/relu6.js';
import { selu as seluDefinition } from '../activations/selu.js';
import { sigmoid as sigmoidDefinition } from '../activations/sigmoid.js';
import { silu as siluDefinition } from '../activations/silu.js';
import { softplus as softplusDefinition } from '../activations/softplus.js';
import { softsign as softsignDefinition } from '../activations/softsign.js';
import { squareplus as squareplusDefinition } from '../activations/squareplus.js';
import { tanh as tanhDefinition } from '../activations/tanh.js';
import { type OptionsOf, resolver } from '../functions/resolver.js';
import { functionOf } from './activation.js';

/**
 * An activation of float32 arrays of jax-js, of any shape, with its parameters as options; takes ownership of x, as the
 * functions of jax-js do.
 *
 * Throws GeluTypeError if x is not a float32 array of jax-js, or an option is unknown or of the wrong type; GeluRangeError
 * for a value that is not allowed.
 */
export type JaxActivation<A> = (x: np.Array, options?: OptionsOf<A>) => np.Array;

function from<A extends Activation>(definition: A): JaxActivation<A> {
  const resolve = resolver(definition);
  return (x, options) => functionOf(resolve(options, []).source as Bound)(x);
}

/** x·Φ(x), Φ the normal distribution; `approximate` 'tanh', 'sigmoid'; `mean` and `std` of the general form. */
export const gelu: JaxActivation<typeof geluDefinition> = /* @__PURE__ */ from(geluDefinition);

/** x above 0, weight·x below (default ¼), for a weight that is not trained. */
export const prelu: JaxActivation<typeof preluDefinition> = /* @__PURE__ */ from(preluDefinition);

/** max(x, 0). */
export const relu: JaxActivation<typeof reluDefinition> = /* @__PURE__ */ from(reluDefinition);

/** x above 0, negativeSlope·x below (default 0.01). */
export const leakyRelu: JaxActivation<typeof leakyReluDefinition> = /* @__PURE__ */ from(leakyReluDefinition);

/** min(max(x, 0), 6). */
export const relu6: JaxActivation<typeof relu6Definition> = /* @__PURE__ */ from(relu6Definition);

/** max(x, 0)². */
export const reluSquared: JaxActivation<typeof reluSquaredDefinition> = /* @__PURE__ */ from(reluSquaredDefinition);

/** x above 0, alpha·(exp(x) − 1) below (default alpha 1). */
export const elu: JaxActivation<typeof eluDefinition> = /* @__PURE__ */ from(eluDefinition);

/** scale·ELU with the two constants that make activations normalize themselves. */
export const selu: JaxActivation<typeof seluDefinition> = /* @__PURE__ */ from(seluDefinition);

/** x above 0, alpha·(exp(x/alpha) − 1) below (default alpha 1). */
export const celu: JaxActivation<typeof celuDefinition> = /* @__PURE__ */ from(celuDefinition);

/** x·σ(beta·x) (default beta 1), also called Swish. */
export const silu: JaxActivation<typeof siluDefinition> = /* @__PURE__ */ from(siluDefinition);

/** x·tanh(softplus(x)). */
export const mish: JaxActivation<typeof mishDefinition> = /* @__PURE__ */ from(mishDefinition);

/** log(1 + exp(beta·x))/beta, and x where beta·x is above threshold (defaults 1 and 20). */
export const softplus: JaxActivation<typeof softplusDefinition> = /* @__PURE__ */ from(softplusDefinition);

/** ½·(x + √(x² + b)) (default b 4). */
export const squareplus: JaxActivation<typeof squareplusDefinition> = /* @__PURE__ */ from(squareplusDefinition);

/** 1/(1 + exp(−x)). */
export const sigmoid: JaxActivation<typeof sigmoidDefinition> = /* @__PURE__ */ from(sigmoidDefinition);

/** log σ(x). */
export const logsigmoid: JaxActivation<typeof logsigmoidDefinition> = /* @__PURE__ */ from(logsigmoidDefinition);

/** The hyperbolic tangent. */
export const tanh: JaxActivation<typeof tanhDefinition> = /* @__PURE__ */ from(tanhDefinition);

/** x/(1 + |x|). */
export const softsign: JaxActivation<typeof softsignDefinition> = /* @__PURE__ */ from(softsignDefinition);

/** min(max(x + 3, 0), 6)/6. */
export const hardsigmoid: JaxActivation<typeof hardsigmoidDefinition> = /* @__PURE__ */ from(hardsigmoidDefinition);

/** x·min(max(x + 3, 0), 6)/6. */
export const hardswish: JaxActivation<typeof hardswishDefinition> = /* @__PURE__ */ from(hardswishDefinition);

/** min(max(x, minVal), maxVal) (defaults −1 and 1). */
export const hardtanh: JaxActivation<typeof hardtanhDefinition> = /* @__PURE__ */ from(hardtanhDefinition);

/** x·P(X ≤ x), X of a Laplace distribution. */
export const lalu: JaxActivation<typeof laluDefinition> = /* @__PURE__ */ from(laluDefinition);

/** x·P(X ≤ x), X of a Cauchy distribution. */
export const calu: JaxActivation<typeof caluDefinition> = /* @__PURE__ */ from(caluDefinition);

/** x. */
export const identity: JaxActivation<typeof identityDefinition> = /* @__PURE__ */ from(identityDefinition);
