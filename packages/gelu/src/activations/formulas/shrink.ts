import type { Facts } from '../model/activation.js';
import type { PiecewiseShape } from '../model/shape.js';

/** x moved towards 0 by `by` where |x| is above `width`, 0 between; the derivative at both ends is 0, as in PyTorch. */
/* @__NO_SIDE_EFFECTS__ */
export function shrinkShape(width: number, by: number): PiecewiseShape {
  if (width <= 0) return { kind: 'piecewise', breaks: [], pieces: [{ coefficients: [0, 1] }] };
  return {
    kind: 'piecewise',
    breaks: [
      { x: -width, side: 'right' },
      { x: width, side: 'left' },
    ],
    pieces: [{ coefficients: [by, 1] }, { coefficients: [0] }, { coefficients: [-by, 1] }],
  };
}

/** Its facts. */
export function shrinkFacts(width: number, by: number): Facts {
  const cut = width > 0;
  return {
    range: { low: -Infinity, high: Infinity, attains: [false, false] },
    zeros: [cut ? [-width, width] : [0, 0]],
    stationary: [],
    minimum: null,
    monotone: cut ? 'non-decreasing' : 'increasing',
    smoothness: !cut ? Infinity : by === width ? 0 : -1,
    kinks: cut ? [-width, width] : [],
    convex: !cut,
    lipschitz: cut && by !== width ? Infinity : 1,
    below: { value: -Infinity, slope: 1 },
    above: { value: Infinity, slope: 1 },
  };
}
