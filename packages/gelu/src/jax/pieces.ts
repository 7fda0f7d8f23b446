import type { Break, Piece, PiecewiseShape } from '../activations/model/shape.js';
import { infinity, sizeOf } from './bits.js';
import { constant } from './constant.js';
import { type Device, lax, np } from './peer.js';

/**
 * A function made of polynomials, in operations that jax-js joins with what is before and after them, on a device. Derivatives at NaN
 * are NaN.
 */
export function pieces(shape: PiecewiseShape, device: Device): (x: np.Array) => np.Array {
  const f = polynomials(shape);
  return (x) => {
    const none = nanIn(x.ref, device);
    const odd = np.where(none.ref, x.ref, 0);
    const cube = odd.ref.mul(odd.ref).mul(odd); // of which two derivatives are NaN
    return np.where(none, cube, f(x));
  };
}

/** What GPUs make of comparisons with NaN cannot be relied on; on processors bits are slower. */
function nanIn(x: np.Array, device: Device): np.Array {
  return device === 'webgpu' || device === 'webgl' ? sizeOf(x).greater(infinity()) : x.ref.notEqual(x);
}

function polynomials({ pieces, breaks: given }: PiecewiseShape): (x: np.Array) => np.Array {
  const breaks = given.map(inFloat32);
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

/** What a break is rounded to lies on one side of it. */
function inFloat32({ x, side }: Break): Break {
  const rounded = Math.fround(x);
  return { x, side: rounded < x ? 'left' : rounded > x ? 'right' : side };
}

const isConstant = ({ coefficients: [c0 = 0, ...rest], divisor = 1 }: Piece, value: number): boolean =>
  c0 / divisor === value && rest.every((c) => c === 0);

const isX = ({ coefficients: [c0, c1, c2 = 0], divisor = 1 }: Piece): boolean =>
  c0 === 0 && c1 === 1 && c2 === 0 && divisor === 1;

// Where both are equal jax-js takes the derivative of the first. Half the cost of a comparison and a choice.
const larger = (x: np.Array, { x: at, side }: Break): np.Array =>
  side === 'left' ? np.maximum(constant(at, x), x) : np.maximum(x, constant(at, x));
const smaller = (x: np.Array, { x: at, side }: Break): np.Array =>
  side === 'left' ? np.minimum(x, constant(at, x)) : np.minimum(constant(at, x), x);

type Value = np.Array | number;

/** One value up to a break, the other after it; NaN, with which all comparisons are false, must not become a constant. */
function join(x: np.Array, { x: at, side }: Break, left: Value, right: Value): np.Array {
  const edge = constant(at, x);
  const [a, b] = [left, right].map((value) => (typeof value === 'number' ? constant(value, x) : value));
  if (typeof left !== 'number') return np.where(side === 'left' ? x.greater(edge) : x.greaterEqual(edge), b, a);
  return np.where(side === 'left' ? x.lessEqual(edge) : x.less(edge), a, b);
}

/** A polynomial between two breaks, at x. */
function polynomial({ coefficients, divisor = 1 }: Piece, x: np.Array, from?: Break, to?: Break): Value {
  const [c0 = 0, c1 = 0, c2 = 0] = coefficients;
  if (c1 === 0 && c2 === 0) {
    x.dispose();
    return c0 / divisor;
  }
  if (c2 !== 0) return quadratic([c0, c1, c2], divisor, x, from?.x ?? -Infinity, to?.x ?? Infinity);
  return divided(plus(times(x, c1), c0), divisor);
}

/**
 * x is kept between the breaks, or elsewhere 0·∞ would be a derivative. With a constant t and d = x − t = 0 it is
 * p(t) + d·p'(t) + c₂·d²: the product rule would round twice, which shows beside the zero of p'.
 */
function quadratic(c: readonly [number, number, number], divisor: number, x: np.Array, low: number, high: number) {
  const [c0, c1, c2] = c;
  const [least, most] = [constant(low, x), constant(high, x)];
  // By choices: jax-js multiplies by the derivative of `maximum`, which makes NaN of ∞ where that is 0.
  const above = low === -Infinity ? x : np.where(x.ref.greaterEqual(least), x, least);
  const inside = high === Infinity ? above : np.where(above.ref.lessEqual(most), above, most);
  if (c1 === 0 || high - low === Infinity) {
    const linear = plus(times(inside.ref, c2), c1);
    return divided(plus(linear.mul(inside), c0), divisor);
  }
  const t = lax.stopGradient(inside.ref);
  const d = inside.sub(t.ref);
  const slope = plus(times(t.ref, 2 * c2), c1);
  const value = plus(plus(times(t.ref, c2), c1).mul(t), c0);
  return divided(value.add(d.ref.mul(slope)).add(times(d.ref.mul(d), c2)), divisor);
}

const plus = (x: np.Array, c: number): np.Array => (c === 0 ? x : x.add(constant(c, x)));
const times = (x: np.Array, c: number): np.Array => x.mul(constant(c, x));
const divided = (x: np.Array, divisor: number): np.Array => (divisor === 1 ? x : times(x, 1 / divisor));
