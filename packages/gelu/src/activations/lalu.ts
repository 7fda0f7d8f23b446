import { add, div, lo, mul } from '../numerics/dd.js';
import { exp, exponent } from '../numerics/exp.js';
import { power, shiftOf } from '../numerics/shift.js';
import { rootBetween } from './formulas/bisect.js';
import { LOGISTIC_MAX } from './formulas/logistic.js';
import { deliver, deliverProduct, gateLimit } from './formulas/result.js';
import { checkRatio, roughly, standard, standardize, WH, WL, ZH, ZL } from './formulas/standardize.js';
import type { Activation, Evaluate } from './model/activation.js';
import { positive, real } from './model/parameters.js';
import { IDENTITY, ZERO } from './model/shape.js';

interface Values {
  readonly [name: string]: number;
  readonly location: number;
  readonly scale: number;
}

/**
 * x·F(z), z = (x − location)/scale, F the distribution function ½·e^z below 0 and 1 − ½·e^(−z) above, and its
 * derivatives F + w·p and (p/scale)·(2 − sgn(z)·w), w = x/scale, p = ½·e^(−|z|).
 */
function evaluator({ location, scale }: Values): Evaluate {
  const scaleShift = shiftOf(scale);
  const scaled = scale * power(-scaleShift);
  return function evaluate(order, x, precise = false): number {
    const rough = roughly(x, location, scale);
    if (x === 0 && order === 0) return deliver(x, 0, 0);
    if (!(Math.abs(rough) <= LOGISTIC_MAX)) return gateLimit(order, x, rough, (x / scale) * Math.sign(rough));
    standardize(x, location, scale);
    const zh = standard[ZH];
    const wh = standard[WH];
    const wl = standard[WL];
    const upper = zh > 0;
    const eh = exp(upper ? -zh : zh, upper ? -standard[ZL] : standard[ZL], precise) / 2;
    const el = lo[0] / 2;
    const e = exponent[0];
    const s = power(e);
    if (order === 0) {
      if (!upper) return deliverProduct(eh, el, e, x);
      const h = add(1, 0, -eh * s, -el * s);
      return deliverProduct(h, lo[0], 0, x);
    }
    if (order === 2) {
      let h = add(2, 0, upper ? -wh : wh, upper ? -wl : wl);
      h = mul(h, lo[0], eh, el);
      h = div(h, lo[0], scaled, 0);
      return deliver(h, lo[0], e - scaleShift);
    }
    if (!upper) {
      let h = add(1, 0, wh, wl);
      h = mul(h, lo[0], eh, el);
      return deliver(h, lo[0], e);
    }
    let h = add(wh, wl, -1, 0);
    h = mul(h, lo[0], eh * s, el * s);
    h = add(1, 0, h, lo[0]);
    if (!precise && Math.abs(h) < 1 / 16) return evaluate(order, x, true);
    return deliver(h, lo[0], 0);
  };
}

/** Where the derivative crosses 0; location ≥ −scale: at −scale, from z below 0. */
function minimum(p: Values): { x: number; value: number } {
  const f = evaluator(p);
  const { location, scale } = p;
  const x =
    location >= -scale
      ? -scale
      : rootBetween((v) => f(1, v), Math.min(location, -2 * scale), Math.max(location, 2 * scale));
  return { x, value: f(0, x) };
}

/** x·P(X ≤ x) for X from the Laplace distribution: GELU's cousin. */
export const lalu: Activation<Values> = {
  name: 'lalu',
  layer: 'LaLU',
  aliases: [],
  formula: 'x·½·exp(z) if z < 0, else x·(1 − ½·exp(−z)); z = (x − location)/scale',
  parameters: {
    location: real(0, 'the centre of the Laplace distribution'),
    scale: positive(1, 'its scale'),
  },
  check: checkRatio,
  evaluator,
  shape: (p) => ({
    kind: 'smooth',
    below: ZERO,
    above: IDENTITY,
    breaks: [p.location],
    zeros: [[0], [minimum(p).x]],
  }),
  facts: (p) => {
    const { location, scale } = p;
    const least = minimum(p);
    const f = evaluator(p);
    // |derivative| is largest where the second derivative changes its sign, or at +∞.
    const steep = [location, Math.min(location, -2 * scale), Math.max(location, 2 * scale)];
    return {
      range: { low: least.value, high: Infinity, attains: [true, false] },
      zeros: [[0, 0]],
      stationary: [least.x],
      minimum: least,
      monotone: 'not monotone',
      smoothness: location === 0 ? 2 : 1,
      kinks: [location],
      convex: false,
      lipschitz: Math.max(1, ...steep.map((x) => Math.abs(f(1, x)))),
      below: { value: 0, slope: 0 },
      above: { value: Infinity, slope: 1 },
    };
  },
  origin: {
    year: 2016,
    paper: {
      title: 'Gaussian Error Linear Units (GELUs)',
      authors: 'Hendrycks, Gimpel',
      url: 'https://arxiv.org/abs/1606.08415',
    },
    usedBy: [],
  },
  notes: [
    'The paper’s x·P(X ≤ x) with another distribution; the names LaLU and CaLU come from surveys.',
    "The 'laplace' of Hugging Face is another function: a normal distribution function, as an attention weight.",
  ],
};
