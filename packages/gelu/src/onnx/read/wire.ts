import { OnnxFormatError } from '../errors.js';
import { type OnnxFile, siblingOf, windowed } from './input.js';

/** Of protobuf: a number in groups of 7 bits, 8 bytes, a length and as many bytes, 4 bytes. */
export const VARINT = 0;
const EIGHT_BYTES = 1;
export const LENGTH = 2;
const FOUR_BYTES = 5;

/** A field of a message: where it stands in the file, nothing of its content. */
export interface Field {
  readonly number: number;
  readonly wire: number;
  /** Of its tag. */
  readonly begin: number;
  /** Of its content. */
  readonly start: number;
  readonly end: number;
}

/** Reads protobuf's wire format from a file, only what is asked for. */
export class WireReader {
  readonly size: number;
  readonly #file: OnnxFile;
  readonly #read: (start: number, end: number) => Uint8Array;

  constructor(file: OnnxFile) {
    this.size = file.size;
    this.#file = file;
    this.#read = windowed(file);
  }

  /** The fields of the message between two places. @throws OnnxFormatError where they do not fill it exactly. */
  fields(start: number, end: number): Field[] {
    const fields: Field[] = [];
    for (let at = start; at < end; ) {
      const [tag, after] = this.#varint(at, end);
      const wire = tag % 8;
      const number = Math.floor(tag / 8);
      if (number === 0) throw new OnnxFormatError('not an ONNX model: there is no field 0', at);
      let content = after;
      let next: number;
      if (wire === VARINT) next = this.#varint(after, end)[1];
      else if (wire === EIGHT_BYTES) next = after + 8;
      else if (wire === FOUR_BYTES) next = after + 4;
      else if (wire === LENGTH) {
        const [length, from] = this.#varint(after, end);
        content = from;
        next = from + length;
      } else throw new OnnxFormatError(`not an ONNX model: there is no wire type ${wire}`, at);
      if (next > end) throw new OnnxFormatError(`the model is cut off: a field goes on to byte ${next}`, at);
      fields.push({ number, wire, begin: at, start: content, end: next });
      at = next;
    }
    return fields;
  }

  bytes({ start, end }: Field): Uint8Array {
    return this.#read(start, end);
  }

  span(start: number, end: number): Uint8Array {
    return this.#read(start, end);
  }

  /** A file beside this one, which holds data of tensors. */
  external(location: string): OnnxFile | undefined {
    return siblingOf(this.#file, location);
  }

  text(field: Field): string {
    return new TextDecoder().decode(this.#of(field, LENGTH));
  }

  integer(field: Field): number {
    this.#of(field, VARINT);
    return this.#varint(field.start, field.end)[0];
  }

  float(field: Field): number {
    return view(this.#of(field, FOUR_BYTES)).getFloat32(0, true);
  }

  /** Repeated float32: one field for each, or packed into one. */
  floats(field: Field): number[] {
    if (field.wire === FOUR_BYTES) return [this.float(field)];
    const bytes = view(this.#of(field, LENGTH));
    return Array.from({ length: Math.floor(bytes.byteLength / 4) }, (_, i) => bytes.getFloat32(4 * i, true));
  }

  /** Repeated integers: one field for each, or packed into one. */
  integers(field: Field): number[] {
    if (field.wire === VARINT) return [this.integer(field)];
    this.#of(field, LENGTH);
    const values: number[] = [];
    for (let at = field.start; at < field.end; ) {
      const [value, next] = this.#varint(at, field.end);
      values.push(value);
      at = next;
    }
    return values;
  }

  #of(field: Field, wire: number): Uint8Array {
    if (field.wire !== wire)
      throw new OnnxFormatError(`not an ONNX model: field ${field.number} has wire type ${field.wire}`, field.begin);
    return this.bytes(field);
  }

  /** A signed 64-bit number (exact below 2⁵³) and where it ends. */
  #varint(start: number, end: number): [value: number, next: number] {
    const bytes = this.#read(start, Math.min(start + 10, end));
    let value = 0;
    for (let i = 0; i < bytes.length; i++) {
      value += (bytes[i] & 0x7f) * 2 ** (7 * i);
      if (bytes[i] < 0x80) return [i === 9 ? value - 2 ** 64 : value, start + i + 1];
    }
    if (bytes.length < 10) throw new OnnxFormatError('the model is cut off', start);
    throw new OnnxFormatError('not an ONNX model: a number of more than 64 bits', start);
  }
}

export function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
