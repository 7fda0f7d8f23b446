import { calu as caluDefinition } from '../activations/calu.js';
import { celu as celuDefinition } from '../activations/celu.js';
import { elu as eluDefinition } from '../activations/elu.js';
import { hardsigmoid as hardsigmoidDefinition } from '../activations/hardsigmoid.js';
import { hardswish as hardswishDefinition } from '../activations/hardswish.js';
import { hardtanh as hardtanhDefinition } from '../activations/hardtanh.js';
import { identity as identityDefinition } from '../activations/identity.js';
import { lalu as laluDefinition } from '../activations/lalu.js';
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
import { softsign as softsignDefinition } from '../activations/softsign.js';
import { squareplus as squareplusDefinition } from '../activations/squareplus.js';
import { tanh as tanhDefinition } from '../activations/tanh.js';
import { type FunctionOf, functionOf } from './function-of.js';

// One of each for every activation of the registry but GELU and PReLU, which have their own files. All of them take what
// `gelu` takes, with the activation's parameters as options; `.derivative`, `.secondDerivative` and `.backward` beside it.
// float64: at most 1 ULP. float32: the float64 result rounded, unless a kernel says otherwise. No NaN for finite x.

/** max(x, 0). */
export const relu: FunctionOf<typeof reluDefinition> = functionOf(reluDefinition);

/** x above 0, negativeSlope·x below (default 0.01). */
export const leakyRelu: FunctionOf<typeof leakyReluDefinition> = functionOf(leakyReluDefinition);

/** min(max(x, 0), 6). */
export const relu6: FunctionOf<typeof relu6Definition> = functionOf(relu6Definition);

/** max(x, 0)². */
export const reluSquared: FunctionOf<typeof reluSquaredDefinition> = functionOf(reluSquaredDefinition);

/** x above 0, alpha·(exp(x) − 1) below (default alpha 1). */
export const elu: FunctionOf<typeof eluDefinition> = functionOf(eluDefinition);

/** scale·ELU with the two constants that make activations normalize themselves. */
export const selu: FunctionOf<typeof seluDefinition> = functionOf(seluDefinition);

/** x above 0, alpha·(exp(x/alpha) − 1) below (default alpha 1). */
export const celu: FunctionOf<typeof celuDefinition> = functionOf(celuDefinition);

/** x·σ(beta·x) (default beta 1), also called Swish. */
export const silu: FunctionOf<typeof siluDefinition> = functionOf(siluDefinition);

/** x·tanh(softplus(x)). */
export const mish: FunctionOf<typeof mishDefinition> = functionOf(mishDefinition);

/** log(1 + exp(beta·x))/beta, and x where beta·x is above threshold (defaults 1 and 20). */
export const softplus: FunctionOf<typeof softplusDefinition> = functionOf(softplusDefinition);

/** ½·(x + √(x² + b)) (default b 4). */
export const squareplus: FunctionOf<typeof squareplusDefinition> = functionOf(squareplusDefinition);

/** 1/(1 + exp(−x)). */
export const sigmoid: FunctionOf<typeof sigmoidDefinition> = functionOf(sigmoidDefinition);

/** log σ(x). */
export const logsigmoid: FunctionOf<typeof logsigmoidDefinition> = functionOf(logsigmoidDefinition);

/** The hyperbolic tangent. */
export const tanh: FunctionOf<typeof tanhDefinition> = functionOf(tanhDefinition);

/** x/(1 + |x|). */
export const softsign: FunctionOf<typeof softsignDefinition> = functionOf(softsignDefinition);

/** min(max(x + 3, 0), 6)/6. */
export const hardsigmoid: FunctionOf<typeof hardsigmoidDefinition> = functionOf(hardsigmoidDefinition);

/** x·min(max(x + 3, 0), 6)/6. */
export const hardswish: FunctionOf<typeof hardswishDefinition> = functionOf(hardswishDefinition);

/** min(max(x, minVal), maxVal) (defaults −1 and 1). */
export const hardtanh: FunctionOf<typeof hardtanhDefinition> = functionOf(hardtanhDefinition);

/** x·P(X ≤ x), X of a Laplace distribution. */
export const lalu: FunctionOf<typeof laluDefinition> = functionOf(laluDefinition);

/** x·P(X ≤ x), X of a Cauchy distribution. */
export const calu: FunctionOf<typeof caluDefinition> = functionOf(caluDefinition);

/** x. */
export const identity: FunctionOf<typeof identityDefinition> = functionOf(identityDefinition);
