import { numpy as np } from '@jax-js/jax';
import type { Break, Piece, PiecewiseShape } from '../activations/shape.js';

/** A function made of polynomials, in operations that jax-js joins with what is before and after them. */
export function pieces({ pieces, breaks }: PiecewiseShape): (x: np.Array) => np.Array {
  return (x) => {
    let y = polynomial(pieces[0], x.ref, undefined, breaks[0]);
    breaks.forEach((at, i) => {
      y = join(x.ref, at, y, polynomial(pieces[i + 1], x.ref, at, breaks[i + 1]));
    });
    x.dispose();
    return y as np.Array;
  };
}

type Value = np.Array | number;

/** One value up to a break, the other after it; NaN, with which all comparisons are false, must not become a constant. */
function join(x: np.Array, { x: at, side }: Break, left: Value, right: Value): np.Array {
  if (typeof left !== 'number') return np.where(side === 'left' ? x.greater(at) : x.greaterEqual(at), right, left);
  return np.where(side === 'left' ? x.lessEqual(at) : x.less(at), left, right);
}

/** A polynomial between two breaks, at x. Its square is kept from being ∞ elsewhere, where 0·∞ would be a derivative. */
function polynomial({ coefficients, divisor = 1 }: Piece, x: np.Array, from?: Break, to?: Break): Value {
  const [c0 = 0, c1 = 0, c2 = 0] = coefficients;
  if (c1 === 0 && c2 === 0) {
    x.dispose();
    return c0 / divisor;
  }
  let t = x;
  if (c2 !== 0 && from) t = np.maximum(t, from.x);
  if (c2 !== 0 && to) t = np.minimum(t, to.x);
  let y = c2 === 0 ? t.mul(c1) : t.ref.mul(t.mul(c2).add(c1));
  if (c0 !== 0) y = y.add(c0);
  return divisor === 1 ? y : y.mul(1 / divisor);
}
