import type { Approximate } from './approximate.js';

interface ArrayKernel {
  forward(x: Float64Array, out: Float64Array): void;
  backward(gradOutput: Float64Array, x: Float64Array, out: Float64Array): void;
}

/** Faster ways to the bits that the definition gives with mean 0 and std 1, in float64. */
export interface Faster {
  /** The function (order 0) or its derivative, for loops; also leaves in `unrounded` what `evaluate` does. */
  scalar(approximate: Approximate, order: 0 | 1): (x: number) => number;
  /** The function (order 0) or its derivative on arrays; `out` may be an input. */
  kernel(approximate: Approximate, order: 0 | 1): ArrayKernel;
}

/** Where `gelu/float64` and `gelu/fast` put what they have. They are apart, since together they weigh half of the rest. */
export const faster: {
  float64?: Faster;
  /** Form and order fixed, to 2⁻⁴⁰ for arguments in the reach of float32; NaN where that is not to be had. */
  rough?: (approximate: Approximate, order: 0 | 1) => (x: number) => number;
} = {};
