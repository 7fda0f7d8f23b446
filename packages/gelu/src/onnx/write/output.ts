import type { OnnxFile } from '../read/input.js';
import type { Piece } from './edit.js';

/** So much is read at a time. */
const CHUNK = 1 << 22;

/** A file made of new bytes and of parts of another file. */
export class RewrittenFile {
  readonly size: number;
  readonly pieces: Piece[];
  readonly #source: OnnxFile;

  constructor(source: OnnxFile, pieces: Piece[]) {
    this.#source = source;
    this.pieces = pieces;
    this.size = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
  }

  *chunks(): Iterable<Uint8Array> {
    for (const piece of this.pieces) {
      if (piece instanceof Uint8Array) yield piece;
      else
        for (let start = piece.start; start < piece.end; start += CHUNK)
          yield this.#source.read(start, Math.min(start + CHUNK, piece.end));
    }
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.size);
    let at = 0;
    for (const chunk of this.chunks()) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }
}

function lengthOf(piece: Piece): number {
  return piece instanceof Uint8Array ? piece.length : piece.end - piece.start;
}
