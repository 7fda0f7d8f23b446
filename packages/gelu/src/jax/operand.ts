import { describe, GeluTypeError } from '../shared/errors.js';
import { np } from './peer.js';

/** Whether it is an array of jax-js, or what stands for one while a function is traced. */
export const isJaxArray = (value: unknown): value is np.Array =>
  (value as np.Array | undefined)?.dtype !== undefined && Array.isArray((value as np.Array).shape);

/** Throws GeluTypeError unless it is a float32 array of jax-js. */
export function requireFloat32(value: unknown, name = 'x'): asserts value is np.Array {
  if (isJaxArray(value) && value.dtype === np.float32) return;
  const received = isJaxArray(value) ? `one of ${value.dtype}` : describe(value);
  throw new GeluTypeError(name, 'a float32 array of jax-js', received);
}
