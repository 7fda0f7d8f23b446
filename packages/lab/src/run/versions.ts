import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version of an installed package: of the nearest one from this file upwards, 'unknown' if there is none. */
export function packageVersion(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (true) {
    try {
      return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
    } catch {
      if (dirname(folder) === folder) return 'unknown';
      folder = dirname(folder);
    }
  }
}
