import { type Exponential, exponential } from './exponential.js';
import { polynomial, type Term } from './term.js';

/** GELU as its straight part, which jax differentiates, and the rest g, an even, bounded function. */
export interface Parts {
  /** Beyond this |x| g is 0 in float32, and so are its derivatives. */
  readonly limit: number;
  /**
   * g(t) = gelu(t) − max(t, 0) for t ≥ 0 with its first derivative and half of its second, all three before their common
   * factor e^(−v), which is applied last so that subnormal results are rounded once.
   */
  readonly evaluate: (t: Term) => { g: Term; slope: Term; halfCurvature: Term; factor: Exponential };
}

const INV_SQRT_2PI = 0.3989422804014327;

// Q(t)·e^(t²/2)/r with r = 1/(t + √(t² + 7)), t in [0, 14.75], degree 8, relative error 2^-25.8 (Remez exchange in
// 200-bit arithmetic).
const MILLS = [
  0.7978871464729309, -0.0003028236678801477, 2.407921075820923, -0.3588108420372009, 15.679795265197754,
  -46.77391052246094, 128.43133544921875, -165.6629638671875, 118.61079406738281,
];

/**
 * The exact form: g = −t·Q(t), Q(t) = e^(−t²/2)·M(t), M the Mills ratio over √(2π).
 *
 * t² is taken apart into the exact square of t cut to a multiple of 1/128 and a small rest. M is a polynomial in
 * r = 1/(t + √(t² + 7)), in which the whole half-line is a short interval; r comes without a division from
 * (√(t² + 7) − t)/7 and one step of Newton's.
 */
export const NONE: Parts = {
  limit: 14.75,
  evaluate: (t) => {
    const high = t.cut(1 / 128);
    const low = t.minus(high);
    const factor = exponential([high.times(high).times(0.5)], low.times(t.plus(high)).times(0.5));
    const square = t.times(t);
    const root = square.plus(7).sqrt();
    const estimate = root.minus(t).times(1 / 7);
    const r = estimate.plus(estimate.times(root.plus(t).times(estimate).from(1)));
    const mills = polynomial(r, MILLS).times(r);
    return {
      g: t.times(mills).times(-1),
      slope: t.times(INV_SQRT_2PI).minus(mills),
      halfCurvature: square.times(-INV_SQRT_2PI / 2).plus(INV_SQRT_2PI),
      factor,
    };
  },
};

/** 1/d for d in [1, 2]: three steps of Newton's from the best straight line. */
function reciprocal(d: Term): Term {
  let r = d.times(-0.47058823529411764).plus(1.4117647058823528);
  for (let step = 0; step < 3; step++) r = r.times(d.times(r).from(2));
  return r;
}

/**
 * A gated form x·σ(v), v = x·(a + b·x²): g = −t·E/(1 + E), E = e^(−v(t)). `exponent` gives v(t) as exact parts and a rest.
 */
function gated(limit: number, a: number, b: number, exponent: (t: Term) => { parts: Term[]; rest: Term }): Parts {
  return {
    limit,
    evaluate: (t) => {
      const { parts, rest } = exponent(t);
      const factor = exponential(parts, rest);
      const e = factor.first.times(factor.last);
      const s = reciprocal(e.plus(1));
      const cubic = t.times(t).times(b);
      const v1 = cubic.times(3).plus(a);
      const w = t.times(v1);
      // s·r·(2v' + x·v'' + x·v'²·(r − s)) with r = 1/(1 + E), s = E·r, at x = −t.
      const bend = e.from(1).times(s).times(w).times(v1);
      return {
        g: t.times(s).times(-1),
        slope: w.times(s).minus(1).times(s),
        halfCurvature: cubic
          .times(12)
          .plus(2 * a)
          .minus(bend)
          .times(s.times(s).times(0.5)),
        factor,
      };
    },
  };
}

/** x·σ(1.702x). */
export const SIGMOID: Parts = gated(66, 1.702, 0, (t) => {
  const high = t.cut(1 / 16);
  const low = t.minus(high);
  // 1.702 in two parts, the first a multiple of 2^-12.
  return { parts: [high.times(1.701904296875)], rest: high.times(9.5703125e-5).plus(low.times(1.702)) };
});

const A = 1.5957691216057308; // 2·√(2/π)
const B = 0.07135481627260025; // 2·√(2/π)·0.044715

/** ½x·(1 + tanh(√(2/π)·(x + 0.044715x³))). */
export const TANH: Parts = gated(11, A, B, (t) => {
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
  return {
    parts: [cubeHigh.times(0.07135009765625), high.times(1.595703125)],
    rest: cubeHigh
      .times(4.718616350248776e-6)
      .plus(cubeLow.times(B))
      .plus(low.times(A))
      .plus(high.times(6.599660573071176e-5)),
  };
});
