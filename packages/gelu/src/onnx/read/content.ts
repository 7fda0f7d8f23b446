import { BFLOAT16, decode, FLOAT16 } from '../../numerics/small-floats.js';
import { type Field, view, type WireReader } from './wire.js';

/** So much is read at a time; a multiple of the size of every element. */
const CHUNK = 1 << 16;

/** The most bytes of a list of numbers that is not stored raw. */
const LONGEST_LIST = 1 << 22;

/** Elements as they lie in a file, one after the other. */
interface Region {
  read(start: number, end: number): Uint8Array;
  start: number;
  end: number;
}

/** How an element of a dtype is stored raw. */
const STORED: Readonly<Record<number, [size: number, read: (bytes: DataView) => number]>> = {
  1: [4, (b) => b.getFloat32(0, true)],
  2: [1, (b) => b.getUint8(0)],
  3: [1, (b) => b.getInt8(0)],
  4: [2, (b) => b.getUint16(0, true)],
  5: [2, (b) => b.getInt16(0, true)],
  6: [4, (b) => b.getInt32(0, true)],
  7: [8, (b) => Number(b.getBigInt64(0, true))],
  9: [1, (b) => b.getUint8(0)],
  10: [2, (b) => decode(b.getUint16(0, true), FLOAT16)],
  11: [8, (b) => b.getFloat64(0, true)],
  12: [4, (b) => b.getUint32(0, true)],
  13: [8, (b) => Number(b.getBigUint64(0, true))],
  16: [2, (b) => decode(b.getUint16(0, true), BFLOAT16)],
};

/** Where the data of a tensor is: fields of its message, or a part of another file. */
export interface TensorSource {
  fields: Field[];
  external: { location: string; offset: number; length: number | undefined } | undefined;
}

// TensorProto
const FLOAT_DATA = 4;
const RAW_DATA = 9;
const DOUBLE_DATA = 10;

/** The elements of a tensor. */
export interface Content {
  /** The value of all elements, if it is the same; undefined also where there are none, or in a file that was not given. */
  uniform(): number | undefined;
  /** All elements, if there are at most `most`. */
  elements(most: number): number[] | undefined;
}

/** The elements of a tensor, which are read only when they are asked for. */
export class TensorContent implements Content {
  readonly #reader: WireReader;
  readonly #dtype: number;
  readonly #count: number;
  readonly #source: TensorSource;
  #uniform: number | undefined | null = null;

  constructor(reader: WireReader, dtype: number, dims: readonly number[], source: TensorSource) {
    this.#reader = reader;
    this.#dtype = dtype;
    this.#count = dims.some((n) => n < 0) ? 0 : dims.reduce((product, n) => product * n, 1);
    this.#source = source;
  }

  uniform(): number | undefined {
    if (this.#uniform === null) this.#uniform = this.#count > 0 ? this.#findUniform() : undefined;
    return this.#uniform;
  }

  elements(most: number): number[] | undefined {
    if (this.#count > most) return undefined;
    const region = this.#region();
    if (region === undefined) return this.#list();
    const [size, read] = STORED[this.#dtype];
    const bytes = region.read(region.start, region.end);
    return Array.from({ length: this.#count }, (_, i) => read(view(bytes.subarray(i * size, (i + 1) * size))));
  }

  #findUniform(): number | undefined {
    const region = this.#region();
    if (region === undefined) {
      const list = this.#list();
      return list?.every((value) => value === list[0]) ? list[0] : undefined;
    }
    const [size, read] = STORED[this.#dtype];
    const first = region.read(region.start, region.start + size).slice();
    for (let start = region.start; start < region.end; start += CHUNK) {
      const bytes = region.read(start, Math.min(start + CHUNK, region.end));
      for (let i = 0; i < bytes.length; i++) if (bytes[i] !== first[i % size]) return undefined;
    }
    return read(view(first));
  }

  /** Where the elements lie raw; undefined if they do not, or if their number is not that of the shape. */
  #region(): Region | undefined {
    const { fields, external } = this.#source;
    const [size] = STORED[this.#dtype] ?? [0];
    if (size === 0) return undefined;
    let region: Region | undefined;
    if (external !== undefined) {
      const file = this.#reader.external(external.location);
      if (file === undefined) return undefined;
      const { offset, length } = external;
      region = { read: (a, b) => file.read(a, b), start: offset, end: offset + (length ?? size * this.#count) };
      if (region.end > file.size) return undefined;
    } else if (fields.length === 1 && isRaw(fields[0], this.#dtype)) {
      const [{ start, end }] = fields;
      region = { read: (a, b) => this.#reader.span(a, b), start, end };
    }
    return region !== undefined && region.end - region.start === size * this.#count ? region : undefined;
  }

  /** Elements that are stored as numbers of protobuf. */
  #list(): number[] | undefined {
    const { fields, external } = this.#source;
    const length = fields.reduce((sum, { start, end }) => sum + end - start, 0);
    if (external !== undefined || length > LONGEST_LIST) return undefined;
    const format = this.#dtype === 10 ? FLOAT16 : this.#dtype === 16 ? BFLOAT16 : undefined;
    const values = fields.flatMap((field) => {
      if (field.number === RAW_DATA || field.number === DOUBLE_DATA) return [];
      if (field.number === FLOAT_DATA) return [...this.#reader.floats(field)];
      const integers = [...this.#reader.integers(field)];
      return format === undefined ? integers : integers.map((bits) => decode(bits & 0xffff, format));
    });
    return values.length === this.#count ? values : undefined;
  }
}

/** Packed float32 and float64 lie as raw data do. */
function isRaw({ number, wire }: Field, dtype: number): boolean {
  if (wire !== 2) return false;
  return number === RAW_DATA || (number === FLOAT_DATA && dtype === 1) || (number === DOUBLE_DATA && dtype === 11);
}
