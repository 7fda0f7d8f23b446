import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const library = fileURLToPath(new URL('../..', import.meta.url));
const installed = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

/** `npm pack` of the library as it is built; made once for each build, for all tests. */
function pack(): string {
  const sources = ['dist/.bundled', 'package.json', 'README.md', 'LICENSE'].map((name) => join(library, name));
  const kept = join(library, 'node_modules', '.cache', 'packed');
  const path = join(kept, `${sources.map((file) => statSync(file).mtimeMs).join('-')}.tgz`);
  if (existsSync(path)) return path;
  mkdirSync(kept, { recursive: true });
  const old = readdirSync(kept);
  const folder = mkdtempSync(join(kept, 'new-'));
  const packed = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], library);
  renameSync(join(folder, JSON.parse(packed)[0].filename), path);
  rmSync(folder, { recursive: true });
  for (const name of old) if (name.endsWith('.tgz')) rmSync(join(kept, name), { force: true });
  return path;
}

/** A folder of a program that has installed what `npm pack` makes of the library, and nothing else. */
export class Consumer {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'gelu-packed-'));

  readonly tarball: string = pack();

  constructor() {
    const place = join(this.folder, 'node_modules', 'gelu');
    mkdirSync(place, { recursive: true });
    run('tar', ['-xzf', this.tarball, '-C', place, '--strip-components=1'], this.folder);
    this.write('package.json', '{ "type": "module", "private": true }');
  }

  /** Makes a package of this repository's known to the program, as if it had been installed. */
  addPackage(name: string): void {
    const link = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(installed, name), link);
  }

  write(name: string, text: string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** What `node <arguments>` prints, run in the folder. Throws with what it says on failure. */
  node(...args: string[]): string {
    return run(process.execPath, args, this.folder);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}
