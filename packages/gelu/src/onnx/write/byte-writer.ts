import { encodeText } from '../read/text.js';
import { LENGTH } from '../read/wire.js';

/** Fields of protobuf, one after the other in one growing buffer. */
export class ByteWriter {
  #bytes = new Uint8Array(512);
  #length = 0;

  /** What was written since the last `clear`; good until the next call. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  text(number: number, value: string): void {
    const { length } = value;
    for (let i = 0; i < length; i++) {
      if (value.charCodeAt(i) <= 0x7f) continue;
      this.field(number, encodeText(value));
      return;
    }
    this.#header(number, length);
    for (let i = 0; i < length; i++) this.#bytes[this.#length++] = value.charCodeAt(i);
  }

  field(number: number, content: Uint8Array): void {
    this.#header(number, content.length);
    this.#bytes.set(content, this.#length);
    this.#length += content.length;
  }

  /** Tag and length, and room for as many bytes. */
  #header(number: number, length: number): void {
    const needed = this.#length + 20 + length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(2 * needed);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#varint(number * 8 + LENGTH);
    this.#varint(length);
  }

  #varint(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
    this.#bytes[this.#length++] = rest;
  }
}
