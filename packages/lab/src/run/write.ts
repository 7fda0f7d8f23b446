import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { LabError } from '../errors.js';

/** Writes the whole file or nothing: into a neighbour first, which then takes the file's name. */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new LabError(`${path} cannot be written: ${(error as Error).message}`);
  }
}
