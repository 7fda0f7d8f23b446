import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './packages.js';

/** The version of an installed package, 'unknown' if there is none. */
export function packageVersion(name: string): string {
  const folder = packageFolder(name);
  if (folder === undefined) return 'unknown';
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}
