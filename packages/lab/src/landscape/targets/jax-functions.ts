import type { numpy as np } from '@jax-js/jax';
import type { FunctionName } from '../functions.js';

type Jax = Pick<typeof import('@jax-js/jax'), 'nn' | 'numpy'>;

/** The activations of jax-js, and the others as its users write them. */
export function jaxFunctions({
  nn,
  numpy,
}: Jax): Partial<Record<FunctionName, readonly [string, (x: np.Array) => np.Array]>> {
  return {
    gelu: ['nn.gelu(x, {approximate: false})', (x) => nn.gelu(x, { approximate: false })],
    'gelu tanh': ['nn.gelu(x)', (x) => nn.gelu(x)],
    'gelu sigmoid': ['x·nn.sigmoid(1.702·x)', (x) => x.ref.mul(nn.sigmoid(x.mul(1.702)))],
    silu: ['nn.silu', (x) => nn.silu(x)],
    mish: ['nn.mish', (x) => nn.mish(x)],
    softplus: ['nn.softplus', (x) => nn.softplus(x)],
    softsign: ['nn.softSign', (x) => nn.softSign(x)],
    squareplus: ['nn.squareplus', (x) => nn.squareplus(x)],
    sigmoid: ['nn.sigmoid', (x) => nn.sigmoid(x)],
    logsigmoid: ['nn.logSigmoid', (x) => nn.logSigmoid(x)],
    tanh: ['numpy.tanh', (x) => numpy.tanh(x)],
    tanhshrink: ['x − numpy.tanh(x)', (x) => x.ref.sub(numpy.tanh(x))],
    exponential: ['numpy.exp', (x) => numpy.exp(x)],
    elu: ['nn.elu', (x) => nn.elu(x)],
    selu: ['nn.selu', (x) => nn.selu(x)],
    celu: ['nn.celu', (x) => nn.celu(x)],
    relu: ['nn.relu', (x) => nn.relu(x)],
    relu6: ['nn.relu6', (x) => nn.relu6(x)],
    reluSquared: ['numpy.square(nn.relu(x))', (x) => numpy.square(nn.relu(x))],
    leakyRelu: ['nn.leakyRelu(x)', (x) => nn.leakyRelu(x)],
    hardtanh: ['nn.hardTanh', (x) => nn.hardTanh(x)],
    hardsigmoid: ['nn.hardSigmoid', (x) => nn.hardSigmoid(x)],
    hardswish: ['nn.hardSwish', (x) => nn.hardSwish(x)],
    sparsePlus: ['nn.sparsePlus', (x) => nn.sparsePlus(x)],
    sparseSigmoid: ['nn.sparseSigmoid', (x) => nn.sparseSigmoid(x)],
  };
}
