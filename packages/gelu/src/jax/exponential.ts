import { EXPONENTIAL } from './polynomials.js';
import { polynomial, type Term } from './term.js';

// 2·ln 2 in two parts, the first a multiple of 2^-15: its products with integers below 2⁷ are exact.
const STEP_HIGH = 1.38629150390625;
const STEP_LOW = 2.857213641873957e-6;

// A constant factor would wander: jax-js takes x·(y·c) for (x·y)·c. Inside of a sum it stays.
const SCALE = 2 ** -80;
const SCALED = EXPONENTIAL.map((c) => c * SCALE);

/**
 * e^(−v/2), v = Σ parts + rest in [0, 113], in float32. The square root of e^(−v), because that is one array and no
 * subnormal number, where e^(−v) would be.
 *
 * jax-js computes sums, products and floors on vectors and cheaply; a maximum or a choice costs as much as six of them,
 * and exp, division and bit operations would make the whole kernel scalar.
 *
 * `parts` are multiples of 2^-18 of which the sum, minus a multiple of ln 2, is exact; they are subtracted in order.
 * `rest`, below 0.3, carries what they leave out. e^(−v/2) = 2^(−n)·e^(−w/2), w = v − n·2·ln 2 in [−0.7, 0.7].
 */
export function rootExponential(parts: readonly Term[], rest: Term): Term {
  const n = parts
    .reduce((sum, part) => sum.plus(part), rest)
    .times(Math.LOG2E / 2)
    .plus(0.5)
    .floor();
  let w = parts[0].minus(n.times(STEP_HIGH));
  for (const part of parts.slice(1)) w = w.plus(part);
  w = w.plus(rest.minus(n.times(STEP_LOW)));
  const e = w.times(polynomial(w, SCALED)).plus(SCALE);

  // 2^(−n) for n = 9a + b < 81.
  const a = n
    .times(1 / 9)
    .plus(0.05)
    .floor();
  const b = n.minus(a.times(9));
  return repeat(3, squared, powerOfTwo(a)).times(powerOfTwo(a)).times(powerOfTwo(b)).times(e);
}

/** 2^(8−k) for k = 0, 1, …, 8, and 0 for k = 9: a power of a straight line that is near enough to round to it. */
function powerOfTwo(k: Term): Term {
  return repeat(7, squared, k.times(-0.005621008109301329).plus(1.0442688465118408)).plus(0.5).floor();
}

const squared = (y: Term): Term => y.times(y);

function repeat(times: number, f: (y: Term) => Term, y: Term): Term {
  return times === 0 ? y : repeat(times - 1, f, f(y));
}
