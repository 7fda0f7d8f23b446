import { type Exponential, exponential, exponentialFacts, exponentialShape } from './formulas/exponential.js';
import type { Activation } from './model/activation.js';

// The constants of the paper to 31 digits, each as a float64 and what it leaves out; their product is not rounded.
export const SELU: Exponential = {
  scale: 1.0507009873554805,
  alpha: 1.6732632423543772,
  width: 1,
  scaleLow: 3.9874847667154144e-17,
  alphaLow: 1.0657222547717531e-16,
};

/** scale·ELU with the alpha and scale for which activations keep mean 0 and variance 1. */
export const selu: Activation = {
  name: 'selu',
  layer: 'SELU',
  aliases: [
    { name: 'selu', source: 'Keras' },
    { name: 'selu', source: 'TensorFlow' },
    { name: 'selu', source: 'JAX' },
    { name: 'Selu', source: 'ONNX' },
    { name: 'selu', source: 'timm' },
  ],
  formula: 'scale·x if x > 0, else scale·alpha·(exp(x) − 1); scale 1.0507…, alpha 1.6732…',
  parameters: {},
  evaluator: () => exponential(SELU),
  shape: () => exponentialShape(SELU),
  facts: () => exponentialFacts(SELU),
  origin: {
    year: 2017,
    paper: {
      title: 'Self-Normalizing Neural Networks',
      authors: 'Klambauer, Unterthiner, Mayr, Hochreiter',
      url: 'https://arxiv.org/abs/1706.02515',
    },
    usedBy: ['self-normalizing networks'],
  },
};
