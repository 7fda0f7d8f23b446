import { type Exponential, exponential, exponentialFacts, exponentialShape } from './formulas/exponential.js';
import type { Activation } from './model/activation.js';
import { nonZero } from './model/parameters.js';

interface Values {
  readonly [name: string]: number;
  readonly alpha: number;
}

const form = ({ alpha }: Values): Exponential => ({ scale: 1, alpha, width: alpha });

/** x above 0, alpha·(exp(x/alpha) − 1) below: an ELU whose slope is continuous for every alpha. */
export const celu: Activation<Values> = {
  name: 'celu',
  layer: 'CELU',
  aliases: [
    { name: 'celu', source: 'Keras' },
    { name: 'celu', source: 'JAX' },
    { name: 'Celu', source: 'ONNX' },
    { name: 'celu', source: 'MLX' },
    { name: 'celu', source: 'timm' },
  ],
  formula: 'x if x > 0, else alpha·(exp(x/alpha) − 1)',
  parameters: { alpha: nonZero(1, 'minus the value at −∞; below 0 the function falls exponentially') },
  evaluator: (p) => exponential(form(p)),
  shape: (p) => exponentialShape(form(p)),
  facts: (p) => exponentialFacts(form(p)),
  origin: {
    year: 2017,
    paper: {
      title: 'Continuously Differentiable Exponential Linear Units',
      authors: 'Barron',
      url: 'https://arxiv.org/abs/1704.07483',
    },
    usedBy: [],
  },
};
