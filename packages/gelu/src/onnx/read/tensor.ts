import { BFLOAT16, decode, FLOAT16 } from '../../numerics/small-floats.js';
import { type Field, view, type WireReader } from './wire.js';

/** The types of ONNX that matter here, by their numbers. */
export const DTYPES: Readonly<Record<number, string>> = {
  1: 'float32',
  6: 'int32',
  7: 'int64',
  10: 'float16',
  11: 'float64',
  16: 'bfloat16',
};
export const FLOAT32 = 1;

/** A tensor; `value` is that of its only element, undefined if there are more or it lies in another file. */
export interface Tensor {
  name: string;
  dtype: number;
  dims: number[];
  value: number | undefined;
  /** The file that holds its data, if that is another one. */
  external: string | undefined;
}

// TensorProto
const DIMS = 1;
const DATA_TYPE = 2;
const FLOAT_DATA = 4;
const INT32_DATA = 5;
const INT64_DATA = 7;
const NAME = 8;
const RAW_DATA = 9;
const DOUBLE_DATA = 10;
const EXTERNAL_DATA = 13;

/** Reads a TensorProto, its data only if that is one element. */
export function readTensor(reader: WireReader, start: number, end: number): Tensor {
  const tensor: Tensor = { name: '', dtype: 0, dims: [], value: undefined, external: undefined };
  const data: Field[] = [];
  for (const field of reader.fields(start, end)) {
    if (field.number === DIMS) tensor.dims.push(...reader.integers(field));
    else if (field.number === DATA_TYPE) tensor.dtype = reader.integer(field);
    else if (field.number === NAME) tensor.name = reader.text(field);
    else if (field.number === EXTERNAL_DATA) tensor.external ??= location(reader, field);
    else if ([FLOAT_DATA, INT32_DATA, INT64_DATA, RAW_DATA, DOUBLE_DATA].includes(field.number)) data.push(field);
  }
  if (data.length === 1 && tensor.dims.every((n) => n === 1)) tensor.value = element(reader, data[0], tensor.dtype);
  return tensor;
}

/** Of an entry of external_data, a key and a value. */
function location(reader: WireReader, entry: Field): string | undefined {
  const [key, value] = reader.fields(entry.start, entry.end).map((field) => reader.text(field));
  return key === 'location' ? value : undefined;
}

function element(reader: WireReader, field: Field, dtype: number): number | undefined {
  const sixteen = dtype === 10 ? FLOAT16 : dtype === 16 ? BFLOAT16 : undefined;
  if (field.number === INT32_DATA || field.number === INT64_DATA) {
    const value = reader.integers(field)[0];
    return sixteen === undefined ? value : decode(value, sixteen);
  }
  if (field.end - field.start > 8) return undefined;
  const bytes = view(reader.bytes(field));
  const size = bytes.byteLength;
  if (sixteen !== undefined && size === 2) return decode(bytes.getUint16(0, true), sixteen);
  if (dtype === FLOAT32 && size === 4) return bytes.getFloat32(0, true);
  if (dtype === 11 && size === 8) return bytes.getFloat64(0, true);
  if (dtype === 6 && size === 4) return bytes.getInt32(0, true);
  if (dtype === 7 && size === 8) return Number(bytes.getBigInt64(0, true));
  return undefined;
}
