import type { Approximate } from 'gelu';
import { mulberry32 } from '../../numbers/random.js';

/** Where float64 results of a form vary, and the roots of its first and second derivative. */
export interface Landmarks {
  readonly low: number;
  readonly high: number;
  /** Index 1, 2: of the derivative of that order. */
  readonly roots: readonly (readonly number[])[];
}

/** To float64; 60 digits in the multi-precision reference of the library. */
export const LANDMARKS: Record<Approximate, Landmarks> = {
  none: { low: -40, high: 9, roots: [[], [-0.7517915246935645], [-Math.SQRT2, Math.SQRT2]] },
  tanh: { low: -22.5, high: 9, roots: [[], [-0.7524614220710163], [-1.4185040087908285, 1.4185040087908285]] },
  sigmoid: { low: -440, high: 25, roots: [[], [-0.7511542554412889], [-1.4097281319127308, 1.4097281319127308]] },
};

const bits = new BigUint64Array(1);
const asFloat = new Float64Array(bits.buffer);
const EXPONENTS = 2047;
const SUBNORMAL_SHARE = 128; // strata of subnormal numbers, beside one for each other exponent

/**
 * Fills `x` with finite float64 inputs, the same for the same seed and chunk: of every eight points three lie evenly
 * where the function varies, two are spread over all bit patterns (every exponent in turn, with both signs, the
 * subnormals 128 times as often), one has a magnitude in [2⁻⁷⁰, 16], two are close to a root of a derivative, at any
 * distance from 1/4 down to one ULP.
 */
export function fillPoints(x: Float64Array, approximate: Approximate, seed: number, chunk: number): void {
  const { low, high, roots } = LANDMARKS[approximate];
  const centres = [...roots[1], ...roots[1], ...roots[2]];
  const random32 = mulberry32(Math.imul(seed, 0x9e3779b1) ^ Math.imul(chunk + 1, 0x85ebca6b));
  const random = () => random32() + random32() * 2 ** -32;
  const sign = () => (random32() < 0.5 ? -1 : 1);
  const groups = Math.ceil(x.length / 8);
  const first = chunk * groups;
  for (let i = 0; i < x.length; i++) {
    const group = i >> 3;
    switch (i & 7) {
      case 0:
      case 1:
      case 2:
        x[i] = low + ((group + random()) / groups) * (high - low);
        break;
      case 3:
      case 4: {
        const stratum = (first + group) % (EXPONENTS - 1 + SUBNORMAL_SHARE);
        const exponent = Math.max(0, stratum - SUBNORMAL_SHARE + 1);
        const significand = Math.floor(random() * 2 ** (exponent === 0 ? 52 * random() : 52));
        bits[0] = (BigInt(i & 1) << 63n) | (BigInt(exponent) << 52n) | BigInt(Math.min(significand, 2 ** 52 - 1));
        x[i] = asFloat[0];
        break;
      }
      case 5:
        x[i] = sign() * (1 + random()) * 2 ** Math.floor(random() * 74 - 70);
        break;
      default:
        x[i] =
          centres[Math.floor(random() * centres.length)] +
          sign() * (1 + random()) * 2 ** -Math.floor(3 + random() * 51);
    }
  }
}
