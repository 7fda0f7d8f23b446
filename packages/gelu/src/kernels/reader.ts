import { decode, encode } from '../numerics/small-floats.js';
import { bitsOf, type DType, SMALL_FLOATS, type TensorData } from './dtypes.js';

/** Reads element i of an array of floating-point numbers as a float64, whatever its type. */
export function numberReader(array: TensorData, dtype: DType): (i: number) => number {
  const format = SMALL_FLOATS[dtype];
  if (!format) return (i) => array[i];
  const bits = bitsOf(array);
  return (i) => decode(bits[i], format);
}

/** Writes a float64 to element i of such an array, rounded. */
export function numberWriter(array: TensorData, dtype: DType): (i: number, value: number) => void {
  const format = SMALL_FLOATS[dtype];
  if (!format)
    return (i, value) => {
      array[i] = value;
    };
  const bits = bitsOf(array);
  return (i, value) => {
    bits[i] = encode(value, format);
  };
}
