import { type Content, TensorContent, type TensorSource } from './content.js';
import type { Field, WireReader } from './wire.js';

/** The types of ONNX by their numbers. */
export const DTYPES: Readonly<Record<number, string>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
  14: 'complex64',
  15: 'complex128',
  16: 'bfloat16',
  17: 'float8e4m3fn',
  18: 'float8e4m3fnuz',
  19: 'float8e5m2',
  20: 'float8e5m2fnuz',
  21: 'uint4',
  22: 'int4',
  23: 'float4e2m1',
};
export const FLOAT32 = 1;
export const INT64 = 7;
export const BOOL = 9;
export const FLOAT16_TYPE = 10;
export const FLOAT64 = 11;
export const BFLOAT16_TYPE = 16;

/** A tensor; `value` is that of its only element, undefined if there are more or it lies in another file. */
export interface Tensor {
  name: string;
  dtype: number;
  dims: number[];
  value: number | undefined;
  /** Its elements, read when they are asked for. */
  content: Content | undefined;
  /** The file that holds its data, if that is another one. */
  external: string | undefined;
}

// TensorProto
const DIMS = 1;
const DATA_TYPE = 2;
const NAME = 8;
const EXTERNAL_DATA = 13;
/** float_data, int32_data, int64_data, raw_data, double_data, uint64_data. */
const DATA = new Set([4, 5, 7, 9, 10, 11]);

/** Reads a TensorProto, its data only if that is one element. */
export function readTensor(reader: WireReader, start: number, end: number): Tensor {
  const dims: number[] = [];
  const fields: Field[] = [];
  const external = new Map<string, string>();
  let name = '';
  let dtype = 0;
  for (const field of reader.fields(start, end)) {
    reader.count(field);
    if (field.number === DIMS) readDims(reader, field, dims);
    else if (field.number === DATA_TYPE) dtype = reader.integer(field);
    else if (field.number === NAME) name = reader.text(field);
    else if (field.number === EXTERNAL_DATA) readEntry(reader, field, external);
    else if (DATA.has(field.number)) fields.push(field);
  }
  const location = external.get('location');
  const content = new TensorContent(reader, dtype, dims, {
    fields,
    external: location === undefined ? location : placeOf(location, external),
  });
  const value = location === undefined && dims.every((n) => n === 1) ? content.uniform() : undefined;
  return { name, dtype, dims, value, content, external: location };
}

function readDims(reader: WireReader, field: Field, dims: number[]): void {
  for (const length of reader.integers(field)) {
    reader.count(field);
    dims.push(length);
  }
}

/** An entry of external_data: a key and a value. */
function readEntry(reader: WireReader, entry: Field, entries: Map<string, string>): void {
  const parts = [...reader.fields(entry.start, entry.end)];
  const text = (number: number): string => parts.filter((f) => f.number === number).map((f) => reader.text(f))[0] ?? '';
  if (!entries.has(text(1))) entries.set(text(1), text(2));
}

function placeOf(location: string, entries: ReadonlyMap<string, string>): TensorSource['external'] {
  const length = entries.get('length');
  return {
    location,
    offset: Number(entries.get('offset') ?? 0),
    length: length === undefined ? length : Number(length),
  };
}
