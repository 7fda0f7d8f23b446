// The folders in which tools are installed, once, and programs are tried.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Installed tools are kept here from run to run. */
export const cache = process.env.GELU_ECOSYSTEM ?? join(tmpdir(), 'gelu-ecosystem');

/** Packages that the adapters' programs need, in the versions of this repository. */
export const PEERS = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu', '@jax-js/jax'];

/** The version of a package that is installed in a folder. */
export const versionIn = (folder, name) =>
  JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;

/** Packs both packages and returns their tarballs' paths. */
export function packAll() {
  const place = join(cache, 'tarballs');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  return Object.fromEntries(
    ['gelu', 'lab'].map((name) => {
      const packed = call('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', place], {
        cwd: join(root, 'packages', name),
      });
      return [name, join(place, JSON.parse(packed)[0].filename)];
    }),
  );
}

/** A folder with these packages installed (from the registry, once) and the library from its tarball. */
export function toolFolder(name, packages, tarball) {
  const wanted = [...packages].sort();
  const key = createHash('sha256').update(wanted.join('\n')).digest('hex').slice(0, 8);
  const folder = join(cache, `${name}-${key}`);
  if (!existsSync(join(folder, '.installed'))) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "name": "program", "version": "1.0.0", "private": true }\n');
    call('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', ...wanted], {
      cwd: folder,
    });
    writeFileSync(join(folder, '.installed'), '');
  }
  const library = join(folder, 'node_modules', 'gelu');
  rmSync(library, { recursive: true, force: true });
  mkdirSync(library, { recursive: true });
  call('tar', ['-xzf', tarball, '-C', library, '--strip-components=1']);
  return folder;
}

/** The adapters' frameworks as arguments for npm: what this repository has. */
export const peers = () => PEERS.map((name) => `${name}@${versionIn(root, name)}`);

/** A new folder within a tool's, emptied, with these files. */
export function programFolder(folder, name, files) {
  const place = join(folder, name);
  rmSync(place, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  return place;
}

export const copy = (from, to) => cpSync(from, to, { recursive: true });

/** What a command prints. Throws with what it said if it fails. */
export function call(command, args, options = {}) {
  const { status, stdout, stderr, error, signal } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 300_000,
    maxBuffer: 2 ** 26,
    ...options,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...options.env },
  });
  if (status === 0) return stdout;
  throw new Error(
    `${command} ${args.join(' ').slice(0, 200)}: ${error?.message ?? signal ?? `code ${status}`}\n${stderr}${stdout}`,
  );
}

/** Starts a server; resolves when it answers at `url`. `stop` ends it. */
export async function serve(command, args, url, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const stop = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // it has ended by itself
    }
  };
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`${command} ended: ${said}`);
    try {
      await fetch(url);
      return { stop, said: () => said };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  stop();
  throw new Error(`${command} does not answer at ${url}: ${said}`);
}
