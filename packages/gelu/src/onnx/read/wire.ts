import { OnnxFormatError } from '../errors.js';
import { type OnnxFile, siblingOf, Window } from './input.js';
import { TextTable } from './text-table.js';

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

/** A message within others: where it stands, and in which. */
export interface Place extends Field {
  readonly within: Place | undefined;
}

/** A field as a message within another. */
export function placeOf({ number, wire, begin, start, end }: Field, within: Place | undefined): Place {
  return { number, wire, begin, start, end, within };
}

/** Longer names, and more things in a model, than any has; what claims to have them would fill the memory. */
const LONGEST_TEXT = 1 << 20;
const MOST_THINGS = 1 << 23;

/** Reads protobuf's wire format from a file, only what is asked for. */
export class WireReader {
  readonly size: number;
  readonly #file: OnnxFile;
  readonly #window: Window;
  #next = 0;
  #things = 0;

  readonly #texts: TextTable;

  /** `texts` of another file have most names of this one. */
  constructor(file: OnnxFile, texts: TextTable = new TextTable()) {
    this.size = file.size;
    this.#file = file;
    this.#texts = texts;
    this.#window = new Window(file);
  }

  /** The fields of the message between two places, one by one. @throws OnnxFormatError where they do not fill it exactly. */
  *fields(start: number, end: number): Generator<Field, void> {
    for (let begin = start; begin < end; ) {
      const tag = this.#varint(begin, end);
      const after = this.#next;
      const wire = tag % 8;
      const number = Math.floor(tag / 8);
      if (number <= 0) throw new OnnxFormatError('not an ONNX model: there is no field 0', begin);
      let content = after;
      let next = after;
      if (wire === LENGTH) {
        const length = this.#varint(after, end);
        content = this.#next;
        next = length < 0 ? Number.POSITIVE_INFINITY : content + length;
      } else if (wire === VARINT) {
        this.#varint(after, end);
        next = this.#next;
      } else if (wire === EIGHT_BYTES) next += 8;
      else if (wire === FOUR_BYTES) next += 4;
      else throw new OnnxFormatError(`not an ONNX model: there is no wire type ${wire}`, begin);
      if (next > end) throw new OnnxFormatError(`the model is cut off: a field goes on to byte ${next}`, begin);
      yield { number, wire, begin, start: content, end: next };
      begin = next;
    }
  }

  /** Counts what is kept in memory. @throws OnnxFormatError for more than any model has. */
  count({ begin }: Field, things = 1): void {
    this.#things += things;
    if (this.#things > MOST_THINGS) throw new OnnxFormatError(`the model has more than ${MOST_THINGS} parts`, begin);
  }

  bytes({ start, end }: Field): Uint8Array {
    return this.#window.read(start, end);
  }

  span(start: number, end: number): Uint8Array {
    return this.#window.read(start, end);
  }

  /** A file beside this one, which holds data of tensors. */
  external(location: string): OnnxFile | undefined {
    return siblingOf(this.#file, location);
  }

  text(field: Field): string {
    if (field.end - field.start > LONGEST_TEXT)
      throw new OnnxFormatError(`a name has ${field.end - field.start} bytes`, field.begin);
    return this.#texts.decode(this.#of(field, LENGTH));
  }

  integer(field: Field): number {
    this.#require(field, VARINT);
    return this.#varint(field.start, field.end);
  }

  float(field: Field): number {
    return view(this.#of(field, FOUR_BYTES)).getFloat32(0, true);
  }

  /** Repeated integers: one field for each, or packed into one. */
  *integers(field: Field): Generator<number, void> {
    if (field.wire === VARINT) {
      yield this.integer(field);
      return;
    }
    this.#require(field, LENGTH);
    for (let at = field.start; at < field.end; ) {
      const value = this.#varint(at, field.end);
      at = this.#next; // what the taker reads moves it
      yield value;
    }
  }

  /** Repeated float32: one field for each, or packed into one. */
  *floats(field: Field): Generator<number, void> {
    if (field.wire === FOUR_BYTES) {
      yield this.float(field);
      return;
    }
    this.#require(field, LENGTH);
    for (let at = field.start; at + 4 <= field.end; at += 4)
      yield view(this.#window.read(at, at + 4)).getFloat32(0, true);
  }

  #of(field: Field, wire: number): Uint8Array {
    this.#require(field, wire);
    return this.bytes(field);
  }

  #require(field: Field, wire: number): void {
    if (field.wire !== wire)
      throw new OnnxFormatError(`not an ONNX model: field ${field.number} has wire type ${field.wire}`, field.begin);
  }

  /** A signed 64-bit number (exact below 2⁵³); `#next` is where it ends. */
  #varint(start: number, end: number): number {
    const first = start < end ? this.#window.byteAt(start) : 0x80;
    if (first < 0x80) {
      this.#next = start + 1;
      return first;
    }
    const bytes = this.#window.read(start, Math.min(start + 10, end));
    let value = 0;
    for (let i = 0; i < bytes.length; i++) {
      value += (bytes[i] & 0x7f) * 2 ** (7 * i);
      if (bytes[i] < 0x80) {
        this.#next = start + i + 1;
        return i === 9 ? negative(bytes) : value;
      }
    }
    if (bytes.length < 10) throw new OnnxFormatError('the model is cut off', start);
    throw new OnnxFormatError('not an ONNX model: a number of more than 64 bits', start);
  }
}

/** Of ten groups: two's complement, without what rounding to 53 bits would cost. */
function negative(bytes: Uint8Array): number {
  let complement = 0;
  for (let i = 0; i < 9; i++) complement += (~bytes[i] & 0x7f) * 2 ** (7 * i);
  return bytes[9] & 1 ? -1 - complement : 2 ** 63 - 1 - complement;
}

export function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
