import type { Field, WireReader } from './wire.js';

/** A dimension: its length, its name, or neither where nothing is known. */
export type Dim = number | string | undefined;

/** What is known of a value's type: the number of its dtype, its shape. */
export interface ValueType {
  dtype: number | undefined;
  /** How many dimensions. */
  rank: number | undefined;
  /** As many as `rank` says. */
  dims: readonly Dim[] | undefined;
}

/** The type of a value of this shape, undefined where nothing is known of that. */
export function valueType(dtype: number | undefined, dims: readonly Dim[] | undefined): ValueType {
  return { dtype, rank: dims?.length, dims };
}

/** Reads a ValueInfoProto. What is no tensor (a sequence, a map) has no type here. */
export function readValue(reader: WireReader, value: Field): { name: string; type: ValueType | undefined } {
  let name = '';
  let type: ValueType | undefined;
  reader.count(value);
  for (const field of reader.fields(value.start, value.end)) {
    if (field.number === 1) name = reader.text(field);
    if (field.number !== 2) continue;
    // TypeProto.tensor_type: 1
    for (const kind of reader.fields(field.start, field.end))
      if (kind.number === 1) type = readTensorType(reader, kind);
  }
  return { name, type };
}

/** Its elem_type: 1; shape: 2, whose dim: 1. */
function readTensorType(reader: WireReader, tensor: Field): ValueType {
  let dtype: number | undefined;
  let dims: Dim[] | undefined;
  for (const part of reader.fields(tensor.start, tensor.end)) {
    if (part.number === 1) dtype = reader.integer(part) || undefined;
    if (part.number !== 2) continue;
    dims = [];
    for (const dim of reader.fields(part.start, part.end)) {
      reader.count(dim);
      if (dim.number === 1) dims.push(readDim(reader, dim));
    }
  }
  return valueType(dtype, dims);
}

/** dim_value: 1, dim_param: 2 */
function readDim(reader: WireReader, dim: Field): Dim {
  for (const field of reader.fields(dim.start, dim.end)) {
    if (field.number === 1) {
      const length = reader.integer(field);
      return length < 0 ? undefined : length;
    }
    if (field.number === 2) return reader.text(field) || undefined;
  }
  return undefined;
}
