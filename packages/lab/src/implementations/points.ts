import { mulberry32 } from '../numbers/random.js';

/** Where GELU varies, for float32: below, all results are 0 or subnormal; above, the result is the input. */
export const LOW = -15;
export const HIGH = 6;

const EXPONENTS = 255;
const FIXED = [0, -0, 1, -1, 2 ** -149, -(2 ** -149), 2 ** -126, -(2 ** -126), 3.4028234663852886e38];

/**
 * About `count` finite float32 inputs, ascending: half of them spread over all bit patterns (every exponent with both
 * signs, the significand random), half evenly over [−15, 6], and some special ones. The same for the same seed.
 */
export function testPoints(count: number, seed: number): Float32Array {
  const random = mulberry32(seed);
  const half = Math.floor(count / 2);
  const spread = new Uint32Array(half);
  for (let i = 0; i < half; i++) {
    const stratum = i % (2 * EXPONENTS);
    const sign = stratum % 2 === 0 ? 0 : 0x80000000;
    spread[i] = sign + ((stratum >> 1) << 23) + Math.floor(random() * 2 ** 23);
  }
  const points = new Float32Array(2 * half + 2 * FIXED.length);
  points.set(new Float32Array(spread.buffer));
  for (let i = 0; i < half; i++) points[half + i] = LOW + ((i + random()) / half) * (HIGH - LOW);
  points.set(FIXED, 2 * half);
  points.set(
    FIXED.map((x) => -x),
    2 * half + FIXED.length,
  );
  return points.sort();
}
