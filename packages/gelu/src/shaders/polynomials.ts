// Polynomials of least largest relative error, from the lowest coefficient. Printed by
// `python3 packages/gelu/scripts/coefficients/shaders.py` (the exchange algorithm of Remez in 200-bit arithmetic).

/** (e^(−r) − 1 + r)/r² for |r| ≤ 0.35: e^(−r) with a relative error of 2^-28.2. */
export const EXPONENTIAL: readonly number[] = [
  0.4999999403953552, -0.16666515171527863, 0.04166845604777336, -0.00836941134184599, 0.0013813164550811052,
];

/** B in Q(t)·e^(t²/2) = w·(11/32 + 7/4·w + B(w − 1/4)), w = 1/(t + 9/4), t ≤ 13.3: relative error of the whole 2^-27.6. */
export const MILLS: readonly number[] = [
  -0.04032334312796593, 0.07265307009220123, 1.3935317993164062, -2.935851812362671, -2.8440141677856445,
  10.79090404510498, -1.9045212268829346, -38.9516716003418, 66.95330810546875, 74.71051025390625, -306.1411437988281,
];

/** (artanh z − z)/z³ in z² ≤ 1/9: relative error 2^-26.6. */
export const LOGARITHM: readonly number[] = [
  0.3333333432674408, 0.19999851286411285, 0.1429625004529953, 0.10852266103029251, 0.1161678209900856,
];

/** (t − tanh t)/t³ in t² ≤ 1: relative error 2^-31.1. */
export const TANHSHRINK: readonly number[] = [
  0.3333333432674408, -0.13333331048488617, 0.05396759882569313, -0.021862583234906197, 0.008826278150081635,
  -0.0034784451127052307, 0.0012422262225300074, -0.0003377318207640201, 4.847754826187156e-5,
];

/** (q − arctan q)/q³ in q² ≤ 1: relative error 2^-27.1. */
export const ARCTANGENT: readonly number[] = [
  0.3333333432674408, -0.19999952614307404, 0.1428409218788147, -0.11089145392179489, 0.08936257660388947,
  -0.0704445093870163, 0.049169544130563736, -0.0265086367726326, 0.009251824580132961, -0.0015122421318665147,
];
