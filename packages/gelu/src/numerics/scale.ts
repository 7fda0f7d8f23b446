const bits = new Uint32Array(2);
const asFloat = new Float64Array(bits.buffer);
const HIGH_WORD: number = new Uint8Array(Uint32Array.of(1).buffer)[0]; // byte order

/** 2^n exactly, for −1022 ≤ n ≤ 1023. */
export function powerOfTwo(n: number): number {
  bits[HIGH_WORD] = (n + 1023) << 20;
  return asFloat[0];
}

/**
 * x · 2^n, rounded once, for any n and x not near the ends of the range: in two halves, of which only the second can leave
 * the normal range.
 */
export function scale(x: number, n: number): number {
  if (n < -2044) return scale(x * 2 ** -1000, n + 1000);
  if (n > 2044) return scale(x * 2 ** 1000, n - 1000);
  const half = n >> 1;
  return x * powerOfTwo(half) * powerOfTwo(n - half);
}
