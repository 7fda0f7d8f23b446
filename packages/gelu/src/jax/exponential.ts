import { polynomial, type Term } from './term.js';

// e^(−w) on [−0.3475, 0.65], degree 6, relative error 2^-25 (Remez exchange in 200-bit arithmetic).
const EXPONENTIAL = [
  1, -0.9999997019767761, 0.4999983012676239, -0.16667413711547852, 0.04170328378677368, -0.008312132209539413,
  0.0011846821289509535,
];

// ln 2 in two parts, the first a multiple of 2^-15: its products with integers below 2⁸ are exact.
const LN2_HIGH = 0.693145751953125;
const LN2_LOW = 1.4286068203094173e-6;

/** e^(−v) as the product of two float32, of which neither is subnormal though their product may be. */
export interface Exponential {
  readonly first: Term;
  readonly last: Term;
}

/**
 * e^(−v), for v = Σ parts + rest in [0, 113], in float32 and from sums and products alone: jax-js computes only those on
 * vectors, and no bits.
 *
 * `parts` are multiples of 2^-18 and their sum, minus a multiple of ln 2, may be exact; they are subtracted in order.
 * `rest`, below 0.3, carries what they leave out. e^(−v) = 2^(−n)·e^(−w), w = v − n·ln 2.
 */
export function exponential(parts: readonly Term[], rest: Term): Exponential {
  const n = parts
    .reduce((sum, part) => sum.plus(part))
    .times(Math.LOG2E)
    .plus(0.5)
    .floor();
  let w = parts[0].minus(n.times(LN2_HIGH));
  for (const part of parts.slice(1)) w = w.plus(part);
  const e = polynomial(w.plus(rest.minus(n.times(LN2_LOW))), EXPONENTIAL);

  // 2^(−n), n < 192, from n's binary digits: 2^(−b·2^i) = max(1 − b, 2^(−2^i)).
  const halves = [n, ...[1, 2, 3, 4, 5, 6].map((i) => n.times(2 ** -i).floor())];
  const [f1, f2, f4, f8, f16, f32] = [0, 1, 2, 3, 4, 5].map((i) =>
    halves[i + 1]
      .times(2)
      .plus(1)
      .minus(halves[i])
      .atLeast(2 ** -(2 ** i)),
  );
  // What is left, 0 to 2, gives one factor 2^−64 to each part.
  const f64 = halves[6].from(1).atLeast(2 ** -64);
  const f128 = halves[6]
    .from(2)
    .atMost(1)
    .atLeast(2 ** -64);
  return { first: f1.times(f2).times(f4.times(f8)).times(f16.times(f32)).times(e.times(f128)), last: f64 };
}
