import { atan, atanDefect, pi } from '../numerics/atan.js';
import { add, div, lo, mul, twoSum } from '../numerics/dd.js';
import { floatBelow } from '../numerics/float32.js';
import { down, power, shiftOf } from '../numerics/shift.js';
import { exponentOf } from '../numerics/ulp.js';
import { rootBetween } from './formulas/bisect.js';
import { deliver, deliverProduct } from './formulas/result.js';
import { checkRatio, commonPower, roughly, standard, standardize, ZH, ZL } from './formulas/standardize.js';
import type { Activation, Evaluate, Facts } from './model/activation.js';
import type { Order } from './model/order.js';
import { positive, real } from './model/parameters.js';
import { line } from './model/shape.js';

interface Values {
  readonly [name: string]: number;
  readonly location: number;
  readonly scale: number;
}

const FAR = 2 ** 64; // where 1 + z² is z², and arctan(1/z) is 1/z, for double-doubles

/**
 * x·F(z), z = (x − location)/scale, F(z) = ½ + arctan(z)/π, and its derivatives F + w·p and 2·(1 − m·z)/(π·scale·(1 + z²)²)
 * with w = x/scale = z + m, m = location/scale, p = 1/(π·(1 + z²)).
 *
 * Beyond |z| = 1 all is written in q = 1/|z|: F is arctan(q)/π below and 1 − arctan(q)/π above, and of F + z·p, which
 * falls like q³, the leading terms cancel: it is (arctan q − q/(1 + q²))/π = (q³/(1 + q²) − (q − arctan q))/π.
 */
function evaluator({ location, scale }: Values): Evaluate {
  const scaleShift = shiftOf(scale);
  const scaled = scale * power(-scaleShift);
  return function evaluate(order, x, precise = false): number {
    const rough = roughly(x, location, scale);
    if (Number.isNaN(rough)) return deliver(Number.NaN, 0, 0);
    if (x === 0 && order === 0) return deliver(x, 0, 0);
    if (!(Math.abs(rough) <= FAR)) return far(order, x, { location, scale });
    const [pih, pil] = pi();
    standardize(x, location, scale);
    const zh = standard[ZH];
    const zl = standard[ZL];
    const negative = zh < 0;
    // m·z, needed by order 2, and m by order 1
    const up = commonPower(0, location, scale);
    let h = div(location * up, 0, scale * up, 0);
    const mh = location === 0 ? 0 : h;
    const ml = location === 0 ? 0 : lo[0];
    const th = negative ? -zh : zh;
    const tl = negative ? -zl : zl;
    // One of |z| and q is at most 1: c² is its square, D = 1 + c².
    const outer = th > 1;
    let ch = th;
    let cl = tl;
    if (outer) {
      ch = div(1, 0, th, tl);
      cl = lo[0];
    }
    const c2h = mul(ch, cl, ch, cl);
    const c2l = lo[0];
    const dh = add(1, 0, c2h, c2l);
    const dl = lo[0];
    if (order === 2) {
      h = mul(mh, ml, zh, zl);
      h = add(1, 0, -h, -lo[0]);
      h = mul(h, lo[0], 2, 0);
      if (outer) {
        h = mul(h, lo[0], c2h, c2l);
        h = mul(h, lo[0], c2h, c2l);
      }
      h = div(h, lo[0], dh, dl);
      h = div(h, lo[0], dh, dl);
      h = div(h, lo[0], pih, pil);
      h = div(h, lo[0], scaled, 0);
      return deliver(h, lo[0], -scaleShift);
    }
    if (order === 0) {
      h = atan(ch, cl, precise);
      h = div(h, lo[0], pih, pil);
      if (!outer) h = add(0.5, 0, negative ? -h : h, negative ? -lo[0] : lo[0]);
      else if (!negative) h = add(1, 0, -h, -lo[0]);
      return deliverProduct(h, lo[0], 0, x);
    }
    // π·(F + z·p) inside: π/2 ± (arctan c + c/D); outside: π·[z > 0] ∓ (c³/D − (c − arctan c)).
    let sum: number;
    if (outer) {
      h = mul(c2h, c2l, ch, cl);
      sum = div(h, lo[0], dh, dl);
      const sumLow = lo[0];
      h = atanDefect(ch, cl, precise);
      sum = add(sum, sumLow, -h, -lo[0]);
      if (!negative) sum = add(pih, pil, -sum, -lo[0]);
    } else {
      h = atan(ch, cl, precise);
      const al = lo[0];
      sum = div(ch, cl, dh, dl);
      sum = add(h, al, sum, lo[0]);
      sum = add(pih / 2, pil / 2, negative ? -sum : sum, negative ? -lo[0] : lo[0]);
    }
    const sumLow = lo[0];
    // π·m·p
    h = div(mh, ml, dh, dl);
    if (outer) h = mul(h, lo[0], c2h, c2l);
    const y = add(sum, sumLow, h, lo[0]);
    if (!precise && Math.abs(y) < Math.max(Math.abs(h), Math.abs(sum)) / 16) return evaluate(order, x, true);
    h = div(y, lo[0], pih, pil);
    return deliver(h, lo[0], 0);
  };
}

/**
 * The same for |z| above FAR, from q = 1/|z| = scale/|x − location| and r = location/|x − location|, each with an
 * exponent of its own: −(scale/π)·x/(x − location), q·(⅔q² + r)/π and 2q²·(q² + r)/(π·scale) below; x − (scale/π)·(…),
 * 1 + q·r/π and 2q²·(q² − r)/(π·scale) above.
 */
function far(order: Order, x: number, { location, scale }: Values): number {
  if (Math.abs(x) === Infinity)
    return deliver(order === 0 ? (x > 0 ? x : -scale / pi()[0]) : order === 1 && x > 0 ? 1 : 0, 0, 0);
  const [pih, pil] = pi();
  const distance = twoSum(x / 2, -location / 2);
  const size = exponentOf(distance) + 1;
  const dh = Math.abs(down(distance, size)) * 2; // |x − location| is (dh + dl)·2^size
  const dl = down(distance < 0 ? -lo[0] : lo[0], size) * 2;
  const above = distance > 0;
  const es = exponentOf(scale);
  const mantissa = down(scale, es);
  if (order === 0) {
    const ex = exponentOf(x);
    let h = div(down(x, ex), 0, dh, dl);
    h = mul(h, lo[0], mantissa, 0);
    h = div(h, lo[0], pih, pil);
    const e = ex + es - size;
    // Above, what is taken from x is less than half a unit in its last place.
    return above ? deliver(x, down(-h, -e), 0) : deliver(h, lo[0], e);
  }
  const qh = div(mantissa, 0, dh, dl);
  const ql = lo[0];
  const qe = es - size;
  const er = location === 0 ? 0 : exponentOf(location);
  const rh = div(down(location, er), 0, dh, dl);
  const rl = lo[0];
  const re = er - size;
  if (order === 1 && above) {
    const up = power(qe + re);
    let h = mul(qh, ql, rh, rl);
    h = div(h, lo[0], pih, pil);
    h = add(1, 0, h * up, lo[0] * up);
    return deliver(h, lo[0], 0);
  }
  // q² or ⅔q², plus or minus r, in units of 2^e
  const e = location === 0 ? 2 * qe : Math.max(2 * qe, re);
  let h = mul(qh, ql, qh, ql);
  if (order === 1) h = div(2 * h, 2 * lo[0], 3, 0);
  const squareUp = power(2 * qe - e);
  const sign = location === 0 ? 0 : above ? -power(re - e) : power(re - e);
  h = add(h * squareUp, lo[0] * squareUp, sign * rh, sign * rl);
  h = mul(h, lo[0], qh, ql);
  if (order === 1) {
    h = div(h, lo[0], pih, pil);
    return deliver(h, lo[0], e + qe);
  }
  h = mul(h, lo[0], qh, ql);
  h = div(h, lo[0], pih, pil);
  h = div(2 * h, 2 * lo[0], mantissa, 0);
  return deliver(h, lo[0], e + 2 * qe - es);
}

/** Where the derivative crosses 0, which it does if the location is below 0. */
function minimum(p: Values): { x: number; value: number } | null {
  const { location, scale } = p;
  if (location >= 0) return null;
  const f = evaluator(p);
  // The second derivative changes its sign at z = scale/location.
  const start = Math.max(location + (scale / location) * scale, -Number.MAX_VALUE);
  if (!(f(1, start) < 0)) return null; // beyond all numbers
  const x = rootBetween((v) => f(1, v), start, 0);
  return { x, value: f(0, x) };
}

function facts(p: Values): Facts {
  const { location, scale } = p;
  const least = minimum(p);
  const steepest = location === 0 ? 1 : Math.abs(evaluator(p)(1, location + (scale / location) * scale));
  const low = -scale / Math.PI;
  return {
    range: { low: least ? least.value : low, high: Infinity, attains: [least !== null, false] },
    zeros: [[0, 0]],
    stationary: least ? [least.x] : [],
    minimum: least,
    monotone: least ? 'not monotone' : 'increasing',
    smoothness: Infinity,
    kinks: [],
    convex: location === 0,
    lipschitz: Math.max(1, steepest),
    below: { value: low, slope: 0 },
    above: { value: Infinity, slope: 1 },
  };
}

/** x·P(X ≤ x) for X from the Cauchy distribution: GELU's cousin with heavy tails, −scale/π at −∞. */
export const calu: Activation<Values> = {
  name: 'calu',
  layer: 'CaLU',
  aliases: [],
  formula: 'x·(½ + arctan((x − location)/scale)/π)',
  parameters: {
    location: real(0, 'the centre of the Cauchy distribution'),
    scale: positive(1, 'its scale'),
  },
  check: checkRatio,
  evaluator,
  shape: (p) => {
    const least = minimum(p);
    const intercept = -p.scale / Math.PI;
    return {
      kind: 'algebraic',
      below: line(intercept, 0),
      above: line(intercept, 1),
      breaks: [],
      // It may rise from one float32 to the next there.
      centre: floatBelow(p.location),
      zeros: [[0], least ? [least.x] : []],
    };
  },
  facts,
  origin: {
    year: 2016,
    paper: {
      title: 'Gaussian Error Linear Units (GELUs)',
      authors: 'Hendrycks, Gimpel',
      url: 'https://arxiv.org/abs/1606.08415',
    },
    usedBy: [],
  },
  notes: ['The paper’s x·P(X ≤ x) with another distribution; the names LaLU and CaLU come from surveys.'],
};
