import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../console/errors.js';

const LOCK = 'lock';

/**
 * Takes a folder for this process; what is returned gives it back. The lock of a process that has ended counts for nothing.
 * @throws LabError if a process that still runs has it, or it cannot be written to.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, LOCK);
  const write = (flag: 'wx' | 'w'): void => writeFileSync(file, String(process.pid), { flag });
  try {
    write('wx');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const other = code === 'EEXIST' ? holder(file) : 0;
    if (other !== process.pid && isRunning(other))
      throw new LabError(`${folder} is in use by process ${other}; if that is no gelu-lab, delete ${file}`);
    if (code !== 'EEXIST') throw new LabError(`${folder} cannot be written to: ${message}`);
    write('w');
  }
  return () => rmSync(file, { force: true });
}

function holder(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0; // gone meanwhile
  }
}

/** Whether there is such a process. */
export function isRunning(pid: number): boolean {
  if (!(Number.isSafeInteger(pid) && pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
