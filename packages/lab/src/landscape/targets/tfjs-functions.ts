import type { Tensor } from '@tensorflow/tfjs-core';
import type { FunctionName } from '../functions.js';

type Core = typeof import('@tensorflow/tfjs-core');
type Layers = typeof import('@tensorflow/tfjs-layers');
type Unary = (x: Tensor) => Tensor;

/** The activations of TensorFlow.js: its operations, those that its layers know by name, and the others as its users write them. */
export function tfjsFunctions(tf: Core, { layers }: Layers): Partial<Record<FunctionName, readonly [string, Unary]>> {
  const named = (activation: string): readonly [string, Unary] => {
    const layer = layers.activation({ activation: activation as never });
    return [`tf.layers.activation({activation: '${activation}'})`, (x) => layer.apply(x) as Tensor];
  };
  const theta = layers.thresholdedReLU({ theta: 1 });
  return {
    gelu: named('gelu'),
    'gelu tanh': named('gelu_new'),
    'gelu sigmoid': ['x·tf.sigmoid(1.702·x)', (x) => tf.mul(x, tf.sigmoid(tf.mul(x, 1.702)))],
    silu: named('swish'),
    mish: named('mish'),
    softplus: ['tf.softplus', (x) => tf.softplus(x)],
    softsign: named('softsign'),
    sigmoid: ['tf.sigmoid', (x) => tf.sigmoid(x)],
    logsigmoid: ['tf.logSigmoid', (x) => tf.logSigmoid(x)],
    tanh: ['tf.tanh', (x) => tf.tanh(x)],
    tanhshrink: ['x − tf.tanh(x)', (x) => tf.sub(x, tf.tanh(x))],
    exponential: ['tf.exp', (x) => tf.exp(x)],
    elu: ['tf.elu', (x) => tf.elu(x)],
    selu: ['tf.selu', (x) => tf.selu(x)],
    celu: ['tf.relu(x) + tf.minimum(0, tf.expm1(x))', (x) => tf.add(tf.relu(x), tf.minimum(0, tf.expm1(x)))],
    relu: ['tf.relu', (x) => tf.relu(x)],
    relu6: ['tf.relu6', (x) => tf.relu6(x)],
    reluSquared: ['tf.square(tf.relu(x))', (x) => tf.square(tf.relu(x))],
    leakyRelu: ['tf.leakyRelu(x, 0.01)', (x) => tf.leakyRelu(x, 0.01)],
    prelu: ['tf.prelu(x, 0.25)', (x) => tf.prelu(x, tf.scalar(0.25))],
    hardtanh: ['tf.clipByValue(x, -1, 1)', (x) => tf.clipByValue(x, -1, 1)],
    hardsigmoid: named('hardSigmoid'),
    hardswish: ['x·tf.relu6(x + 3)/6', (x) => tf.div(tf.mul(x, tf.relu6(tf.add(x, 3))), 6)],
    threshold: ['tf.layers.thresholdedReLU({theta: 1})', (x) => theta.apply(x) as Tensor],
  };
}
