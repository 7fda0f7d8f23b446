import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';

/** A new folder for the tests of a file; it is removed after them. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `gelu-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Likewise, and every test finds it empty. */
export function emptyFolder(name: string): string {
  const folder = temporaryFolder(name);
  afterEach(() => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
  });
  return folder;
}
