import { decode, FLOAT16 } from '../../numerics/small-floats.js';
import { type GraphModelJSON, type WeightSpec, weightSpecsOf } from './model.js';

/** Reads bytes of all the weights, in the order of the manifest. Fewer where the file ends. */
export type WeightReader = (offset: number, length: number) => Uint8Array;

/** A constant of which all elements are one number. */
export interface Uniform {
  readonly value: number;
  readonly shape: readonly number[];
}

const BYTES: { readonly [dtype: string]: number } = {
  float32: 4,
  int32: 4,
  bool: 1,
  complex64: 8,
  uint8: 1,
  uint16: 2,
  float16: 2,
};

/** Constants with more elements are no factors of an activation. */
const MOST = 1 << 16;

/** Finds constants by name: a number, or a tensor filled with one. Undefined for all others. */
export function uniformsIn(model: GraphModelJSON, read: WeightReader): (name: string) => Uniform | undefined {
  const places = new Map<string, { readonly spec: WeightSpec; readonly offset: number }>();
  let offset = 0;
  for (const spec of weightSpecsOf(model)) {
    places.set(spec.name, { spec, offset });
    offset += byteLength(spec, offset, read);
  }
  const known = new Map<string, Uniform | undefined>();
  return (name) => {
    if (!known.has(name)) {
      const place = places.get(name);
      known.set(name, place && uniform(place.spec, place.offset, read));
    }
    return known.get(name);
  };
}

const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function byteLength(spec: WeightSpec, offset: number, read: WeightReader): number {
  if (spec.dtype !== 'string') return count(spec.shape) * (BYTES[spec.quantization?.dtype ?? spec.dtype] ?? 4);
  let end = offset; // each string after its length
  for (let i = 0; i < count(spec.shape); i++) end += 4 + (view(read(end, 4))?.getUint32(0, true) ?? 0);
  return end - offset;
}

const view = (bytes: Uint8Array): DataView | undefined =>
  bytes.length === 0 ? undefined : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function uniform(spec: WeightSpec, offset: number, read: WeightReader): Uniform | undefined {
  const n = count(spec.shape);
  const { dtype, scale = 1, min = 0 } = spec.quantization ?? { dtype: spec.dtype };
  const size = BYTES[dtype];
  if (n === 0 || n > MOST || !['float32', 'int32'].includes(spec.dtype) || size === undefined) return undefined;
  const bytes = read(offset, n * size);
  const data = view(bytes);
  if (data === undefined || bytes.length < n * size) return undefined;
  for (let i = size; i < bytes.length; i++) if (bytes[i] !== bytes[i - size]) return undefined;
  const stored = element(data, dtype);
  const value = dtype === 'uint8' || dtype === 'uint16' ? Math.fround(stored * scale + min) : stored;
  return { value, shape: spec.shape };
}

function element(data: DataView, dtype: string): number {
  if (dtype === 'float32') return data.getFloat32(0, true);
  if (dtype === 'int32') return data.getInt32(0, true);
  if (dtype === 'float16') return decode(data.getUint16(0, true), FLOAT16);
  return dtype === 'uint16' ? data.getUint16(0, true) : data.getUint8(0);
}
