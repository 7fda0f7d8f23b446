import { type Exponential, exponential, exponentialFacts, exponentialShape } from './formulas/exponential.js';
import { leakyShape } from './formulas/leaky.js';
import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';
import { real } from './model/parameters.js';

interface Values {
  readonly [name: string]: number;
  readonly alpha: number;
}

const form = ({ alpha }: Values): Exponential => ({ scale: 1, alpha, width: 1 });

/** x above 0, alpha·(exp(x) − 1) below. */
export const elu: Activation<Values> = {
  name: 'elu',
  layer: 'ELU',
  aliases: [
    { name: 'elu', source: 'Keras' },
    { name: 'elu', source: 'TensorFlow' },
    { name: 'elu', source: 'JAX' },
    { name: 'Elu', source: 'ONNX' },
    { name: 'elu', source: 'MLX' },
    { name: 'elu', source: 'ggml' },
    { name: 'elu', source: 'timm' },
  ],
  formula: 'x if x > 0, else alpha·(exp(x) − 1)',
  parameters: { alpha: real(1, 'minus the value at −∞; 0 makes it ReLU') },
  evaluator: (p) => (p.alpha === 0 ? piecewise(leakyShape(0)) : exponential(form(p))),
  shape: (p) => (p.alpha === 0 ? leakyShape(0) : exponentialShape(form(p))),
  facts: (p) => exponentialFacts(form(p)),
  origin: {
    year: 2015,
    paper: {
      title: 'Fast and Accurate Deep Network Learning by Exponential Linear Units (ELUs)',
      authors: 'Clevert, Unterthiner, Hochreiter',
      url: 'https://arxiv.org/abs/1511.07289',
    },
    usedBy: ['graph attention networks', 'linear Transformers (kernel features)'],
  },
};
