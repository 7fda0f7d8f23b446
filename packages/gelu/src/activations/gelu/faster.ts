import type { Approximate } from './forms.js';

/** Faster ways to the bits that the definition gives with mean 0 and std 1, in float64. */
export interface Faster {
  /** The function (order 0) or its derivative, for loops. */
  scalar(approximate: Approximate, order: 0 | 1): (x: number) => number;
  /** out = the function or its derivative on x; `out` may be `x`. */
  forward(approximate: Approximate, order: 0 | 1, x: Float64Array, out: Float64Array): void;
  /** out = gradOutput · the derivative at x; `out` may be either. */
  backward(approximate: Approximate, gradOutput: Float64Array, x: Float64Array, out: Float64Array): void;
}

/** Where `gelu/float64` and `gelu/fast` put what they have. They are apart, since together they weigh half of the rest. */
export const faster: {
  float64?: Faster;
  /** Form and order fixed, to 2⁻⁴⁰ for arguments in the reach of float32; NaN where that is not to be had. */
  rough?: (approximate: Approximate, order: 0 | 1) => (x: number) => number;
} = {};
