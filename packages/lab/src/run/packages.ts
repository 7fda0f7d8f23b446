import { existsSync, readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LabError } from '../console/errors.js';

/** The manifest of gelu-lab: its optional peers are the packages that some commands need and most do not. */
const MANIFEST = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  peerDependencies: Readonly<Record<string, string>>;
};

/** Packages that are loaded when a command needs them, with the versions that it takes. */
const OPTIONAL: Readonly<Record<string, string>> = MANIFEST.peerDependencies;

/** Where else than beside gelu-lab they may be: in the user's project, and where `npm install -g` puts them. */
function furtherPlaces(): string[] {
  const prefix = dirname(process.execPath);
  return [process.cwd(), join(dirname(prefix), 'lib'), prefix];
}

/** The folder of an installed package: the nearest from here upwards, else from the user's folder, else a global one. */
export function packageFolder(name: string): string | undefined {
  for (const start of [dirname(fileURLToPath(import.meta.url)), ...furtherPlaces()]) {
    for (let folder = start; ; folder = dirname(folder)) {
      const found = join(folder, 'node_modules', name);
      if (existsSync(join(found, 'package.json'))) return found;
      if (dirname(folder) === folder) break;
    }
  }
  return undefined;
}

type Next<R> = (specifier: string, context: { parentURL?: string }) => R;

/** Lets imports of optional packages find them there too; before anything that imports them is loaded. */
export function resolveFurther(): void {
  const { registerHooks, register } = nodeModule as typeof nodeModule & {
    registerHooks?(hooks: { resolve(specifier: string, context: object, next: Next<unknown>): unknown }): void;
  };
  const places = furtherPlaces().map((place) => pathToFileURL(join(place, 'package.json')).href);
  if (registerHooks === undefined) {
    // Node before 22.15; before 20.6 there is neither.
    register?.(new URL('./resolve-hook.js', import.meta.url), { data: { names: Object.keys(OPTIONAL), places } });
    return;
  }
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (optionalIn(specifier) === undefined) throw error;
        for (const parentURL of places) {
          try {
            return next(specifier, { ...context, parentURL });
          } catch {
            // the next place
          }
        }
        throw error;
      }
    },
  });
}

function optionalIn(specifier: string): string | undefined {
  return Object.keys(OPTIONAL).find((name) => specifier === name || specifier.startsWith(`${name}/`));
}

/** What to do about packages that are not there. */
export function installLine(names: readonly string[]): string {
  return `npm install ${names.map((name) => `${name}@${short(OPTIONAL[name])}`).join(' ')}`;
}

/** '^4.22.0' as '4', '^0.1.25' as '0.1': what needs no quotes in any shell. */
function short(range: string): string {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(range) ?? [];
  return major === '0' ? `0.${minor}` : major;
}

/** @throws LabError that says how to install those that are missing, before work begins that needs them all. */
export function requirePackages(command: string, names: readonly string[]): void {
  const missing = names.filter((name) => packageFolder(name) === undefined);
  if (missing.length > 0) throw missingError(`gelu-lab ${command}`, missing);
}

/** The error for an import that failed since an optional package is not installed; undefined for any other. */
export function missingPackage(error: unknown): LabError | undefined {
  if (!(error instanceof Error) || !/^(ERR_)?MODULE_NOT_FOUND$/.test((error as NodeJS.ErrnoException).code ?? ''))
    return undefined;
  const name = optionalIn(/'([^']+)'/.exec(error.message)?.[1] ?? '');
  return name === undefined ? undefined : missingError('This', [name]);
}

function missingError(what: string, names: readonly string[]): LabError {
  const verb = names.length === 1 ? 'is' : 'are';
  return new LabError(
    `${what} needs ${names.join(', ')}, which ${verb} not installed. Here or beside gelu-lab: ${installLine(names)} (-g if gelu-lab is global)`,
  );
}
