import { describe, GeluTypeError } from '../shared/errors.js';
import { np } from './peer.js';

/** Whether it is an array of jax-js, or what stands for one while a function is traced. */
export function isJaxArray(value: unknown): value is np.Array {
  try {
    const { dtype, shape } = value as np.Array;
    return dtype !== undefined && Array.isArray(shape);
  } catch {
    return false; // nothing, or what throws when it is looked at
  }
}

/** Throws GeluTypeError unless it is a float32 array of jax-js. */
export function requireFloat32(value: unknown, name = 'x'): asserts value is np.Array {
  if (isJaxArray(value) && value.dtype === np.float32) return;
  const received = isJaxArray(value) ? `one of ${value.dtype}` : describe(value);
  throw new GeluTypeError(name, 'a float32 array of jax-js', received);
}
