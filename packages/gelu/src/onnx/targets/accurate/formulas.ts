import type { Approximate } from '../../../activations/gelu/approximate.js';
import type { Emitter } from '../../write/emitter.js';
import { markOf } from './mark.js';
import { MILLS_P, MILLS_Q } from './mills.js';

// GELU of standard operators (opset 9 and later) with small relative error in float32, the whole negative tail included.
//
// y is n for x < 0 and x + n else, with n = −|x|·Q(|x|), Q the upper tail: nothing cancels, zeros keep their sign and −∞
// gives −0. What an exponential is taken of must not be rounded when it is large: it is split into a part that is exact and
// a small rest, and the exponentials of the two are multiplied.

/** Adds the nodes for x in float32 and returns the result's name. */
export function accurate(e: Emitter, variant: Approximate, alpha: number, x: string, output?: string): string {
  const magnitude = e.op('Abs', [x]);
  const n =
    variant === 'none' ? exact(e, magnitude) : variant === 'tanh' ? tanh(e, magnitude) : sigmoid(e, magnitude, alpha);
  return e.op('Where', [e.op('Less', [x, 0]), n, e.op('Add', [x, n])], {
    output,
    doc: markOf(variant, alpha),
  });
}

/** −t·Q(t) = −t·M(t)·e^(−t²/2), M the Mills ratio over √(2π). t is cut to a multiple of 1/128, whose square is exact. */
function exact(e: Emitter, magnitude: string): string {
  const t = e.op('Min', [magnitude, 14.75]);
  const cut = e.op('Mul', [e.op('Floor', [e.op('Mul', [t, 128])]), 1 / 128]);
  const large = e.op('Exp', [e.op('Mul', [e.op('Mul', [cut, cut]), -0.5])]);
  const rest = e.op('Mul', [e.op('Sub', [t, cut]), e.op('Add', [t, cut])]);
  const small = e.op('Exp', [e.op('Mul', [rest, -0.5])]);
  const negative = MILLS_P.map((c) => -c);
  const mills = e.op('Div', [horner(e, t, negative), horner(e, t, MILLS_Q)]);
  return e.op('Mul', [e.op('Mul', [e.op('Mul', [mills, t]), small]), large]);
}

/** −t·σ(−αt). α has 12 bits in front, t cut to a multiple of 2^-k 11 bits: their product is exact. */
function sigmoid(e: Emitter, magnitude: string, alpha: number): string {
  // Beyond it t·E is below the least subnormal, the larger the t (of a small α) the later.
  const limit = (110 + Math.max(0, -Math.log(alpha))) / alpha;
  const step = 2 ** (Math.ceil(Math.log2(limit)) - 11);
  const front = bits(alpha, 12);
  const t = e.op('Min', [magnitude, limit]);
  const cut = e.op('Mul', [e.op('Floor', [e.op('Mul', [t, 1 / step])]), step]);
  const rest = e.op('Add', [e.op('Mul', [cut, front - alpha]), e.op('Mul', [e.op('Sub', [t, cut]), -alpha])]);
  return gate(e, t, e.op('Mul', [cut, front / -2]), rest);
}

const SLOPE = 2 * Math.sqrt(2 / Math.PI);
const CUBIC = SLOPE * 0.044715;
const SLOPE_FRONT = Math.round(SLOPE * 2 ** 13) / 2 ** 13;
const CUBIC_FRONT = 9 / 128;

/**
 * −t·σ(−v), v = at + bt³. With c = t rounded to a multiple of 1/8, v(t) = v(c) + (t − c)·(a + b·(t² + tc + c²)); v(c) is
 * exact with a cut to multiples of 2^-13 and b to 4 bits.
 */
function tanh(e: Emitter, magnitude: string): string {
  const t = e.op('Min', [magnitude, 11]);
  const c = e.op('Mul', [e.op('Floor', [e.op('Add', [e.op('Mul', [t, 8]), 0.5])]), 1 / 8]);
  const square = e.op('Mul', [c, c]);
  const cube = e.op('Mul', [square, c]);
  const half = e.op('Add', [e.op('Mul', [cube, CUBIC_FRONT / -2]), e.op('Mul', [c, SLOPE_FRONT / -2])]);
  const left = e.op('Add', [e.op('Mul', [cube, CUBIC_FRONT - CUBIC]), e.op('Mul', [c, SLOPE_FRONT - SLOPE])]);
  const mean = e.op('Add', [e.op('Mul', [t, e.op('Add', [t, c])]), square]);
  const slope = e.op('Add', [e.op('Mul', [mean, -CUBIC]), -SLOPE]);
  return gate(e, t, half, e.op('Add', [e.op('Mul', [e.op('Sub', [t, c]), slope]), left]));
}

/** −t·E/(1 + E), E = e^(2·half + rest). The root of the small factor comes twice: E itself may be subnormal before t·E is. */
function gate(e: Emitter, t: string, half: string, rest: string): string {
  const root = e.op('Exp', [half]);
  const scaled = e.op('Mul', [root, e.op('Exp', [rest])]);
  const below = e.op('Sub', [-1, e.op('Mul', [scaled, root])]);
  return e.op('Mul', [e.op('Mul', [e.op('Div', [t, below]), scaled]), root]);
}

function horner(e: Emitter, t: string, coefficients: readonly number[]): string {
  const [highest, ...others] = [...coefficients].reverse();
  return others.reduce<string | number>((sum, c) => e.op('Add', [e.op('Mul', [sum, t]), c]), highest) as string;
}

/** x rounded to so many significant bits. */
function bits(x: number, count: number): number {
  const unit = 2 ** (Math.floor(Math.log2(x)) + 1 - count);
  return Math.round(x / unit) * unit;
}
