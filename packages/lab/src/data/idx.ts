import { gunzipSync } from 'node:zlib';
import { DataError } from '../console/errors.js';
import { readBytes } from './files.js';

/** An array of unsigned bytes in the IDX format of the MNIST files. */
export interface Idx {
  shape: number[];
  bytes: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Reads an IDX file of unsigned bytes, plain or gzipped: two zero bytes, the type (8), the number of dimensions, their
 * sizes as big-endian 32-bit integers, then the data.
 * @throws DataError naming the file, if it is missing, cut short or of another format or number of dimensions.
 */
export function readIdx(path: string, dimensions: number): Idx {
  const fail = (what: string): never => {
    throw new DataError(`${path}: ${what}`);
  };
  let file: Buffer = readBytes(path);
  if (file[0] === 0x1f && file[1] === 0x8b) {
    try {
      file = gunzipSync(file);
    } catch (error) {
      fail(`damaged gzip data: ${(error as Error).message}`);
    }
  }
  const header = 4 + 4 * dimensions;
  if (file.length < header) fail(`an IDX header has ${header} bytes, the file has ${file.length}`);
  if (file[0] !== 0 || file[1] !== 0 || file[2] !== UNSIGNED_BYTE || file[3] !== dimensions) {
    const magic = [0, 0, UNSIGNED_BYTE, dimensions].map(hex).join(' ');
    fail(
      `an IDX file here starts with the bytes ${magic}, this one with ${[...file.subarray(0, 4)].map(hex).join(' ')}`,
    );
  }
  const shape = Array.from({ length: dimensions }, (_, i) => file.readUInt32BE(4 + 4 * i));
  const size = shape.reduce((product, n) => product * n, 1);
  if (file.length !== header + size) fail(`${shape.join('×')} bytes announced, ${file.length - header} found`);
  return { shape, bytes: file.subarray(header) };
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
