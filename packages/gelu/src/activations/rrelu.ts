import { GeluRangeError } from '../shared/errors.js';
import { leakyFacts, leakyShape } from './formulas/leaky.js';
import { piecewise } from './formulas/piecewise.js';
import type { Activation } from './model/activation.js';
import { real } from './model/parameters.js';

interface Values {
  readonly [name: string]: number;
  readonly lower: number;
  readonly upper: number;
}

const slope = ({ lower, upper }: Values): number => lower / 2 + upper / 2;

/** x above 0, slope·x below; in training a layer draws each slope between lower and upper, else it is their mean. */
export const rrelu: Activation<Values> = {
  name: 'rrelu',
  layer: 'RReLU',
  aliases: [],
  formula: 'x if x > 0, else x·(lower + upper)/2',
  parameters: {
    lower: real(0.125, 'the least slope that is drawn'),
    upper: real(0.3333333333333333, 'the largest slope that is drawn'),
  },
  check({ lower, upper }) {
    if (!(lower <= upper)) throw new GeluRangeError('lower', `at most upper (${upper})`, String(lower));
  },
  evaluator: (p) => piecewise(leakyShape(slope(p))),
  shape: (p) => leakyShape(slope(p)),
  facts: (p) => leakyFacts(slope(p)),
  origin: {
    year: 2015,
    paper: {
      title: 'Empirical Evaluation of Rectified Activations in Convolutional Network',
      authors: 'Xu, Wang, Chen, Li',
      url: 'https://arxiv.org/abs/1505.00853',
    },
    usedBy: [],
  },
};
