import type { Facts } from '../model/activation.js';
import type { PiecewiseShape } from '../model/shape.js';

/** x above 0, slope·x below; the derivative at 0 is the slope, as in PyTorch. */
export function leakyShape(slope: number): PiecewiseShape {
  return {
    kind: 'piecewise',
    breaks: [{ x: 0, side: 'left' }],
    pieces: [{ coefficients: [0, slope] }, { coefficients: [0, 1] }],
  };
}

/** The facts of a function that is x above 0 and slope·x below. */
export function leakyFacts(slope: number): Facts {
  const low = slope > 0 ? -Infinity : 0;
  return {
    range: { low, high: Infinity, attains: [slope <= 0, false] },
    zeros: [slope === 0 ? [-Infinity, 0] : [0, 0]],
    stationary: slope < 0 ? [0] : [],
    minimum: slope > 0 ? null : { x: 0, value: 0 },
    monotone: slope > 0 ? 'increasing' : slope === 0 ? 'non-decreasing' : 'not monotone',
    smoothness: slope === 1 ? Infinity : 0,
    kinks: slope === 1 ? [] : [0],
    convex: slope <= 1,
    lipschitz: Math.max(1, Math.abs(slope)),
    below: { value: slope > 0 ? -Infinity : slope === 0 ? 0 : Infinity, slope },
    above: { value: Infinity, slope: 1 },
  };
}
