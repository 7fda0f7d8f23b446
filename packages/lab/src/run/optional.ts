import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The manifest of gelu-lab: its optional peers are the packages that some commands need and most do not. */
const MANIFEST = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  peerDependencies: Readonly<Record<string, string>>;
};

/** Packages that are loaded when a command needs them, with the versions that it takes: each '^major.minor.patch'. */
export const OPTIONAL: Readonly<Record<string, string>> = MANIFEST.peerDependencies;

/** What `landscape` alone needs, in any version, and the one that was measured last. */
export const MEASURED: Readonly<Record<string, string>> = {
  '@litertjs/core': '2.5.3',
  '@tensorflow/tfjs-backend-webgl': '4.22.0',
  '@tensorflow/tfjs-backend-webgpu': '4.22.0',
  bun: '1.4.5',
  deno: '2.9.6',
  esbuild: '0.28.2',
  playwright: '1.65.1',
};

/** The optional package of which `specifier` is a part, if any. */
export function optionalIn(specifier: string): string | undefined {
  return [...Object.keys(OPTIONAL), ...Object.keys(MEASURED)].find(
    (name) => specifier === name || specifier.startsWith(`${name}/`),
  );
}

/** What to do about packages that are not there. */
export function installLine(names: readonly string[]): string {
  return `npm install ${names.map((name) => `${name}@${short(OPTIONAL[name] ?? MEASURED[name])}`).join(' ')}`;
}

/** '^4.22.0' as '4', '^0.1.25' as '0.1': what needs no quotes in any shell. */
function short(range: string): string {
  const [major, minor] = numbersOf(range);
  return major === 0 ? `0.${minor}` : String(major);
}

const numbersOf = (version: string): number[] => (version.match(/\d+/g) ?? []).slice(0, 3).map(Number);

/** Whether a version is within a range '^major.minor.patch': nothing that may break what worked, nothing that is older. */
export function isWithin(version: string, range: string): boolean {
  const [found, least] = [numbersOf(version), numbersOf(range)];
  const fixed = least[0] === 0 ? 2 : 1;
  const differs = least.findIndex((n, i) => n !== found[i]);
  return differs < 0 || (differs >= fixed && found[differs] > least[differs]);
}

/** The code of errors that say that a package has a version that does not do. */
export const WRONG_VERSION = 'GELU_LAB_WRONG_VERSION';

/** Throws, with WRONG_VERSION, if the optional package in `folder` has a version that gelu-lab does not take. */
export function requireVersion(name: string, folder: string): void {
  if (!Object.hasOwn(OPTIONAL, name)) return;
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (isWithin(version, OPTIONAL[name])) return;
  const message = `gelu-lab takes ${name} ${OPTIONAL[name]}, and ${folder} has ${version}: ${installLine([name])}`;
  throw Object.assign(new Error(message), { code: WRONG_VERSION });
}

/** Throws if `url`, to which an import of `specifier` was resolved, is of an optional package with a version that does not do. */
export function requireResolved(specifier: string, url: string): void {
  const name = optionalIn(specifier);
  if (name === undefined || !url.startsWith('file:')) return;
  const path = fileURLToPath(url);
  const place = join('node_modules', name);
  const start = path.lastIndexOf(place);
  if (start >= 0) requireVersion(name, path.slice(0, start + place.length)); // else it is linked from a folder of its own
}
