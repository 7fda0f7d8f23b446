import type { Bytes } from '../../shared/globals.js';
import { encodeText } from '../read/text.js';
import { LENGTH, VARINT, view } from '../read/wire.js';

/** A number in groups of 7 bits, a negative one in ten of them. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  if (value < 0) {
    for (let left = BigInt.asUintN(64, BigInt(value)); bytes.length < 9; left >>= 7n)
      bytes.push(Number(left & 0x7fn) | 0x80);
    return Uint8Array.of(...bytes, 1);
  }
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.of(...bytes, rest);
}

/** A field: a number, a text, or bytes (those of a message, too). */
export function field(number: number, value: number | string | Uint8Array): Uint8Array {
  if (typeof value === 'number') return concat([varint(number * 8 + VARINT), varint(value)]);
  const bytes = typeof value === 'string' ? encodeText(value) : value;
  if (number > 15 || bytes.length > 0x7f) return concat([varint(number * 8 + LENGTH), varint(bytes.length), bytes]);
  const short = new Uint8Array(bytes.length + 2); // most are
  short[0] = number * 8 + LENGTH;
  short[1] = bytes.length;
  short.set(bytes, 2);
  return short;
}

/** A field of four bytes. */
export function floatField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  view(bytes).setFloat32(0, value, true);
  return concat([varint(number * 8 + 5), bytes]);
}

export function concat(parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
