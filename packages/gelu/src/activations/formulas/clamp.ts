import type { Facts } from '../model/activation.js';
import type { PiecewiseShape } from '../model/shape.js';

/** (x + offset)/divisor between `from` and `to`, constant outside; the derivative at both ends is 0, as in PyTorch. */
/* @__NO_SIDE_EFFECTS__ */
export function clampShape(from: number, to: number, offset = 0, divisor = 1): PiecewiseShape {
  return {
    kind: 'piecewise',
    breaks: [
      { x: from, side: 'left' },
      { x: to, side: 'right' },
    ],
    pieces: [
      { coefficients: [(from + offset) / divisor] },
      { coefficients: [offset, 1], divisor },
      { coefficients: [(to + offset) / divisor] },
    ],
  };
}

/** The facts of that function, whose least and largest value are `low` and `high`. */
export function clampFacts(from: number, to: number, low: number, high: number, slope = 1): Facts {
  return {
    range: { low, high, attains: [true, true] },
    zeros:
      low > 0 || high < 0
        ? []
        : [[low === 0 ? -Infinity : low < 0 && high === 0 ? to : 0, high === 0 ? Infinity : low === 0 ? from : 0]],
    stationary: [],
    minimum: { x: from, value: low },
    monotone: 'non-decreasing',
    smoothness: 0,
    kinks: [from, to],
    convex: false,
    lipschitz: slope,
    below: { value: low, slope: 0 },
    above: { value: high, slope: 0 },
  };
}
