import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LabError } from '../console/errors.js';
import { installLine, optionalIn, requireResolved, requireVersion, WRONG_VERSION } from './optional.js';

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

type Next = (specifier: string, context: { parentURL?: string }) => { url: string };

/**
 * Lets imports of optional packages find them there too, and refuses versions that do not do; before anything that imports them is
 * loaded.
 */
export function resolveFurther(): void {
  const { registerHooks, register } = nodeModule as typeof nodeModule & {
    registerHooks?(hooks: { resolve(specifier: string, context: object, next: Next): unknown }): void;
  };
  const places = furtherPlaces().map((place) => pathToFileURL(join(place, 'package.json')).href);
  if (registerHooks === undefined) {
    // Node before 22.15; before 20.6 there is neither.
    register?.(new URL('./resolve-hook.js', import.meta.url), { data: { places } });
    return;
  }
  const resolved = (specifier: string, context: object, next: Next): { url: string } => {
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
  };
  registerHooks({
    resolve(specifier, context, next) {
      const found = resolved(specifier, context, next);
      requireResolved(specifier, found.url);
      return found;
    },
  });
}

/**
 * @throws LabError that says how to install those that are missing or have a version that does not do, before work begins that
 * needs them all.
 */
export function requirePackages(command: string, names: readonly string[]): void {
  const folders = names.map(packageFolder);
  const missing = names.filter((_, i) => folders[i] === undefined);
  if (missing.length > 0) throw missingError(`gelu-lab ${command}`, missing);
  try {
    for (const [i, name] of names.entries()) requireVersion(name, folders[i] as string);
  } catch (error) {
    throw missingPackage(error) ?? error;
  }
}

/** The error for an import that failed since an optional package is not installed, or an unfit version is; undefined for others. */
export function missingPackage(error: unknown): LabError | undefined {
  if (error instanceof Error && (error as NodeJS.ErrnoException).code === WRONG_VERSION)
    return new LabError(error.message);
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
