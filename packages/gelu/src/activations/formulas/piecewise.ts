import { add, div, lo, mul } from '../../numerics/dd.js';
import { power, shiftOf } from '../../numerics/shift.js';
import type { Evaluate } from '../model/activation.js';
import type { Piece, PiecewiseShape } from '../model/shape.js';
import { deliver } from './result.js';

/** The derivative of a polynomial. Exact, since its degree is at most 2. */
export function derivative({ coefficients, divisor = 1 }: Piece): Piece {
  return { coefficients: coefficients.slice(1).map((c, i) => c * (i + 1)), divisor };
}

/** Which piece holds at x. At a break the value is the same on both sides, and the derivatives take one side's. */
export function pieceAt({ breaks }: PiecewiseShape, x: number): number {
  let i = 0;
  while (i < breaks.length && (x > breaks[i].x || (x === breaks[i].x && breaks[i].side === 'right'))) i++;
  return i;
}

/** A piece with what its evaluation needs: its lowest and highest power. */
interface Prepared {
  readonly c: readonly number[];
  readonly divisor: number;
  readonly low: number;
  readonly high: number;
  /** Whether it is 0 or x, which need no arithmetic. */
  readonly trivial: boolean;
}

function prepare({ coefficients: c, divisor = 1 }: Piece): Prepared {
  const powers = c.map((_, k) => k).filter((k) => c[k] !== 0);
  const low = powers[0] ?? 0;
  const high = powers.at(-1) ?? 0;
  const trivial = powers.length === 0 || (low === 1 && high === 1 && c[1] === 1 && divisor === 1);
  return { c, divisor, low, high, trivial };
}

/**
 * The polynomial at x, by Horner in double-doubles: exact but for the rounding, so also beside a zero. The power x^low is
 * taken out first, which keeps the sign of zero and, for tiny x, everything within range.
 */
function polynomial({ c, divisor, low, high, trivial }: Prepared, x: number): number {
  if (trivial) return deliver(low === 1 ? x : 0, 0, 0);
  if (Math.abs(x) === Infinity) return deliver(high === 0 ? c[0] / divisor : (c[high] / divisor) * x ** high, 0, 0);
  if (x === 0 && low > 0) return deliver(Math.sign(c[low]) * x ** low, 0, 0);
  // Large x: with x = x̂·2^s and degree n, cₖ·xᵏ = 2^(s·n)·(cₖ·2^(−s·(n − k)))·x̂ᵏ. Tiny x changes only x^low.
  const shift = shiftOf(x);
  const scaled = x * power(-shift);
  const inner = shift > 0 ? scaled : x;
  const coefficientShift = low === high ? shiftOf(c[low]) : 0;
  let h = c[high] * power(-coefficientShift);
  let l = 0;
  for (let k = high - 1; k >= low; k--) {
    h = mul(h, l, inner, 0);
    h = add(h, lo[0], c[k] * (shift > 0 ? power(-shift * (high - k)) : 1), 0);
    l = lo[0];
  }
  for (let k = 0; k < low; k++) {
    h = mul(h, l, scaled, 0);
    l = lo[0];
  }
  if (Number.isNaN(h)) return deliver(Math.sign(c[high]) * Math.sign(x) ** high * Infinity, 0, 0); // a product overflowed
  if (h === 0 && low % 2 === 1) return deliver(x < 0 ? -0 : 0, 0, 0); // at a root
  if (divisor !== 1) {
    h = div(h, l, divisor, 0);
    l = lo[0];
  }
  return deliver(h, l, coefficientShift + (shift > 0 ? shift * high : shift * low));
}

/** The function that `shape` describes. */
export function piecewise(shape: PiecewiseShape): Evaluate {
  const slopes = shape.pieces.map(derivative);
  const orders = [shape.pieces, slopes, slopes.map(derivative)].map((pieces) => pieces.map(prepare));
  return (order, x) => (Number.isNaN(x) ? deliver(x, 0, 0) : polynomial(orders[order][pieceAt(shape, x)], x));
}
