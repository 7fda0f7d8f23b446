import { closeSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { LabError } from '../console/errors.js';

/** The names of files that are not yet whole. */
export const TEMPORARY: RegExp = /\.\d+\.tmp$/;

/**
 * Writes the whole file or nothing: into a neighbour first, which then takes the file's name. What is too large for memory
 * comes in parts. With `durable` it is on the disk when this returns.
 * @throws LabError if it cannot be written.
 */
export function writeWhole(
  path: string,
  content: string | Uint8Array | Iterable<Uint8Array>,
  { durable = false }: { durable?: boolean } = {},
): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeParts(temporary, content);
    if (durable) synced(temporary);
    renameSync(temporary, path);
    if (durable) synced(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new LabError(`${path} cannot be written: ${(error as Error).message}`);
  }
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

function writeParts(path: string, content: string | Uint8Array | Iterable<Uint8Array>): void {
  const text = typeof content === 'string' ? Buffer.from(content) : content;
  const file = openSync(path, 'w');
  try {
    for (const part of text instanceof Uint8Array ? [text] : text)
      for (let at = 0; at < part.length; ) at += writeSync(file, part, at);
  } finally {
    closeSync(file);
  }
}

/** Waits until a file or folder is on the disk; where the system has no such thing for folders, goes on. */
export function synced(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'EISDIR', 'EBADF'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    closeSync(file);
  }
}
