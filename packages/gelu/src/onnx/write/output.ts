import type { Bytes } from '../../shared/globals.js';
import type { OnnxFile } from '../read/input.js';
import type { Piece } from './edit.js';

/** So much is read at a time: what fits in a cache is copied fastest. */
const CHUNK = 1 << 20;

/** A file made of new bytes and of parts of another file. */
export class RewrittenFile implements OnnxFile {
  readonly size: number;
  readonly pieces: Piece[];
  readonly #source: OnnxFile;
  /** Where each piece begins. */
  readonly #begins: number[] = [];

  constructor(source: OnnxFile, pieces: Piece[]) {
    this.#source = source;
    this.pieces = pieces;
    let size = 0;
    for (const piece of pieces) {
      this.#begins.push(size);
      size += lengthOf(piece);
    }
    this.size = size;
  }

  read(start: number, end: number): Uint8Array {
    const bytes = new Uint8Array(end - start);
    for (let i = this.#pieceAt(start); i < this.pieces.length && this.#begins[i] < end; i++) {
      const piece = this.pieces[i];
      const from = Math.max(start - this.#begins[i], 0);
      const to = Math.min(end - this.#begins[i], lengthOf(piece));
      const part =
        piece instanceof Uint8Array
          ? piece.subarray(from, to)
          : this.#source.read(piece.start + from, piece.start + to);
      bytes.set(part, this.#begins[i] + from - start);
    }
    return bytes;
  }

  external(location: string): OnnxFile | undefined {
    return this.#source.external?.(location);
  }

  *chunks({ reuse = false }: { reuse?: boolean } = {}): Iterable<Uint8Array> {
    const source = this.#source;
    const buffer = reuse && source.readInto !== undefined ? new Uint8Array(CHUNK) : undefined;
    for (const piece of this.pieces) {
      if (piece instanceof Uint8Array) {
        yield piece;
        continue;
      }
      for (let start = piece.start; start < piece.end; start += CHUNK) {
        const end = Math.min(start + CHUNK, piece.end);
        const part = buffer?.subarray(0, end - start);
        if (part !== undefined) source.readInto?.(part, start);
        yield part ?? source.read(start, end);
      }
    }
  }

  bytes(): Bytes {
    const whole = new Uint8Array(this.size);
    let at = 0;
    for (const chunk of this.chunks()) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  /** The last piece that begins at or before a place. */
  #pieceAt(place: number): number {
    let low = 0;
    let high = this.pieces.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#begins[middle] <= place) low = middle;
      else high = middle;
    }
    return low;
  }
}

function lengthOf(piece: Piece): number {
  return piece instanceof Uint8Array ? piece.length : piece.end - piece.start;
}
