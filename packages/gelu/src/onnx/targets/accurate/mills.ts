// Q(t)·e^(t²/2) = P(t)/Q(t) for t in [0, 14.75], from the lowest coefficient: relative error 2^-26. Printed by
// `python3 packages/gelu/scripts/coefficients/onnx-mills.py`.

export const MILLS_P: readonly number[] = [
  0.5, 0.43880218267440796, 0.18361108005046844, 0.04076000675559044, 0.0041351318359375,
];
export const MILLS_Q: readonly number[] = [
  1, 1.6754893064498901, 1.2040643692016602, 0.4704631268978119, 0.10217645764350891, 0.010365122929215431,
];
