import type { Order } from '../../activations/model/order.js';
import {
  type AlgebraicShape,
  type Line,
  line,
  type SmoothShape,
  slopeOfLine,
  valueOfLine,
} from '../../activations/model/shape.js';
import { floatOfRank } from '../../numerics/float32.js';

/** A function of one number in float64. */
export type Scalar = (x: number) => number;

/**
 * What stands for infinity where functions are fitted: no float32 is as large, nor a product with one, and differences of
 * such numbers are finite.
 */
const HUGE: number = 2 ** 700;

/** y with HUGE for the infinities and what is beyond it. */
export function limited(y: number): number {
  return Math.abs(y) > HUGE ? Math.sign(y) * HUGE : y;
}

/** A line that stands for unlimited growth: of numbers that float32 takes for infinite, and so has its derivative. */
function finite(l: Line, side: number): Line {
  const { intercept } = l;
  return Math.abs(intercept) === Infinity ? line(limited(intercept), Math.sign(intercept) * side * HUGE) : l;
}

/** The line of a derivative; of unlimited growth all derivatives grow likewise. */
function lineOf(l: Line, order: Order): Line {
  if (Math.abs(l.intercept) === Infinity) return line(order === 0 ? l.intercept : l.slope, 0);
  return order === 0 ? l : order === 1 ? slopeOfLine(l) : slopeOfLine(slopeOfLine(l));
}

/** Whether nothing built on f in float32 can tell f(x) = y from the line: within 2⁻³³, or too small to be seen. */
export function isLine(y: number, x: number, end: Line, least: number): boolean {
  if (Math.abs(end.intercept) === HUGE) return y === end.intercept;
  const expected = valueOfLine(end, x);
  if (expected === 0 && end.slope === 0) return Math.abs(y) < least;
  return Math.abs(y - expected) <= 2 ** -33 * Math.abs(expected);
}

/** What float32 cannot show; a derivative is still multiplied by gradients of up to 2¹²⁸. */
export const INVISIBLE: number = 2 ** -151;
export const INVISIBLE_FACTOR: number = 2 ** -279;

const LARGEST = 0x7f7fffff;
const STEP = 1 << 22; // half an octave

/** Where a function is not yet one of its lines, and these. */
export interface CurveEnds {
  readonly from: number;
  readonly to: number;
  readonly below: Line;
  readonly above: Line;
}

/** The ends of the curve of a function of that shape (order 0) or a derivative; ±Infinity if it never becomes a line. */
export function curveEnds(
  f: Scalar,
  shape: SmoothShape | AlgebraicShape,
  order: Order,
  least: number = order === 0 ? INVISIBLE : INVISIBLE_FACTOR,
): CurveEnds {
  const [below, above] = [shape.below, shape.above].map((l, i) => finite(lineOf(l, order), i === 0 ? -1 : 1));
  const from = endOfCurve(f, least, below, -1) ?? 0;
  const to = endOfCurve(f, least, above, 1) ?? 0;
  return { from: Math.min(from, to), to, below, above };
}

/** The last float32, seen from one side, at which f is not yet its line; undefined if f is the line everywhere. */
function endOfCurve(f: Scalar, least: number, end: Line, side: -1 | 1): number | undefined {
  const differs = (rank: number): boolean => {
    const x = side * floatOfRank(rank);
    return !isLine(f(x), x, end, least);
  };
  if (differs(LARGEST)) return side * Infinity;
  let far = LARGEST;
  let near = LARGEST + 1 - STEP;
  while (!differs(near)) {
    if (near <= -LARGEST) return undefined;
    far = near;
    near = Math.max(near - STEP, -LARGEST);
  }
  while (far - near > 1) {
    const middle = Math.floor((far + near) / 2);
    if (differs(middle)) near = middle;
    else far = middle;
  }
  return side * floatOfRank(near);
}
