import { interpolate as throughPoints } from '../../numerics/interpolate.js';
import type { SmoothFunction } from './smooth.js';

/** A polynomial that stands for a function on an interval, so that many rows cost few evaluations. */
export interface Interpolant {
  readonly centre: number;
  readonly half: number;
  /** Coefficients in t = (x − centre)/half. */
  readonly coefficients: Float64Array;
}

const TERMS = 12;
// Chebyshev's points on [−1, 1], almost: rounded, so that the tables do not depend on an engine's cosine.
const POINTS = /* @__PURE__ */ Float64Array.from(
  { length: TERMS },
  (_, j) => Math.round(Math.cos((Math.PI * (j + 0.5)) / TERMS) * 2 ** 20) / 2 ** 20,
);

/** Interpolates f between a and b by a polynomial of degree 11, in float64. */
export function interpolate(f: SmoothFunction, a: number, b: number): Interpolant {
  const centre = (a + b) / 2;
  const half = (b - a) / 2;
  const c = new Float64Array(TERMS);
  for (let j = 0; j < TERMS; j++) {
    c[j] = f.evaluate(centre + half * POINTS[j]);
  }
  throughPoints(POINTS, c);
  return { centre, half, coefficients: c };
}
