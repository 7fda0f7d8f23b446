import type { Break, Piece, PiecewiseShape } from '../activations/model/shape.js';
import { lax, np } from './peer.js';

/** A function made of polynomials, in operations that jax-js joins with what is before and after them. */
export function pieces({ pieces, breaks }: PiecewiseShape): (x: np.Array) => np.Array {
  return (x) => {
    let y = polynomial(pieces[0], x.ref, undefined, breaks[0]);
    breaks.forEach((at, i) => {
      if (i === 0 && isConstant(pieces[0], at.x) && isX(pieces[1])) {
        y = larger(x.ref, at);
      } else if (typeof y !== 'number' && isX(pieces[i]) && isConstant(pieces[i + 1], at.x)) {
        y = smaller(y, at);
      } else {
        y = join(x.ref, at, y, polynomial(pieces[i + 1], x.ref, at, breaks[i + 1]));
      }
    });
    x.dispose();
    return y as np.Array;
  };
}

const isConstant = ({ coefficients: [c0 = 0, ...rest], divisor = 1 }: Piece, value: number): boolean =>
  c0 / divisor === value && rest.every((c) => c === 0);

const isX = ({ coefficients: [c0, c1, c2 = 0], divisor = 1 }: Piece): boolean =>
  c0 === 0 && c1 === 1 && c2 === 0 && divisor === 1;

// Where both are equal jax-js takes the derivative of the first. Half the cost of a comparison and a choice.
const larger = (x: np.Array, { x: at, side }: Break): np.Array =>
  side === 'left' ? np.maximum(at, x) : np.maximum(x, at);
const smaller = (x: np.Array, { x: at, side }: Break): np.Array =>
  side === 'left' ? np.minimum(x, at) : np.minimum(at, x);

type Value = np.Array | number;

/** One value up to a break, the other after it; NaN, with which all comparisons are false, must not become a constant. */
function join(x: np.Array, { x: at, side }: Break, left: Value, right: Value): np.Array {
  if (typeof left !== 'number') return np.where(side === 'left' ? x.greater(at) : x.greaterEqual(at), right, left);
  return np.where(side === 'left' ? x.lessEqual(at) : x.less(at), left, right);
}

/** A polynomial between two breaks, at x. */
function polynomial({ coefficients, divisor = 1 }: Piece, x: np.Array, from?: Break, to?: Break): Value {
  const [c0 = 0, c1 = 0, c2 = 0] = coefficients;
  if (c1 === 0 && c2 === 0) {
    x.dispose();
    return c0 / divisor;
  }
  if (c2 !== 0) return quadratic([c0, c1, c2], divisor, x, from?.x ?? -Infinity, to?.x ?? Infinity);
  return divided(plus(x.mul(c1), c0), divisor);
}

/**
 * x is kept between the breaks, or elsewhere 0·∞ would be a derivative. With a constant t and d = x − t = 0 it is
 * p(t) + d·p'(t) + c₂·d²: the product rule would round twice, which shows beside the zero of p'.
 */
function quadratic(c: readonly [number, number, number], divisor: number, x: np.Array, low: number, high: number) {
  const [c0, c1, c2] = c;
  const inside = np.clip(x, low, high);
  if (c1 === 0 || high - low === Infinity) {
    const linear = plus(inside.ref.mul(c2), c1);
    return divided(plus(linear.mul(inside), c0), divisor);
  }
  const t = lax.stopGradient(inside.ref);
  const d = inside.sub(t.ref);
  const slope = plus(t.ref.mul(2 * c2), c1);
  const value = plus(plus(t.ref.mul(c2), c1).mul(t), c0);
  return divided(value.add(d.ref.mul(slope)).add(d.ref.mul(d).mul(c2)), divisor);
}

const plus = (x: np.Array, c: number): np.Array => (c === 0 ? x : x.add(c));
const divided = (x: np.Array, divisor: number): np.Array => (divisor === 1 ? x : x.mul(1 / divisor));
