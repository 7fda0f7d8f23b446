import { inlinedNormal } from '../../activations/gelu/inlined-normal.js';

/** A function of one variable, by its values at POINTS. */
export type Samples = readonly number[];

/**
 * Where functions are compared: on both sides of zero and of ±3, never at opposite points, so that no symmetry can deceive; at the end
 * far out, where gates are open or shut (but within float16).
 */
export const POINTS: Samples = [
  ...[-5.5, -3.6, -2.7, -1.9, -0.8, -0.3, 0.2, 0.7, 1.3, 2.1, 2.8, 3.3, 5.2],
  ...[-26, 24, -6e4, 5.9e4],
];

/** So many of them are near zero. */
export const NEAR = 13;

export const sampled = (f: (t: number) => number): Samples => POINTS.map(f);

/** Φ(t) in float64. */
export function phi(t: number): number {
  return t === 0 ? 0.5 : inlinedNormal(t, 0) / t;
}

/** Models ask for the same few values again and again. */
const known = new Map<number, number>();
const MOST_KNOWN = 1024;

export function erf(v: number): number {
  const before = known.get(v);
  if (before !== undefined) return before;
  const value = 2 * phi(v * Math.SQRT2) - 1;
  if (known.size === MOST_KNOWN) known.clear();
  known.set(v, value);
  return value;
}

export function sigmoid(v: number): number {
  return 1 / (1 + Math.exp(-v));
}

export function softplus(v: number): number {
  return Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
}
