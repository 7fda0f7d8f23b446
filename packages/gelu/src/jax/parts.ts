import { rootExponential } from './exponential.js';
import { MILLS_P, MILLS_Q, RECIPROCAL } from './polynomials.js';
import { polynomial, type Term } from './term.js';

/**
 * A form of GELU as max(x, 0) + g(t), t = |x|: jax differentiates the straight part; g is even and bounded.
 *
 * g and its derivatives have the factor e^(−v). It is applied as its square root z, twice, so that only the result is
 * rounded to a subnormal number. z and `other` are the two arrays that value and derivatives share.
 */
export interface Parts {
  /** Beyond this t g is 0 in float32, and so are its derivatives. */
  readonly limit: number;
  /** z = e^(−v(t)/2). */
  readonly root: (t: Term) => Term;
  readonly other: (t: Term, z: Term) => Term;
  /** g/z². */
  readonly value: (t: Term, other: Term) => Term;
  /** g'/z². */
  readonly slope: (t: Term, other: Term) => Term;
  /** d·½g"/z². */
  readonly bend: (d: Term, t: Term, other: Term, z: Term) => Term;
}

const INV_SQRT_2PI = 0.3989422804014327;

/**
 * The exact form: g = −t·Q(t), Q(t) = e^(−t²/2)·M(t), M the Mills ratio over √(2π).
 *
 * t² is taken apart into the exact square of t cut to a multiple of 1/128 and a small rest. M is a polynomial in
 * R = √(t² + 7) − t = 7/(t + √(t² + 7)), in which the whole half-line is a short interval, and t·R, which near 0 is much
 * less sensitive to the error of R. One step of Newton's heals the cancellation in R, without a division.
 */
export const NONE: Parts = {
  limit: 14.75,
  root: (t) => {
    const high = t.cut(1 / 128);
    return rootExponential([high.times(high).times(0.5)], t.minus(high).times(t.plus(high)).times(0.5));
  },
  other: (t) => {
    const root = t.times(t).plus(7).sqrt();
    const estimate = root.minus(t);
    const error = root.plus(t).times(estimate).from(7);
    const r = estimate.plus(estimate.times(error.times(1 / 7)));
    const h = t.times(r).plus(-1.5);
    return r.times(polynomial(h, MILLS_P).plus(r.times(polynomial(h, MILLS_Q))));
  },
  value: (t, mills) => t.times(mills).times(-1),
  slope: (t, mills) => t.times(INV_SQRT_2PI).minus(mills),
  bend: (d, t) =>
    d.times(INV_SQRT_2PI).minus(
      d
        .times(t)
        .times(t)
        .times(INV_SQRT_2PI / 2),
    ),
};

/** 1/d for d in [1, 2]: two steps of Newton's from a parabola. */
function reciprocal(d: Term): Term {
  let r = polynomial(d, RECIPROCAL);
  for (let step = 0; step < 2; step++) r = r.plus(r.times(d.times(r).from(1)));
  return r;
}

/** A gated form x·σ(v), v = x·(a + b·x²): g = −t·E·s, s = 1/(1 + E), E = e^(−v(t)). */
function gated(limit: number, [a, b]: readonly [number, number], root: (t: Term) => Term): Parts {
  const slopeOf = (square: Term) => square.times(3 * b).plus(a);
  return {
    limit,
    root,
    other: (_, z) => reciprocal(z.times(z).plus(1)),
    value: (t, s) => t.times(s).times(-1),
    slope: (t, s) =>
      t
        .times(slopeOf(t.times(t)))
        .times(s)
        .minus(1)
        .times(s),
    // ½s²·(2v' + t·v" − t·v'²·(1 − E)·s), v(t) the exponent.
    bend: (d, t, s, z) => {
      const square = t.times(t);
      const v1 = slopeOf(square);
      const last = z.times(z).from(1).times(s).times(t.times(v1)).times(v1);
      const half = square
        .times(6 * b)
        .plus(a)
        .minus(last.times(0.5));
      return d.times(half.times(s.times(s)));
    },
  };
}

/** x·σ(1.702x). */
export const SIGMOID: Parts = gated(66, [1.702, 0], (t) => {
  const high = t.cut(1 / 16);
  // 1.702 in two parts, the first a multiple of 2^-12.
  return rootExponential([high.times(1.701904296875)], high.times(9.5703125e-5).plus(t.minus(high).times(1.702)));
});

const A = 1.5957691216057308; // 2·√(2/π)
const B = 0.07135481627260025; // 2·√(2/π)·0.044715

/** ½x·(1 + tanh(√(2/π)·(x + 0.044715x³))). */
export const TANH: Parts = gated(11, [A, B], (t) => {
  const high = t.cut(1 / 128);
  const low = t.minus(high);
  // high³: its square to a multiple of 1/16, of which the product with high is exact, and that to one of ½.
  const square = high.times(high);
  const squareHigh = square.cut(1 / 16);
  const cube = squareHigh.times(high);
  const cubeHigh = cube.cut(1 / 2);
  // t³ − high³ = low·(t² + t·high + high²).
  const cubeRest = low.times(t.times(t.plus(high)).plus(square)).plus(square.minus(squareHigh).times(high));
  const cubeLow = cube.minus(cubeHigh).plus(cubeRest);
  // a and b in two parts, the first of few bits.
  const rest = cubeHigh
    .times(4.718616350248776e-6)
    .plus(cubeLow.times(B))
    .plus(low.times(A))
    .plus(high.times(6.599660573071176e-5));
  return rootExponential([cubeHigh.times(0.07135009765625), high.times(1.595703125)], rest);
});
