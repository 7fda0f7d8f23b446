import { describe, GeluRangeError, GeluTypeError } from '../../shared/errors.js';
import { allocateFloat32, freeFloat32 } from './heap.js';

/**
 * A Float32Array of `length` zeros inside WebAssembly's memory: the kernels work on it where it stands, while other
 * arrays pass through that memory in chunks, which takes a quarter longer. Input and output should come from one memory:
 * arrays allocated one after the other mostly do. Where there is no WebAssembly the array is an ordinary one.
 *
 * A result is never allocated here by itself, since nobody would free it: give an allocated array as `out`.
 *
 * Its memory returns to the system when none of the arrays in it is reachable any more, or by {@link free} before that.
 *
 * @throws GeluRangeError if dtype is not 'float32', the only type that has such a memory, or length no array length.
 */
export function allocate(dtype: 'float32', length: number): Float32Array {
  if (dtype !== 'float32') throw new GeluRangeError('dtype', "'float32'", describe(dtype));
  if (!Number.isSafeInteger(length) || length < 0)
    throw new GeluRangeError('length', 'an integer of at least 0', describe(length));
  return allocateFloat32(length);
}

/**
 * Gives back the room of an array from {@link allocate}: neither it nor views of it may be used afterwards. Other arrays
 * are left alone.
 *
 * @throws GeluTypeError if it is not a Float32Array.
 */
export function free(array: Float32Array): void {
  if (!(array instanceof Float32Array)) throw new GeluTypeError('array', 'a Float32Array', describe(array));
  freeFloat32(array);
}
