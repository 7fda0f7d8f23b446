import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { LabError, UsageError } from '../console/errors.js';
import { STDOUT } from './write.js';

/**
 * Makes a folder for output, and those above it. `what` names it in errors.
 * @throws LabError if it cannot be made; UsageError for `-`.
 */
export function makeFolder(path: string, what: string, asked: string = path): void {
  if (asked === STDOUT) throw new UsageError('--out is a folder here; standard output cannot take it');
  try {
    make(path);
  } catch (error) {
    throw new LabError(`${what} cannot be made: ${(error as Error).message}`);
  }
}

/** mkdir's own `recursive` never ends below /proc in Node 20. */
function make(path: string): void {
  if (existsSync(path)) return;
  make(dirname(path));
  mkdirSync(path);
}

/**
 * Makes sure that so many bytes, for what `use` names, fit on the disk of a folder.
 * @throws LabError if they do not.
 */
export function requireFree(folder: string, bytes: number, use: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= bytes) return;
  const mib = (n: number): string =>
    `${(n / 2 ** 20).toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MiB`;
  throw new LabError(`${folder}: ${use} ${mib(bytes)}, ${mib(bavail * bsize)} are free on the disk`);
}
