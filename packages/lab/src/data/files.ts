import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../console/errors.js';

/** A data set that does not come with a package: what the user is told where it is missing. */
export interface Source {
  /** 'CIFAR-10' */
  name: string;
  /** Where it is to be had, in a sentence. */
  fetch: string;
  files: readonly string[];
}

/**
 * Checks that a folder holds all of a source's files, before anything is read.
 * @throws DataError that says what is missing, what to fetch and where to put it.
 */
export function requireFiles(folder: string | null, { name, fetch, files }: Source): string {
  const missing = folder === null ? files : files.filter((file) => !existsSync(join(folder, file)));
  if (folder !== null && missing.length === 0) return folder;
  const where = folder === null ? 'no folder is given' : `${folder} lacks ${missing.join(', ')}`;
  throw new DataError(`${name}: ${where}. ${fetch} Put ${files.join(', ')} into a folder and name it: --data FOLDER`);
}

/** @throws DataError naming the file, if it cannot be read. */
export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new DataError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
