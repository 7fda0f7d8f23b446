import { np } from './peer.js';

const SMALLEST = 2 ** 31;
const LARGEST = 1e21;
const SCALE = 2 ** 70;

/**
 * A number as an operand beside x. No shader compiles with what jax-js makes of whole numbers from 2³¹ to 10²¹ and of what overflows
 * float32: those become an array of x's shape, a small number times a power of two.
 */
export function constant(c: number, x: np.Array): np.Array | number {
  const rounded = Math.fround(c);
  const size = Math.abs(rounded);
  if (size < SMALLEST || (size > LARGEST && Number.isFinite(rounded))) return c;
  const part = Number.isFinite(rounded) ? size / SCALE : 2 ** 120;
  // Of two equal numbers jax-js would make the product itself.
  return np.abs(np.where(x.ref.greater(0), part, -part)).mul(Math.sign(c) * SCALE);
}
