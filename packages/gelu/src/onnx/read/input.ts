import { nodeModule } from '../../shared/environment.js';
import { describe, GeluTypeError } from '../../shared/errors.js';
import { OnnxFormatError } from '../errors.js';

/** A file that is read piece by piece: models may be larger than memory. */
export interface OnnxFile {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` up to `end`. */
  read(start: number, end: number): Uint8Array;
  /** Fills `target` with the bytes from `start` on, for copying without new memory for each part. */
  readInto?(target: Uint8Array, start: number): void;
  /** The same, while the program goes on. */
  load?(target: Uint8Array, start: number): Promise<void>;
  /**
   * The file beside the model that holds data of its tensors, by the path that the model gives: relative, within the model's
   * folder. Only constants that may be part of an activation are read there. Where there is none they stay unknown.
   */
  external?(location: string): OnnxFile | undefined;
}

/** A model: its bytes, or a file. */
export type OnnxInput = Uint8Array | OnnxFile;

/**
 * Opens a file of Node's, and on demand those beside it; `close` it when done. Weights in them are never read.
 *
 * @throws GeluTypeError if `path` is a directory, a pipe or a device; Node's own error if there is no file or it may not be read.
 *
 * @example
 * const file = await openOnnxFile('model.onnx');
 * inspectOnnx(file).gelus.length; // 1
 * file.close();
 */
export async function openOnnxFile(path: string): Promise<OnnxFile & { close(): void }> {
  const [fs, paths] = [await nodeModule('fs'), await nodeModule('path')];
  if (fs === undefined || paths === undefined) throw new GeluTypeError('path', 'given in Node', 'no file system here');
  const { dirname, join } = paths;
  const siblings = new Map<string, Opened | undefined>();
  const file = opened(fs, path);
  return {
    ...file,
    external(location) {
      if (!siblings.has(location)) siblings.set(location, openedIfThere(fs, join(dirname(path), location)));
      return siblings.get(location);
    },
    close() {
      for (const each of [file, ...siblings.values()]) each?.close();
    },
  };
}

type FileSystem = typeof import('node:fs');
type Opened = OnnxFile & { close(): void };

function opened({ closeSync, fstatSync, openSync, read, readSync }: FileSystem, path: string): Opened {
  const descriptor = openSync(path, 'r');
  const status = fstatSync(descriptor);
  if (!status.isFile()) {
    closeSync(descriptor);
    throw new GeluTypeError('path', 'that of a file', status.isDirectory() ? 'a directory' : 'a pipe or device');
  }
  const readInto = (target: Uint8Array, start: number): void => {
    for (let done = 0; done < target.length; ) {
      const count = readSync(descriptor, target, done, target.length - done, start + done);
      if (count === 0) throw ended(start + done);
      done += count;
    }
  };
  const load = (target: Uint8Array, start: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const from = (done: number): void => {
        if (done === target.length) resolve();
        else
          read(descriptor, target, done, target.length - done, start + done, (error, count) => {
            if (error !== null || count === 0) reject(error ?? ended(start + done));
            else from(done + count);
          });
      };
      from(0);
    });
  return {
    size: status.size,
    read(start, end) {
      const bytes = new Uint8Array(end - start);
      readInto(bytes, start);
      return bytes;
    },
    readInto,
    load,
    close: () => closeSync(descriptor),
  };
}

function ended(place: number): OnnxFormatError {
  return new OnnxFormatError('the file ends here: it was changed while being read', place);
}

function openedIfThere(fs: FileSystem, path: string): Opened | undefined {
  try {
    return fs.statSync(path).isFile() ? opened(fs, path) : undefined;
  } catch {
    return undefined;
  }
}

/** A file beside the model, by the path in the model: relative, and not out of the model's folder. */
export function siblingOf(file: OnnxFile, location: string): OnnxFile | undefined {
  const parts = location.split(/[\\/]/);
  if (parts[0] === '' || parts.includes('..') || /^[a-z]:/i.test(location)) return undefined;
  return file.external?.(location);
}

/** Checks an argument. @throws GeluTypeError */
export function requireInput(model: unknown): OnnxFile {
  try {
    if (model instanceof Uint8Array) return { size: model.length, read: (start, end) => model.subarray(start, end) };
    const file = model as OnnxFile | null;
    if (typeof file === 'object' && file !== null && Number.isSafeInteger(file.size) && typeof file.read === 'function')
      return file;
  } catch {
    // a proxy that throws, or was revoked
  }
  throw new GeluTypeError('model', 'a Uint8Array or a file { size, read }', describe(model));
}

/** Pieces of this size are read from files, so that a field costs no read of its own. */
const WINDOW = 1 << 16;

/** A part of a file, through which short reads go. */
export class Window {
  readonly #file: OnnxFile;
  #from = 0;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(file: OnnxFile) {
    this.#file = file;
  }

  /** Good until the next call. */
  read(start: number, end: number): Uint8Array {
    if (end - start > WINDOW) return this.#file.read(start, end);
    const at = this.seek(start, end);
    return this.bytes.subarray(at, at + end - start);
  }

  /** The part of the file that is in memory. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Brings a part no longer than a window into memory. Where in `bytes` it begins. */
  seek(start: number, end: number): number {
    if (start < this.#from || end > this.#from + this.#bytes.length) this.#move(start);
    return start - this.#from;
  }

  /** The byte at a place within the file. */
  byteAt(place: number): number {
    if (place < this.#from || place >= this.#from + this.#bytes.length) this.#move(place);
    return this.#bytes[place - this.#from];
  }

  #move(start: number): void {
    this.#from = start;
    this.#bytes = this.#file.read(start, Math.min(start + WINDOW, this.#file.size));
  }
}
