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

/** A field that becomes the next one of its message, for what has many. */
export class Cursor implements Field {
  number = 0;
  wire = 0;
  begin = 0;
  start = 0;
  end: number;
  /** Where the message ends. */
  readonly limit: number;

  constructor(start: number, limit: number) {
    this.end = start;
    this.limit = limit;
  }
}

/** Longer names, and more things in a model, than any has; what claims to have them would fill the memory. */
const LONGEST_TEXT = 1 << 20;
const MOST_THINGS = 1 << 23;
/** Names are no longer, and fit into what is read at once. */
const LONGEST_NAME = 1 << 10;

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
    for (const field = new Cursor(start, end); this.next(field); )
      yield { number: field.number, wire: field.wire, begin: field.begin, start: field.start, end: field.end };
  }

  /** Moves a cursor to the next field of its message; false if there is none. @throws OnnxFormatError */
  next(field: Cursor): boolean {
    const { limit } = field;
    const begin = field.end;
    if (begin >= limit) return false;
    const tag = this.#varint(begin, limit);
    const after = this.#next;
    const small = tag <= 0x7fff_ffff;
    const wire = small ? tag & 7 : tag % 8;
    const number = small ? tag >> 3 : Math.floor(tag / 8);
    if (number <= 0) throw new OnnxFormatError('not an ONNX model: there is no field 0', begin);
    let content = after;
    let next = after;
    if (wire === LENGTH) {
      const length = this.#varint(after, limit);
      content = this.#next;
      if (length < 0) throw cutOff(Number.POSITIVE_INFINITY, begin);
      next = content + length;
    } else if (wire === VARINT) {
      this.#varint(after, limit);
      next = this.#next;
    } else if (wire === EIGHT_BYTES) next += 8;
    else if (wire === FOUR_BYTES) next += 4;
    else throw new OnnxFormatError(`not an ONNX model: there is no wire type ${wire}`, begin);
    if (next > limit) throw cutOff(next, begin);
    field.number = number;
    field.wire = wire;
    field.begin = begin;
    field.start = content;
    field.end = next;
    return true;
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
    this.#require(field, LENGTH);
    const { start, end } = field;
    if (end - start > LONGEST_NAME) return this.#texts.decode(this.bytes(field));
    const at = this.#window.seek(start, end);
    return this.#texts.decode(this.#window.bytes, at, at + end - start);
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
    let value = 0;
    for (let i = 0; i < 4 && start + i < end; i++) {
      const byte = this.#window.byteAt(start + i);
      value |= (byte & 0x7f) << (7 * i);
      if (byte < 0x80) {
        this.#next = start + i + 1;
        return value;
      }
    }
    return this.#longVarint(start, end);
  }

  /** One of more than 28 bits, or that is cut off. */
  #longVarint(start: number, end: number): number {
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

function cutOff(next: number, begin: number): OnnxFormatError {
  return new OnnxFormatError(`the model is cut off: a field goes on to byte ${next}`, begin);
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
