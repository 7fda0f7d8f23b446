import type { Bytes } from '../../shared/globals.js';
import type { OnnxFile } from '../read/input.js';
import type { Piece } from './edit.js';

/** So much is read at a time: what fits in a cache is copied fastest. */
const CHUNK = 1 << 20;
/** Where one part is read while the one before is written, by another core: both have to fit. */
const AHEAD = 1 << 19;
/** What is shorter is read at once. */
const SHORT = 1 << 16;

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
    this.#collect(start, end, (piece, from, to, at) => {
      const part =
        piece instanceof Uint8Array
          ? piece.subarray(from, to)
          : this.#source.read(piece.start + from, piece.start + to);
      bytes.set(part, at);
    });
    return bytes;
  }

  /** The parts of pieces of which the bytes between two places are made, and where there they stand. */
  #collect(start: number, end: number, take: (piece: Piece, from: number, to: number, at: number) => void): void {
    for (let i = this.#pieceAt(start); i < this.pieces.length && this.#begins[i] < end; i++) {
      const piece = this.pieces[i];
      const from = Math.max(start - this.#begins[i], 0);
      const to = Math.min(end - this.#begins[i], lengthOf(piece));
      take(piece, from, to, this.#begins[i] + from - start);
    }
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

  async *stream(): AsyncGenerator<Uint8Array, void> {
    const buffers = [0, 1].map(() => new Uint8Array(Math.min(AHEAD, this.size)));
    let next: Promise<Uint8Array> | undefined = this.#fill(buffers[0], 0);
    try {
      for (let start = 0, turn = 1; next !== undefined; turn ^= 1) {
        const chunk: Uint8Array = await next;
        start += chunk.length;
        next = start < this.size ? this.#fill(buffers[turn], start) : undefined;
        next?.catch(() => undefined); // who stops here does not ask for it
        yield chunk;
      }
    } finally {
      await next?.catch(() => undefined);
    }
  }

  /** The bytes from `start` on, as many as fit. */
  async #fill(buffer: Uint8Array, start: number): Promise<Uint8Array> {
    const chunk = buffer.subarray(0, Math.min(buffer.length, this.size - start));
    const loads: Promise<void>[] = [];
    this.#collect(start, start + chunk.length, (piece, from, to, at) => {
      const part = chunk.subarray(at, at + to - from);
      if (piece instanceof Uint8Array) part.set(piece.subarray(from, to));
      else if (part.length > SHORT && this.#source.load !== undefined)
        loads.push(this.#source.load(part, piece.start + from));
      else part.set(this.#source.read(piece.start + from, piece.start + to));
    });
    await Promise.all(loads);
    return chunk;
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
