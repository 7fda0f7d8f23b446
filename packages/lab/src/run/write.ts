import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LabError } from '../console/errors.js';

/** The names of files that are not yet whole. */
export const TEMPORARY: RegExp = /\.\d+\.tmp$/;

type Content = string | Uint8Array | Iterable<Uint8Array>;

/** What stands for standard output where a file is asked for. */
export const STDOUT = '-';

/** Writes what the user asked to have in a file: `-` is standard output, all else as `writeWhole`. */
export function writeOutput(path: string, content: Content): void {
  if (path !== STDOUT) writeWhole(path, content);
  else for (const part of partsOf(content)) process.stdout.write(Buffer.from(part)); // a copy: parts may share their memory
}

/** The same of content that comes bit by bit, and may be read while what came before is written. */
export async function writeStream(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  if (path === STDOUT) {
    for await (const part of content) process.stdout.write(Buffer.from(part));
    return;
  }
  const file = begin(path);
  try {
    for await (const part of content) file.write(part);
    file.finish();
  } catch (error) {
    throw file.failed(error);
  }
}

/** Where a command says what it did: on the error stream, if the output itself is on standard output. */
export function say(path: string | undefined, text: string): void {
  (path === STDOUT ? process.stderr : process.stdout).write(text);
}

/**
 * Writes the whole file or nothing: into a neighbour first, which then takes the file's name. What is too large for memory
 * comes in parts. With `durable` it is on the disk when this returns. A link stays, and what it points to is written; a file
 * keeps its mode; devices and pipes are written to, not replaced.
 * @throws LabError if it cannot be written.
 */
export function writeWhole(path: string, content: Content, { durable = false }: { durable?: boolean } = {}): void {
  const file = begin(path, durable);
  try {
    for (const part of partsOf(content)) file.write(part);
    file.finish();
  } catch (error) {
    throw file.failed(error);
  }
}

/** A file on its way: `finish` gives it its name, `failed` takes away what there is of it. */
interface Begun {
  write(part: Uint8Array): void;
  finish(): void;
  failed(error: unknown): LabError;
}

/** @throws LabError if it cannot be written. */
function begin(path: string, durable = false): Begun {
  const refusal = (error: unknown): LabError => new LabError(`${path} cannot be written: ${(error as Error).message}`);
  let temporary: string | undefined;
  let file: number | undefined;
  const close = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  try {
    const target = targetOf(resolve(path));
    const there = statSync(target, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new Error('it is a folder');
    const inPlace = (there !== undefined && !there.isFile()) || /^\/(dev|proc)\//.test(target);
    // Who may not write the file may perhaps replace it, but does not mean to.
    if (there !== undefined && !inPlace) accessSync(target, constants.W_OK);
    temporary = inPlace ? undefined : `${target}.${process.pid}.tmp`;
    file = openSync(temporary ?? target, inPlace ? 'a' : 'w');
    if (there !== undefined && !inPlace) fchmodSync(file, there.mode & 0o7777);
    return {
      write(part) {
        for (let at = 0; file !== undefined && at < part.length; ) at += writeSync(file, part, at);
      },
      finish() {
        close();
        if (temporary !== undefined) rename(temporary, target, durable);
      },
      failed(error) {
        close();
        if (temporary !== undefined) rmSync(temporary, { force: true });
        return error instanceof LabError ? error : refusal(error);
      },
    };
  } catch (error) {
    close();
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw refusal(error);
  }
}

function rename(temporary: string, path: string, durable: boolean): void {
  if (durable) synced(temporary);
  try {
    renameSync(temporary, path);
  } catch (error) {
    // A file that is mounted by itself, as into a container, has a name that cannot be taken.
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error;
    copyFileSync(temporary, path);
    rmSync(temporary);
  }
  if (durable) synced(dirname(path));
}

/** As many links as systems follow. */
const MOST_LINKS = 40;

/** What a link points to in the end, also where nothing is there yet. */
function targetOf(path: string): string {
  let target = path;
  for (let links = 0; lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink(); links++) {
    if (links === MOST_LINKS) throw new Error('too many links, or links in a circle');
    // Those below /dev and /proc name what is open, which may have no path.
    if (/^\/(dev|proc)\//.test(target)) return target;
    target = resolve(dirname(target), readlinkSync(target));
  }
  return target;
}

function partsOf(content: Content): Iterable<Uint8Array> {
  if (typeof content === 'string') return [Buffer.from(content)];
  return content instanceof Uint8Array ? [content] : content;
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
