/** The polynomial (c₀ + c₁·x + c₂·x² …)/divisor. */
export interface Piece {
  /** c₀, c₁, …; at most three, none is NaN. */
  readonly coefficients: readonly number[];
  /** So that (x + 3)/6 is exact. Default 1. */
  readonly divisor?: number;
}

/** The end of a piece. There the derivatives are, by PyTorch's convention, those of the piece on this side. */
export interface Break {
  readonly x: number;
  readonly side: 'left' | 'right';
}

/** A function made of polynomials: pieces[i] lies between breaks[i − 1] and breaks[i]. */
export interface PiecewiseShape {
  readonly kind: 'piecewise';
  readonly breaks: readonly Break[];
  readonly pieces: readonly Piece[];
}

/**
 * The straight line intercept + slope·x, or the parabola with curvature·x². An infinite intercept with a slope of the same
 * sign stands for a function that grows beyond all numbers.
 */
export interface Line {
  readonly intercept: number;
  readonly slope: number;
  /** Default 0. */
  readonly curvature?: number;
}

/**
 * A function that is analytic between its `breaks` and approaches a line exponentially on each side, its derivative the
 * line's slope: food for a table kernel.
 */
export interface SmoothShape {
  readonly kind: 'smooth';
  /** What it approaches, or is, at −∞ and at +∞. */
  readonly below: Line;
  readonly above: Line;
  /** Where it or a derivative jumps; at a break it belongs to the left side. */
  readonly breaks: readonly number[];
  /** Where it crosses 0, and where its derivative does: tables expand there, for relative accuracy. */
  readonly zeros: readonly [readonly number[], readonly number[]];
  /** Outside this interval it is its lines to float32 precision; for activations that users define. */
  readonly domain?: readonly [number, number];
}

/** A function that approaches its ends only like 1/x, or slower than a table could follow. */
export interface AlgebraicShape {
  readonly kind: 'algebraic';
  readonly below: Line;
  readonly above: Line;
  readonly breaks: readonly number[];
  /** Where rows are densest; by default at the break, or where it bends most. */
  readonly centre?: number;
  readonly zeros: readonly [readonly number[], readonly number[]];
}

/** What a kernel needs to know of an activation. */
export type Shape = PiecewiseShape | SmoothShape | AlgebraicShape;

/** intercept + slope·x, + curvature·x² if there is one. */
export function line(intercept: number, slope: number, curvature = 0): Line {
  return curvature === 0 ? { intercept, slope } : { intercept, slope, curvature };
}

/** The line at x. */
export function valueOfLine({ intercept, slope, curvature = 0 }: Line, x: number): number {
  const rest = slope === 0 ? 0 : slope * x;
  return curvature === 0 ? intercept + rest : intercept + x * (slope + curvature * x);
}

/** Its derivative. */
export function slopeOfLine({ slope, curvature = 0 }: Line): Line {
  return line(slope, 2 * curvature);
}

/** The lines that most activations have: 0 below, x above. */
export const ZERO: Line = /* @__PURE__ */ line(0, 0);
export const IDENTITY: Line = /* @__PURE__ */ line(0, 1);
