// Makes `npm start` and `npm test` work from a bare clone: installs what the lock file says and builds,
// each only when needed. `--force` rebuilds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.gelu-installed');
const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error || status !== 0) {
    console.error(`setup: '${command} ${args.join(' ')}' failed${error ? `: ${error.message}` : ''}`);
    process.exit(status || 1);
  }
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`setup: Node 20 or newer is needed, this is ${process.version}`);
  process.exit(1);
}
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash) {
  console.log('Installing the dependencies (once) …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lockHash);
}
const force = process.argv.includes('--force') ? ['--force'] : [];
const library = join(root, 'packages', 'gelu');
run(process.execPath, [join(library, 'scripts', 'build-kernels.mjs'), ...force]);
run(process.execPath, [join(library, 'scripts', 'generate.mjs')]);
run(process.execPath, [join(library, 'scripts', 'build-worker.mjs')]);
run(process.execPath, [join(root, 'packages', 'native', 'scripts', 'build.mjs'), '--install', ...force]);
// Types are checked with those of the tests, once: npm run typecheck.
run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--build', '--noCheck', ...force]);
const bundled = join(library, 'dist', '.bundled');
const time = (file) => statSync(file).mtimeMs;
const scripts = ['bundle', 'pure', 'build-worker'].map((name) => `scripts/${name}.mjs`);
const bundledFrom = ['dist/.tsbuildinfo', 'package.json', ...scripts];
if (!existsSync(bundled) || bundledFrom.some((file) => time(join(library, file)) > time(bundled)))
  run(process.execPath, [join(library, 'scripts', 'bundle.mjs')]);
const lab = join(root, 'packages', 'lab');
const page = join(lab, 'dist', 'page.html');
if (!existsSync(page) || statSync(join(lab, 'dist', '.tsbuildinfo')).mtimeMs > statSync(page).mtimeMs)
  run(process.execPath, [join(lab, 'scripts', 'build-page.mjs')]);
