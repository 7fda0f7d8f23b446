// Polynomials of least largest relative error, from the lowest coefficient. Printed by
// `python3 packages/gelu/src/jax/fit.py` (the exchange algorithm of Remez in 200-bit arithmetic).

/** (e^(−w/2) − 1)/w for |w| ≤ ln 2 + 0.01: e^(−w/2) with a relative error of 2^-28.4. */
export const EXPONENTIAL: readonly number[] = [
  -0.5, 0.1250000149011612, -0.020832933485507965, 0.0026040412485599518, -0.000261887616943568, 2.1978947188472375e-5,
];

/** Q(t)·e^(t²/2) = R·(P(H) + R·Q(H)), R = √(t² + 7) − t, H = t·R − 3/2, for t in [0, 14.75]: relative error 2^-25.8. */
export const MILLS_P: readonly number[] = [
  0.16772478818893433, -0.04544340819120407, 0.012346021831035614, -0.0016238294774666429, 4.7028661356307566e-5,
];
export const MILLS_Q: readonly number[] = [
  -0.008804278448224068, 0.009418797679245472, -0.002969666849821806, 0.00022989629360381514,
];

/** 1/d on [1, 2]: relative error 2^-6.6. */
export const RECIPROCAL: readonly number[] = [2.1212120056152344, -1.454545497894287, 0.3232323229312897];
