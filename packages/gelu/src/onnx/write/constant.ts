import { BFLOAT16, encode, FLOAT16 } from '../../numerics/small-floats.js';
import { concat, field } from './message.js';

/** The bytes of a TensorProto without a name: `dims` [] for a scalar, else one length. */
export function tensorBytes(dtype: number, dims: readonly number[], values: readonly number[]): Uint8Array {
  return concat([...dims.map((n) => field(1, n)), field(2, dtype), field(9, raw(dtype, values))]);
}

/** An attribute that is a tensor. */
export function tensorAttribute(
  name: string,
  dtype: number,
  dims: readonly number[],
  values: readonly number[],
): Uint8Array {
  return concat([field(1, name), field(5, tensorBytes(dtype, dims, values)), field(20, TENSOR)]);
}

/** Of AttributeProto.type. */
const TENSOR = 4;

function raw(dtype: number, values: readonly number[]): Uint8Array {
  if (dtype === 7) return new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  if (dtype === 11) return new Uint8Array(Float64Array.from(values).buffer);
  if (dtype === 10) return new Uint8Array(Uint16Array.from(values, (value) => encode(value, FLOAT16)).buffer);
  if (dtype === 16) return new Uint8Array(Uint16Array.from(values, (value) => encode(value, BFLOAT16)).buffer);
  if (dtype === 9) return Uint8Array.from(values);
  return new Uint8Array(Float32Array.from(values).buffer);
}
