import { decodeText } from './text.js';

/** Longer texts are no names. */
const LONGEST = 256;
/** So many places of the table are tried for a text. */
const PROBES = 8;

/**
 * Decodes texts so that equal ones are one string, as far as there is room: a name stands in a file several times, and maps find a string
 * that they hold without comparing it.
 */
export class TextTable {
  #texts: (string | undefined)[] = new Array(1 << 10);
  #hashes = new Int32Array(1 << 10);
  #count = 0;

  /** The text from one place in `bytes` up to another. */
  decode(bytes: Uint8Array, from: number = 0, to: number = bytes.length): string {
    if (to - from > LONGEST) return decodeText(bytes.subarray(from, to));
    let hash = 0x811c9dc5; // FNV-1a
    let all = 0;
    for (let i = from; i < to; i++) {
      all |= bytes[i];
      hash = Math.imul(hash ^ bytes[i], 0x01000193);
    }
    if (all > 0x7f) return decodeText(bytes.subarray(from, to));
    hash ^= hash >>> 15;
    const mask = this.#texts.length - 1;
    for (let i = hash; i < hash + PROBES; i++) {
      const known = this.#texts[i & mask];
      if (known === undefined) return this.#add(i & mask, hash, bytes.subarray(from, to));
      if (this.#hashes[i & mask] === hash && isText(known, bytes, from, to)) return known;
    }
    return decodeText(bytes.subarray(from, to));
  }

  #add(slot: number, hash: number, bytes: Uint8Array): string {
    const text = String.fromCharCode.apply(null, bytes as unknown as number[]);
    this.#texts[slot] = text;
    this.#hashes[slot] = hash;
    if (++this.#count > this.#texts.length / 2) this.#grow();
    return text;
  }

  #grow(): void {
    const [texts, hashes] = [this.#texts, this.#hashes];
    this.#texts = new Array(4 * texts.length);
    this.#hashes = new Int32Array(4 * texts.length);
    const mask = this.#texts.length - 1;
    for (const [old, text] of texts.entries()) {
      let at = hashes[old];
      for (let tries = 0; tries < PROBES && this.#texts[at & mask] !== undefined; tries++) at++;
      if (text === undefined || this.#texts[at & mask] !== undefined) continue;
      this.#texts[at & mask] = text;
      this.#hashes[at & mask] = hashes[old];
    }
  }
}

function isText(text: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let i = from; i < to; i++) if (text.charCodeAt(i - from) !== bytes[i]) return false;
  return true;
}
