import { decode } from '../numerics/small-floats.js';
import { bitsOf, type DType, SMALL_FLOATS, type TensorData } from './dtypes.js';

/** Reads element i of an array of floating-point numbers as a float64, whatever its type. */
export function numberReader(array: TensorData, dtype: DType): (i: number) => number {
  if (dtype !== 'float16' && dtype !== 'bfloat16') return (i) => array[i];
  const format = SMALL_FLOATS[dtype];
  const bits = bitsOf(array);
  return (i) => decode(bits[i], format);
}
