import { add, lo, mul, twoProduct } from '../numerics/dd.js';
import { exp, exponent } from '../numerics/exp.js';
import { expm1 } from '../numerics/expm1.js';
import { rootBetween } from './formulas/bisect.js';
import { LOGISTIC_MAX } from './formulas/logistic.js';
import { piecewise } from './formulas/piecewise.js';
import { deliver, deliverProduct } from './formulas/result.js';
import type { Activation, Evaluate, Facts } from './model/activation.js';
import { between } from './model/parameters.js';
import { line } from './model/shape.js';

interface Values {
  readonly [name: string]: number;
  readonly alphaP: number;
  readonly alphaN: number;
  readonly beta: number;
  readonly eps: number;
}

const LEAST = 2 ** -300;
const MOST = 2 ** 300;

/**
 * alphaP·x² + beta·x above 0, alphaN·(exp(min(x, eps)) − 1 − x) + beta·x below, and its derivatives. Where the terms below
 * cancel, the quick pieces give way to the precise ones.
 */
function evaluator({ alphaP, alphaN, beta, eps }: Values): Evaluate {
  const positive = piecewise({ kind: 'piecewise', breaks: [], pieces: [{ coefficients: [0, beta, alphaP] }] });
  const rest = add(beta, 0, -alphaN, 0); // the slope at −∞
  const restLow = lo[0];
  return function evaluate(order, x, precise = false): number {
    if (x === -Infinity)
      return deliver(order === 0 ? (rest === 0 ? -alphaN : -rest * Infinity) : order === 1 ? rest : 0, 0, 0);
    if (!(x <= 0)) return positive(order, x, precise);
    if (x === 0 && order === 0 && eps === 0) return deliver(x, 0, 0);
    const bent = x <= eps;
    if (order === 2) {
      if (!bent || x < -LOGISTIC_MAX) return deliver(0, 0, 0);
      const h = exp(x, 0, precise);
      const e = exponent[0];
      return deliver(mul(h, lo[0], alphaN, 0), lo[0], e);
    }
    const flat = bent && x < -LOGISTIC_MAX;
    let h = flat ? -1 : expm1(bent ? x : eps, 0, precise);
    const low = flat ? 0 : lo[0];
    if (order === 1) {
      if (!bent) return deliver(rest, restLow, 0);
      h = mul(h, low, alphaN, 0);
      const y = add(h, lo[0], beta, 0);
      if (!precise && Math.abs(y) < beta / 16) return evaluate(order, x, true);
      return deliver(y, lo[0], 0);
    }
    if (x < -(2 ** 400)) return rest === 0 ? deliver(-alphaN, 0, 0) : deliverProduct(rest, restLow, 0, x);
    // alphaN·expm1 + (beta − alphaN)·x; where x is tiny the sum is beta·x.
    if (x > -(2 ** -200) && eps === 0) return deliverProduct(beta, 0, 0, x);
    const ah = mul(h, low, alphaN, 0);
    const al = lo[0];
    let bh = mul(rest, restLow, x, 0);
    if (rest === 0) bh = twoProduct(0, x);
    const y = add(ah, al, bh, lo[0]);
    if (!precise && Math.abs(y) < Math.abs(ah) / 16) return evaluate(order, x, true);
    return y === 0 ? deliver(-0, 0, 0) : deliver(y, lo[0], 0); // what underflows is below 0
  };
}

/** What there is below 0 if alphaN is above beta: a zero, and then a minimum, unless the curve ends before it, at eps. */
function valley(p: Values): { readonly zero: number; readonly minimum: number | undefined } | undefined {
  const { alphaN, beta, eps } = p;
  if (!(alphaN > beta)) return undefined;
  const f = evaluator(p);
  const far = -2 - (2 * alphaN) / (alphaN - beta);
  const minimum = f(1, eps) > 0 ? rootBetween((x) => f(1, x), far, eps) : undefined;
  return { zero: rootBetween((x) => f(0, x), far, minimum ?? 0), minimum };
}

function facts(p: Values): Facts {
  const { alphaP, alphaN, beta, eps } = p;
  const low = valley(p);
  const f = evaluator(p);
  const rest = beta - alphaN;
  const far = rest > 0 ? -Infinity : rest < 0 ? Infinity : -alphaN;
  const jumps = eps < 0;
  const stationary = low ? [...(low.minimum === undefined ? [] : [low.minimum]), ...(jumps ? [eps, 0] : [])] : [];
  const places = low?.minimum === undefined ? [0] : [low.minimum, 0];
  const [least] = [...places].sort((a, b) => f(0, a) - f(0, b));
  const minimum = low ? { x: least, value: f(0, least) } : null;
  return {
    range: { low: minimum ? minimum.value : Math.min(far, 0), high: Infinity, attains: [minimum !== null, false] },
    zeros: [...(low ? [[low.zero, low.zero] as const] : []), ...(jumps ? [] : [[0, 0] as const])],
    stationary: low && low.minimum === undefined && jumps ? [0] : stationary,
    minimum,
    monotone: low ? 'not monotone' : 'increasing',
    smoothness: jumps ? -1 : alphaN === 2 * alphaP ? 2 : 1,
    kinks: jumps ? [eps, 0] : [0],
    convex: !jumps,
    lipschitz: Infinity,
    below: { value: far, slope: rest },
    above: { value: Infinity, slope: Infinity },
  };
}

/** The integral of an ELU with two slopes: quadratic above 0, exponential, then a line below. */
export const xielu: Activation<Values> = {
  name: 'xielu',
  layer: 'XIELU',
  aliases: [
    { name: 'xielu', source: 'Hugging Face', parameters: { eps: -1e-6 } },
    { name: 'XIELUActivation', source: 'Hugging Face', parameters: { eps: -1e-6 } },
    { name: 'xielu', source: 'ggml', parameters: { eps: -1e-6 } },
  ],
  formula: 'alphaP·x² + beta·x if x > 0, else alphaN·(exp(min(x, eps)) − 1 − x) + beta·x',
  parameters: {
    alphaP: between(LEAST, MOST, 0.8, 'the curvature above 0, halved'),
    alphaN: between(LEAST, MOST, 0.8, 'the curvature below 0'),
    beta: between(LEAST, MOST, 0.5, 'the slope at 0'),
    eps: between(-0.125, 0, 0, 'exp(x) is exp(eps) above it; −1e-6 in Hugging Face'),
  },
  evaluator,
  shape: (p) => {
    const low = valley(p);
    return {
      kind: 'smooth',
      below: line(-p.alphaN, p.beta - p.alphaN),
      above: line(0, p.beta, p.alphaP),
      breaks: p.eps === 0 ? [0] : [p.eps, 0],
      zeros: [low ? [low.zero, 0] : [0], low?.minimum === undefined ? [] : [low.minimum]],
    };
  },
  facts,
  origin: {
    year: 2024,
    paper: {
      title: 'Deriving Activation Functions Using Integration',
      authors: 'Huang, Schlag',
      url: 'https://arxiv.org/abs/2411.13010',
    },
    usedBy: ['Apertus'],
  },
  notes: [
    'alphaP and alphaN are the numbers in the formula. Checkpoints of Hugging Face hold a and b with alphaP = softplus(a), alphaN = beta + softplus(b).',
    'With eps below 0, as Hugging Face has it for low precisions, the function jumps at 0 by alphaN·(exp(eps) − 1).',
  ],
};
