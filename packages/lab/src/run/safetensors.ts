import { readFileSync } from 'node:fs';
import { DataError } from '../console/errors.js';
import type { HostArray } from '../numbers/host-array.js';
import { isObject } from './json.js';

/**
 * The safetensors format: the length of the header as a 64-bit little-endian integer, the header as JSON (name → dtype,
 * shape, offsets into the data; `__metadata__` of strings), the data.
 */
export interface Tensors {
  tensors: Record<string, HostArray>;
  metadata: Record<string, string>;
  /** The dtypes of tensors that are there but were not read, by name. */
  others?: Record<string, string>;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

const METADATA = '__metadata__';
/** Larger headers are refused by other readers too. */
const MOST_HEADER = 100_000_000;

/** The bytes of a safetensors file; the data begins at a multiple of 8. */
export function toSafetensors({ tensors, metadata }: Tensors): Buffer {
  const header: Record<string, unknown> = { [METADATA]: metadata };
  let end = 0;
  for (const [name, { values, shape }] of Object.entries(tensors)) {
    const dtype = values instanceof Float32Array ? 'F32' : 'I32';
    header[name] = { dtype, shape, data_offsets: [end, end + values.byteLength] } satisfies Entry;
    end += values.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  const start = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, ' ');
  start.writeBigUInt64LE(BigInt(start.length - 8));
  json.copy(start, 8);
  const parts = Object.values(tensors).map(({ values: v }) => Buffer.from(v.buffer, v.byteOffset, v.byteLength));
  return Buffer.concat([start, ...parts]);
}

/**
 * Reads a safetensors file of float32 and int32; float16 and bfloat16 become float32. Of
 * tensors of other types only the names are told.
 * @throws DataError naming the file, if it cannot be read, is cut short or damaged.
 */
export function readSafetensors(path: string): Tensors {
  const fail = (what: string): never => {
    throw new DataError(`${path}: ${what}`);
  };
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch (error) {
    return fail(`cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (file.length < 8) return fail('a safetensors file has at least 8 bytes');
  const length = file.readBigUInt64LE();
  if (length > MOST_HEADER || 8 + Number(length) > file.length)
    return fail('no safetensors file, or cut short in its header');
  const start = 8 + Number(length);
  let header: unknown;
  try {
    header = JSON.parse(file.toString('utf8', 8, start));
  } catch {
    return fail('its header is not JSON, as that of a safetensors file is');
  }
  if (!isObject(header)) return fail('its header is no JSON object, as that of a safetensors file is');
  const { [METADATA]: metadata = {}, ...entries } = header;
  if (!isObject(metadata) || Object.values(metadata).some((value) => typeof value !== 'string'))
    return fail('its metadata are no strings');
  const read: [string, HostArray][] = [];
  const others: Record<string, string> = Object.create(null);
  const taken: [number, number, string][] = [];
  for (const [name, entry] of Object.entries(entries)) {
    if (!isEntry(entry)) return fail(`${name}: dtype, shape or offsets are not those of a tensor`);
    const { dtype, shape, data_offsets } = entry;
    const [from, to] = data_offsets;
    if (from > to) fail(`${name}: its data end before they begin`);
    if (start + to > file.length) fail(`cut short: ${name} ends at ${start + to} of ${file.length} bytes`);
    if (to > from) taken.push([from, to, name]);
    if (!Object.hasOwn(READERS, dtype)) {
      others[name] = dtype;
      continue;
    }
    const { bytes, values } = READERS[dtype];
    if (to - from !== shape.reduce((product, n) => product * n, bytes)) fail(`${name}: shape and offsets disagree`);
    const at = file.byteOffset + start;
    read.push([name, { shape, values: values(file.buffer.slice(at + from, at + to)) }]);
  }
  taken.sort(([a], [b]) => a - b);
  const overlap = taken.findIndex(([from], i) => i > 0 && from < taken[i - 1][1]);
  if (overlap > 0) fail(`${taken[overlap][2]} and ${taken[overlap - 1][2]} overlap`);
  return { tensors: Object.fromEntries(read), metadata: metadata as Record<string, string>, others };
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

function isEntry(entry: unknown): entry is Entry {
  if (!isObject(entry)) return false;
  const { dtype, shape, data_offsets: offsets } = entry;
  const lists = [shape, offsets].every((list) => Array.isArray(list) && list.every(isCount));
  return typeof dtype === 'string' && lists && (offsets as unknown[]).length === 2;
}

type Reader = { bytes: number; values(data: ArrayBufferLike): HostArray['values'] };

const READERS: Record<string, Reader> = {
  F32: { bytes: 4, values: (data) => new Float32Array(data as ArrayBuffer) },
  I32: { bytes: 4, values: (data) => new Int32Array(data as ArrayBuffer) },
  BF16: { bytes: 2, values: (data) => fromBits(data, (bits) => bits << 16) },
  F16: { bytes: 2, values: (data) => Float32Array.from(new Uint16Array(data), half) },
};

function fromBits(data: ArrayBufferLike, widen: (bits: number) => number): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint32Array.from(new Uint16Array(data), widen).buffer);
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
