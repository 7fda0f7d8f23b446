// Compiles the kernels to prebuilds/<platform>-<architecture>/node.napi.node, as `node-gyp-build` looks for them. Does nothing
// when the sources have not changed; `--force` compiles in any case, `--all` also for the platforms that a cross compiler is
// here for. Without any compiler it says so in one line: the library works as without this package. `--install` fetches gcc
// by apt where that may be done: on Debian, as root, never in CI.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLATFORMS } from './platforms.mjs';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = join(here, 'src');
const require = createRequire(import.meta.url);

const hash = createHash('sha256');
for (const folder of [sources, join(here, 'scripts')])
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)));
const stamp = hash.digest('hex');

function execute(command, args) {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stderr}`);
}

/** What the linker for Windows must be told of node.exe. */
function importLibrary(tool, folder) {
  const { symbols } = require('node-api-headers');
  const { js_native_api_symbols, node_api_symbols } = symbols.v8;
  const [definition, library] = [join(folder, 'node.def'), join(folder, 'libnode.a')];
  const names = [...new Set([...js_native_api_symbols, ...node_api_symbols])];
  writeFileSync(definition, `NAME NODE.EXE\nEXPORTS\n${names.join('\n')}\n`);
  execute(tool, ['-d', definition, '-l', library]);
  return library;
}

function build(name, compiler, { files, flags, link, tool }) {
  const folder = mkdtempSync(join(tmpdir(), 'gelu-native-'));
  const target = join(here, 'prebuilds', name);
  try {
    const made = Object.entries(files).map(([file, own]) => {
      const object = join(folder, file.replace('.c', '.o'));
      const include = `-I${require('node-api-headers').include_dir}`;
      execute(compiler, [...flags, ...own, include, '-c', join(sources, file), '-o', object]);
      return object;
    });
    if (tool !== undefined) made.push(importLibrary(tool, folder));
    mkdirSync(target, { recursive: true });
    execute(compiler, [...link, ...made, '-o', join(target, 'node.napi.node')]);
    writeFileSync(join(target, '.sources'), stamp);
    console.log(`Compiled gelu-native for ${name}.`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const runs = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

function findCompiler({ compilers }, install) {
  const found = compilers.find(runs);
  if (found || !install || process.env.CI || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
  console.log('Installing gcc for the native kernels (once) …');
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], options).status === 0;
  const packages = ['install', '-y', '--no-install-recommends', 'gcc', 'libc6-dev'];
  if (!apt(...packages) && apt('update')) apt(...packages);
  return compilers.find(runs);
}

const own = `${process.platform}-${process.arch}`;
let failed = false;
for (const [name, platform] of Object.entries(PLATFORMS)) {
  if (name !== own && !process.argv.includes('--all')) continue;
  const last = join(here, 'prebuilds', name, '.sources');
  const fresh = existsSync(last) && readFileSync(last, 'utf8') === stamp;
  if (fresh && !process.argv.includes('--force')) continue;
  const compiler = findCompiler(platform, name === own && process.argv.includes('--install'));
  if (compiler === undefined) {
    console.log(`gelu-native for ${name} is left out: there is no ${platform.compilers.join(' or ')} here.`);
    continue;
  }
  try {
    build(name, compiler, platform);
  } catch (error) {
    failed = true;
    console.error(`gelu-native for ${name}: ${error.message}`);
  }
}
if (failed) process.exit(1);
