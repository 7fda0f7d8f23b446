import { exp as expOf, exponent } from '../../numerics/exp.js';
import { expm1 as expm1Of } from '../../numerics/expm1.js';
import { log1p } from '../../numerics/log1p.js';
import { exponentOf } from '../../numerics/ulp.js';
import { chain, type Jet } from './jet.js';
import { LOGISTIC_MAX } from './logistic.js';
import { add, div, mul, near, negative, ONE, shifted, sqrt as sqrtOf, type Wide, wide } from './wide.js';

// Functions of jets, each accurate relative to itself wherever it is not 0.

/** t as the pair that the numerics take: |t| below 2¹⁰⁰⁰, and what is too small for them beside 1 is 0. */
function plain([high, low, e]: Wide): readonly [number, number] {
  const s = e < -600 ? 0 : 2 ** e;
  return [high * s, low * s];
}

const LN2: Wide = [Math.LN2, 2.3190468138462996e-17, 0];
/** Beyond, an exponential is 0 or ∞. */
const FAR = 1e15;

function expWide(t: Wide): Wide {
  const x = near(t);
  if (Math.abs(x) > FAR) return [x < 0 ? 0 : Infinity, 0, 0];
  if (Math.abs(x) <= LOGISTIC_MAX) {
    const [h, l] = plain(t);
    const y = expOf(h, l, true);
    return wide(y, exponent[0]);
  }
  const turns = Math.round(x / Math.LN2);
  const [h, l] = plain(add(t, negative(mul([turns, 0, 0], LN2))));
  const y = expOf(h, l, true);
  return wide(y, exponent[0] + turns);
}

function expm1Wide(t: Wide): Wide {
  const x = near(t);
  if (Math.abs(x) > 600) return add(expWide(t), negative(ONE));
  // t + t²/2, as near as 2⁻¹²⁰
  if (t[0] === 0) return t;
  if (exponentOf(t[0]) + t[2] < -60) return add(t, shifted(mul(t, t), -1));
  const [h, l] = plain(t);
  return wide(expm1Of(h, l, true));
}

const absolute = (t: Wide): Wide => (t[0] < 0 ? negative(t) : t);

/** e^t. */
export function exp(t: Jet): Jet {
  const y = expWide(t.value);
  return chain(t, [y, y, y]);
}

/** e^t − 1, accurate also near 0. */
export function expm1(t: Jet): Jet {
  const y = expWide(t.value);
  return chain(t, [expm1Wide(t.value), y, y]);
}

/** tanh t. */
export function tanh(t: Jet): Jet {
  const double = shifted(absolute(t.value), 1);
  const m = expm1Wide(negative(double)); // E − 1, E = e^(−2|t|)
  const size = div(negative(m), add(m, [2, 0, 0]));
  const y = t.value[0] < 0 ? negative(size) : size;
  const d = add(m, [2, 0, 0]); // 1 + E
  const slope = shifted(div(expWide(negative(double)), mul(d, d)), 2);
  return chain(t, [y, slope, shifted(negative(mul(y, slope)), 1)]);
}

/** σ(t) = 1/(1 + e^(−t)), and its derivatives. */
function sigmoidOf(t: Wide): readonly [Wide, Wide, Wide] {
  const e = expWide(negative(absolute(t)));
  const d = add(ONE, e);
  const y = t[0] < 0 ? div(e, d) : div(ONE, d);
  const slope = div(e, mul(d, d));
  const turn = div(expm1Wide(negative(absolute(t))), d); // −(1 − E)/(1 + E)
  return [y, slope, mul(slope, t[0] < 0 ? negative(turn) : turn)];
}

/** σ(t) = 1/(1 + e^(−t)). */
export const sigmoid = (t: Jet): Jet => chain(t, sigmoidOf(t.value));

/** log(1 + e^t). */
export function softplus(t: Jet): Jet {
  const [y, slope] = sigmoidOf(t.value);
  const e = expWide(negative(absolute(t.value)));
  // Below 2⁻⁴⁰⁰⁰ it is its argument.
  const rest = e[0] === 0 || e[2] < -4000 ? e : wide(log1p(e[0], e[1], e[2], true), exponent[0]);
  return chain(t, [t.value[0] > 0 ? add(t.value, rest) : rest, y, slope]);
}

/** √t. */
export function sqrt(t: Jet): Jet {
  const y = sqrtOf(t.value);
  const slope = shifted(div(ONE, y), -1);
  return chain(t, [y, slope, shifted(negative(div(slope, t.value)), -1)]);
}
