import { add, div, lo, mul, twoProduct } from '../numerics/dd.js';
import { exp, exponent } from '../numerics/exp.js';
import { INV_SQRT_2PI, INV_SQRT_2PI_LOW, MILLS_MAX, mills } from '../numerics/mills.js';
import { power, shiftOf } from '../numerics/shift.js';
import { deliver } from './formulas/result.js';
import { checkRatio, roughly, standard, standardize, ZH, ZL } from './formulas/standardize.js';
import type { Activation, Evaluate } from './model/activation.js';
import { positive, real } from './model/parameters.js';
import { line, ZERO } from './model/shape.js';

interface Values {
  readonly [name: string]: number;
  readonly mu: number;
  readonly sigma: number;
}

/** φ(70)/sigma² vanishes for every sigma. */
const FAR = 70;

/** Φ(z), z = (x − mu)/sigma, φ(z)/sigma and −z·φ(z)/sigma². */
function evaluator({ mu, sigma }: Values): Evaluate {
  const sigmaShift = shiftOf(sigma);
  const scaled = sigma * power(-sigmaShift);
  return (order, x, precise = false) => {
    const rough = roughly(x, mu, sigma);
    if (Number.isNaN(rough)) return deliver(rough, 0, 0);
    if (!(Math.abs(rough) <= (order === 0 ? MILLS_MAX : FAR)))
      return deliver(order === 0 ? (rough > 0 ? 1 : 0) : order === 2 && rough > 0 ? -0 : 0, 0, 0);
    standardize(x, mu, sigma);
    const zh = standard[ZH];
    const zl = standard[ZL];
    const negative = zh < 0;
    const th = Math.abs(zh);
    const tl = negative ? -zl : zl;
    const square = twoProduct(th, th);
    const eh = exp(-square / 2, -(lo[0] + 2 * th * tl) / 2, precise);
    const el = lo[0];
    const e = exponent[0];
    if (order > 0) {
      let h = mul(eh, el, INV_SQRT_2PI, INV_SQRT_2PI_LOW);
      if (order === 2) h = mul(h, lo[0], -zh, -zl);
      for (let k = 0; k < order; k++) h = div(h, lo[0], scaled, 0);
      if (h === 0) return deliver(order === 2 && x > mu ? -0 : 0, 0, 0); // z itself may be too small
      return deliver(h, lo[0], e - order * sigmaShift);
    }
    const m = mills(th, tl, precise);
    let h = mul(eh, el, m, lo[0]);
    if (negative) return deliver(h, lo[0], e);
    const s = power(e);
    h = add(1, 0, -h * s, -lo[0] * s);
    return deliver(h, lo[0], 0);
  };
}

/** The distribution function of a normal distribution: the attention of Mega, close to the square of a ReLU where it matters. */
export const laplace: Activation<Values> = {
  name: 'laplace',
  layer: 'Laplace',
  aliases: [
    { name: 'laplace', source: 'Hugging Face' },
    { name: 'LaplaceActivation', source: 'Hugging Face' },
  ],
  formula: 'Φ((x − mu)/sigma)',
  parameters: {
    // biome-ignore lint/suspicious/noApproximativeNumericConstant: Hugging Face has these six digits
    mu: real(0.707107, 'where it is ½; the paper’s is √½'),
    sigma: positive(0.282095, 'the standard deviation; the paper’s is 1/√(4π)'),
  },
  check: ({ mu, sigma }) => checkRatio({ location: mu, scale: sigma }, 'mu', 'sigma'),
  evaluator,
  shape: () => ({ kind: 'smooth', below: ZERO, above: line(1, 0), breaks: [], zeros: [[], []] }),
  facts: ({ mu, sigma }) => ({
    range: { low: 0, high: 1, attains: [false, false] },
    zeros: [],
    stationary: [],
    minimum: null,
    monotone: 'increasing',
    smoothness: Infinity,
    kinks: [],
    convex: false,
    lipschitz: Math.abs(evaluator({ mu, sigma })(1, mu)),
    below: { value: 0, slope: 0 },
    above: { value: 1, slope: 0 },
  }),
  origin: {
    year: 2022,
    paper: {
      title: 'Mega: Moving Average Equipped Gated Attention',
      authors: 'Ma et al.',
      url: 'https://arxiv.org/abs/2209.10655',
    },
    usedBy: ['Mega (attention)'],
  },
  notes: [
    'No Laplace distribution is in it: see LaLU for that. The default parameters are the six digits of Hugging Face.',
  ],
};
