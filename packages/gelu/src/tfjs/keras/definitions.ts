import { clampShape } from '../../activations/formulas/clamp.js';
import { piecewise } from '../../activations/formulas/piecewise.js';
import type { Activation } from '../../activations/model/activation.js';
import { extended, real } from '../../activations/model/parameters.js';
import type { PiecewiseShape } from '../../activations/model/shape.js';

// Functions of Keras that the registry has not, or has under another meaning.

const own = { layer: '', aliases: [] };

const HARD_SIGMOID = clampShape(-2.5, 2.5, 2.5, 5);

/** 0.2·x + 0.5 clamped to [0, 1]: hard_sigmoid of Keras before version 3 and of TensorFlow.js. */
export const hardSigmoid: Activation = {
  ...own,
  name: 'hardSigmoid',
  formula: 'min(max(x/5 + ½, 0), 1)',
  parameters: {},
  evaluator: () => piecewise(HARD_SIGMOID),
  shape: () => HARD_SIGMOID,
};

interface Relu {
  readonly [name: string]: number;
  readonly negativeSlope: number;
  readonly threshold: number;
  readonly maxValue: number;
}

function reluShape({ negativeSlope, threshold, maxValue }: Relu): PiecewiseShape {
  const below = { coefficients: [negativeSlope === 0 ? 0 : -negativeSlope * threshold, negativeSlope] };
  const flat = { coefficients: [maxValue] };
  // At the threshold it is x already; where the function does not jump there, the slope is the one below.
  const start = { x: Math.min(threshold, maxValue), side: threshold === 0 ? 'left' : 'right' } as const;
  if (threshold >= maxValue) return { kind: 'piecewise', breaks: [{ ...start, side: 'right' }], pieces: [below, flat] };
  const rise = { coefficients: [0, 1] };
  if (maxValue === Infinity) return { kind: 'piecewise', breaks: [start], pieces: [below, rise] };
  return { kind: 'piecewise', breaks: [start, { x: maxValue, side: 'right' }], pieces: [below, rise, flat] };
}

/** Keras's relu: maxValue from there on, x from the threshold on, negativeSlope·(x − threshold) below. */
export const kerasRelu: Activation<Relu> = {
  ...own,
  name: 'kerasRelu',
  formula: 'maxValue if x ≥ maxValue; x if x ≥ threshold; else negativeSlope·(x − threshold)',
  parameters: {
    negativeSlope: real(0, 'the slope below the threshold'),
    threshold: real(0, 'below it the other slope holds'),
    maxValue: extended(Infinity, 'the largest value'),
  },
  evaluator: (p) => piecewise(reluShape(p)),
  shape: reluShape,
};

const thresholdShape = (theta: number): PiecewiseShape => ({
  kind: 'piecewise',
  breaks: [{ x: theta, side: 'left' }],
  pieces: [{ coefficients: [0] }, { coefficients: [0, 1] }],
});

/** x above theta, else 0. */
export const thresholdedRelu: Activation<{ readonly theta: number }> = {
  ...own,
  name: 'thresholdedRelu',
  formula: 'x if x > theta, else 0',
  parameters: { theta: real(1, 'up to it the function is 0') },
  evaluator: ({ theta }) => piecewise(thresholdShape(theta)),
  shape: ({ theta }) => thresholdShape(theta),
};
