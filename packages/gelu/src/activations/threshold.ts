import { piecewise } from './formulas/piecewise.js';
import type { Activation, Facts } from './model/activation.js';
import { real } from './model/parameters.js';
import type { PiecewiseShape } from './model/shape.js';

interface Values {
  readonly [name: string]: number;
  readonly threshold: number;
  readonly value: number;
}

const shape = ({ threshold, value }: Values): PiecewiseShape => ({
  kind: 'piecewise',
  breaks: [{ x: threshold, side: 'left' }],
  pieces: [{ coefficients: [value] }, { coefficients: [0, 1] }],
});

function facts({ threshold, value }: Values): Facts {
  const rises = value <= threshold;
  const crossing: (readonly [number, number])[] = threshold < 0 ? [[0, 0]] : [];
  return {
    range: { low: rises ? value : threshold, high: Infinity, attains: [rises, false] },
    zeros: value === 0 ? [[-Infinity, threshold], ...crossing] : crossing,
    stationary: [],
    minimum: rises ? { x: threshold, value } : null,
    monotone: rises ? 'non-decreasing' : 'not monotone',
    smoothness: value === threshold ? 0 : -1,
    kinks: [threshold],
    convex: value === threshold,
    lipschitz: value === threshold ? 1 : Infinity,
    below: { value, slope: 0 },
    above: { value: Infinity, slope: 1 },
  };
}

/** x above the threshold, a constant up to it; the derivative at the threshold is 0, as in PyTorch. */
export const threshold: Activation<Values> = {
  name: 'threshold',
  layer: 'Threshold',
  aliases: [
    { name: 'threshold', source: 'Keras' },
    { name: 'ThresholdedReLU', source: 'Keras' },
    { name: 'ThresholdedRelu', source: 'ONNX' },
  ],
  formula: 'x if x > threshold, else value',
  parameters: { threshold: real(1, 'above it the function is x'), value: real(0, 'what it is up to there') },
  evaluator: (p) => piecewise(shape(p)),
  shape,
  facts,
  origin: {
    year: 2014,
    paper: {
      title: 'Zero-bias autoencoders and the benefits of co-adapting features',
      authors: 'Konda, Memisevic, Krueger',
      url: 'https://arxiv.org/abs/1402.3337',
    },
    usedBy: [],
  },
  notes: ["PyTorch and Keras have no defaults for it; these are those of ONNX's ThresholdedRelu."],
};
