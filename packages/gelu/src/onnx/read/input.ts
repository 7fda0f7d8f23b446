import { describe, GeluTypeError } from '../../errors.js';
import { nodeModule } from '../../node.js';

/** A file that is read piece by piece: models may be larger than memory. */
export interface OnnxFile {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` up to `end`. */
  read(start: number, end: number): Uint8Array;
}

/** A model: its bytes, or a file. */
export type OnnxInput = Uint8Array | OnnxFile;

/** Opens a file of Node's; `close` it when done. Weights in it are never read. */
export async function openOnnxFile(path: string): Promise<OnnxFile & { close(): void }> {
  const { closeSync, fstatSync, openSync, readSync } = await nodeModule('fs');
  const descriptor = openSync(path, 'r');
  return {
    size: fstatSync(descriptor).size,
    read(start, end) {
      const bytes = new Uint8Array(end - start);
      let done = 0;
      while (done < bytes.length) {
        const count = readSync(descriptor, bytes, done, bytes.length - done, start + done);
        if (count === 0) throw new Error(`${path} ends at byte ${start + done}: it was changed while being read`);
        done += count;
      }
      return bytes;
    },
    close: () => closeSync(descriptor),
  };
}

/** Checks an argument. @throws GeluTypeError */
export function requireInput(model: unknown): OnnxFile {
  if (model instanceof Uint8Array) return { size: model.length, read: (start, end) => model.subarray(start, end) };
  const file = model as OnnxFile | null;
  if (typeof file === 'object' && file !== null && Number.isSafeInteger(file.size) && typeof file.read === 'function')
    return file;
  throw new GeluTypeError('model', 'a Uint8Array or a file { size, read }', describe(model));
}

/** Pieces of this size are read from files, so that a field costs no read of its own. */
const WINDOW = 1 << 16;

/** Short reads go through a window. */
export function windowed({ size, read }: OnnxFile): (start: number, end: number) => Uint8Array {
  let from = 0;
  let window: Uint8Array = new Uint8Array(0);
  return (start, end) => {
    if (end - start > WINDOW) return read(start, end);
    if (start < from || end > from + window.length) {
      from = start;
      window = read(start, Math.min(start + WINDOW, size));
    }
    return window.subarray(start - from, end - from);
  };
}
