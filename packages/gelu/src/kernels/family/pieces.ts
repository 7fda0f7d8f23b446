import { derivative } from '../../activations/formulas/piecewise.js';
import type { Break, Piece, PiecewiseShape } from '../../activations/model/shape.js';
import { lo, twoProduct } from '../../numerics/dd.js';
import { float32Bits, floatBelow, floatOfRank, rankOf } from '../../numerics/float32.js';
import type { Program } from '../memory/program.js';
import { piecesModule } from '../wasm/modules.js';

/** The largest float32 that belongs to what lies left of a break. */
function lastOfLeft({ x, side }: Break): number {
  const below = floatBelow(x);
  return side === 'right' && below === x ? floatOfRank(rankOf(below) - 1) : below;
}

/** Pieces: 'constant', 'x' and other polynomials. */
function kindOf({ coefficients: [, c1 = 0, c2 = 0, ...rest], ...piece }: Piece): 'constant' | 'x' | 'polynomial' {
  if (c1 === 0 && c2 === 0 && rest.every((c) => c === 0)) return 'constant';
  return c1 === 1 && c2 === 0 && (piece.divisor ?? 1) === 1 ? 'x' : 'polynomial';
}

/**
 * Whether a multiplication by `factor` can stand for the division: with a relative error of at most 2⁻⁵⁴ it gives every
 * quotient that is a float32, or halfway between two, as it is.
 */
function dividesExactly(factor: number, divisor: number): boolean {
  const product = twoProduct(factor, divisor);
  return Math.abs(1 - product - lo[0]) <= 2 ** -54;
}

const ENTRIES = 19;

/** Whether the outer ones of three pieces are lines with c0 of opposite signs, the middle one about 0: one polynomial to the kernel. */
function isOdd([a, , b]: readonly Piece[], breaks: readonly Break[]): boolean {
  const [[a0 = 0, a1, ...rest], [b0 = 0, b1, ...more]] = [a.coefficients, b.coefficients];
  const isLine = rest.length + more.length === 0 && a1 === b1 && a.divisor === b.divisor;
  return isLine && a0 === -b0 && breaks[0].x < 0 && breaks[1].x > 0;
}

/**
 * The program for a function of at most three polynomials (order 0) or its derivative, as assembly/pieces.ts
 * describes it. Undefined if there are more, if two of them are neither constant nor x and no mirror images,
 * or for some divisors.
 */
export function piecesProgram(shape: PiecewiseShape, order: 0 | 1): Program | undefined {
  const pieces = order === 0 ? shape.pieces : shape.pieces.map(derivative);
  if (pieces.length > 3) return undefined;
  const kinds = pieces.map((piece) => {
    const kind = kindOf(piece);
    // A gradient is multiplied by constants and polynomials only.
    return kind === 'x' && (order === 1 || (piece.coefficients[0] ?? 0) !== 0) ? 'polynomial' : kind;
  });
  const polynomials = pieces.filter((_, i) => kinds[i] === 'polynomial');
  const factor = 1 / (polynomials[0]?.divisor ?? 1);
  const odd =
    pieces.length === 3 && polynomials.length === 2 && kinds[1] !== 'polynomial' && isOdd(pieces, shape.breaks);
  if (polynomials.length > (odd ? 2 : 1) || !dividesExactly(factor, polynomials[0]?.divisor ?? 1)) return undefined;

  const data = new Float64Array(2 * ENTRIES);
  const bits = new Int32Array(data.buffer);
  const wide = new BigInt64Array(data.buffer);
  const edges = shape.breaks.map(lastOfLeft);
  bits.fill(float32Bits(edges[0] ?? Number.NaN), 0, 4);
  bits.fill(float32Bits(edges[1] ?? Number.NaN), 4, 8);
  for (let i = 0; i < 3; i++) {
    const at = Math.min(i, pieces.length - 1);
    const value = kinds[at] === 'constant' ? (pieces[at].coefficients[0] ?? 0) / (pieces[at].divisor ?? 1) : 0;
    bits.fill(float32Bits(value), 8 + 4 * i, 12 + 4 * i);
    bits.fill(kinds[at] === 'x' ? -1 : 0, 20 + 4 * i, 24 + 4 * i);
    bits.fill(kinds[at] === 'polynomial' ? -1 : 0, 32 + 4 * i, 36 + 4 * i);
    data.fill(value, 30 + 2 * i, 32 + 2 * i);
  }
  // Each entry of three is xor-ed with the one before.
  for (const first of [8, 20, 32]) for (let i = first + 11; i >= first + 4; i--) bits[i] ^= bits[i - 4];
  for (let i = 35; i >= 32; i--) wide[i] ^= wide[i - 2];
  const polynomial = polynomials.at(-1);
  if (polynomial) {
    // −0 for what is missing, so that the sign of zero comes from what is there.
    for (let k = 0; k < 3; k++) data.fill(polynomial.coefficients[k] || -0, 22 + 2 * k, 24 + 2 * k);
    data.fill(factor, 28, 30);
    data.fill(odd ? -0 : 0, 36, 38);
  }
  return {
    module: piecesModule,
    forward: polynomial ? 'mixed' : 'simple',
    backward: polynomial ? 'mixedProduct' : 'simpleProduct',
    header: new Uint8Array(0),
    rows: data,
  };
}
