import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/support/folder.js';
import { hasAdapter } from '../scripts/webgpu.mjs';

// docs/adding-an-activation.md, followed to the letter in a copy of the repository.

const root = join(import.meta.dirname, '..', '..', '..');
const text = readFileSync(join(root, 'docs', 'adding-an-activation.md'), 'utf8');
const [, file] = /`(packages\/gelu\/src\/activations\/[\w-]+\.ts)`/.exec(text) ?? [];
const [, code] = /```ts\n(import[\s\S]*?)```/.exec(text) ?? [];
const commands = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, lines]) => lines.trim().split('\n'));
const data = 'packages/gelu/reference/data/family/tanh-exp.json';
/** Made by `python3 packages/gelu/reference/family.py tanh-exp` with the file of the document; for where there is no mpmath. */
const made = join(import.meta.dirname, 'data', 'tanh-exp.json');

const hasPython = spawnSync('python3', ['-c', 'import mpmath']).status === 0;
const folder = temporaryFolder('recipe');
const NOT_COPIED = /^(node_modules|\.git|runs)$/;

/** The repository without its history; its modules are linked, but for its own packages. */
function copy(): void {
  for (const name of readdirSync(root))
    if (!NOT_COPIED.test(name))
      cpSync(join(root, name), join(folder, name), {
        recursive: true,
        filter: (path) => !path.endsWith('/node_modules'),
      });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    const own = { gelu: 'gelu', 'gelu-lab': 'lab' }[name];
    const target = own ? join(folder, 'packages', own) : join(root, 'node_modules', name);
    symlinkSync(target, join(folder, 'node_modules', name));
  }
}

/** A command in the copy; gives what it prints. */
function run(command: string): string {
  const { VITEST: _vitest, VITEST_MODE: _mode, VITEST_WORKER_ID: _id, NODE_ENV: _env, ...env } = process.env;
  const done = spawnSync('bash', ['-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1' },
    maxBuffer: 2 ** 26,
  });
  if (done.status !== 0) throw new Error(`${command}\n${done.stdout.slice(-4000)}\n${done.stderr.slice(-4000)}`);
  return done.stdout;
}

/** The command of the document that contains this. */
function command(part: string): string {
  const found = commands.find((line) => line.includes(part));
  if (!found) throw new Error(`the document has no command with ${part}`);
  return found;
}

/** The files of the copy that differ from the repository's, builds aside. */
function changed(): string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const name = path === '' ? entry.name : `${path}/${entry.name}`;
      if (/^(node_modules|dist|prebuilds|__pycache__|runs|worker\.generated\.ts)$|\.tsbuildinfo$/.test(entry.name))
        continue;
      if (entry.isDirectory()) visit(name);
      else {
        const original = join(root, name);
        if (!existsSync(original) || !readFileSync(original).equals(readFileSync(join(folder, name)))) found.push(name);
      }
    }
  };
  visit('');
  return found.sort();
}

const HOUR = 3_600_000;

beforeAll(() => {
  copy();
  writeFileSync(join(folder, file), code);
  if (hasPython) run(command('family.py'));
  else {
    mkdirSync(join(folder, data, '..'), { recursive: true });
    copyFileSync(made, join(folder, data));
  }
  run(command('setup.mjs'));
}, HOUR);

test.skipIf(!hasPython)('the reference run gives what is kept for where it cannot be run', () => {
  expect(readFileSync(join(folder, data), 'utf8')).toBe(readFileSync(made, 'utf8'));
});

test('one file is written by hand', () => {
  expect(changed()).toEqual(
    [
      file,
      data,
      ...['activations/registry', 'functions/family', 'layers/family', 'jax/functions'].map(
        (name) => `packages/gelu/src/${name}.generated.ts`,
      ),
    ].sort(),
  );
});

test(
  'the tests of all activations hold for it: definition, facts, function, layer, kernel, jax-js, shaders, WebGPU, examples',
  () => {
    const printed = run(`${command('vitest')} --reporter=verbose`);
    const files = ['family', 'facts'].map((name) => `activations/${name}`);
    files.push(
      'functions/family',
      'layers/family',
      'kernels/family/kernel',
      'jax/index',
      'shaders/segments',
      'test/examples',
    );
    if (hasAdapter) files.push('webgpu/accuracy');
    for (const name of files) expect(printed).toMatch(new RegExp(`✓.*${name}[.a-z]*\\.test\\.ts.*anhExp`));
  },
  HOUR,
);

test(
  'the built package has it: function, layer, gate, TensorFlow.js, jax-js, each within 1 ULP of the reference in float32',
  () => {
    const script = `
      import { readFileSync } from 'node:fs';
      import { activation, glu, layerFromJSON, TanhExp, tanhExp } from 'gelu';
      import { ulp } from 'gelu/numerics';
      import * as tf from '@tensorflow/tfjs-core';
      import '@tensorflow/tfjs-backend-cpu';
      import { defaultDevice, grad, init, numpy as np } from '@jax-js/jax';
      const { activation: ofTensor } = await import('gelu/tfjs');
      const { tanhExp: ofArray } = await import('gelu/jax');
      await tf.setBackend('cpu');
      await init('wasm');
      defaultDevice('wasm');
      const [{ ranges }] = JSON.parse(readFileSync('${data}', 'utf8'));
      const rows = Object.values(ranges).flat().filter(([x, [, , e]]) => Math.fround(x) === x && e === undefined);
      const x = Float32Array.from(rows, ([x]) => x);
      const layer = layerFromJSON(JSON.stringify(new TanhExp()));
      const worst = (y, order) =>
        Math.max(...rows.map(([, ...e], i) => Math.abs(y[i] - e[order][0]) / ulp(e[order][0], 'float32')));
      const ones = new Float32Array(x.length).fill(1);
      const pairs = Float32Array.from({ length: 2 * x.length }, (_, i) => (i % 2 ? x[i >> 1] : 1));
      const results = {
        points: x.length,
        function: worst(tanhExp(x), 0),
        backward: worst(tanhExp.backward(ones, x), 1),
        layer: worst(layer.forward(x), 0),
        gate: worst(glu(pairs, { columns: 2, activation: 'tanhExp' }), 0),
        tfjs: worst(ofTensor('tanhExp', tf.tensor1d(x)).dataSync(), 0),
        jax: worst(await ofArray(np.array(x)).data(), 0),
        gradient: worst(await grad((v) => ofArray(v).sum())(np.array(x)).data(), 1),
      };
      console.log(JSON.stringify(results));
      process.exit(0);`;
    writeFileSync(join(folder, 'packages', 'lab', 'check.mjs'), script);
    const { points, gradient, ...others } = JSON.parse(run('node packages/lab/check.mjs').trim().split('\n').at(-1)!);
    rmSync(join(folder, 'packages', 'lab', 'check.mjs'));
    expect(points).toBeGreaterThan(10);
    for (const [name, ulps] of Object.entries(others)) expect(ulps, name).toBeLessThanOrEqual(1);
    expect(gradient).toBeLessThanOrEqual(2);
  },
  HOUR,
);

describe('the lab has it', () => {
  const lab = (args: string): string => run(`node packages/lab/dist/cli.js ${args}`);
  test('compare', () => expect(run(command('compare'))).toContain('TanhExp'), HOUR);
  test('plot', () => expect(lab('plot tanhExp')).toContain('TanhExp'), HOUR);
  test(
    'flow',
    () => {
      expect(lab('flow --activations tanhExp --depth 4 --width 16 --batch 16 --out flow-runs')).toContain('TanhExp');
      rmSync(join(folder, 'flow-runs'), { recursive: true });
    },
    HOUR,
  );
  test(
    'train',
    () => {
      const size = '--layers 1 --width 16 --heads 1 --context 16 --batch 2 --steps 2';
      const text = 'docs/adding-an-activation.md'; // short, so that there is little to evaluate
      expect(lab(`train gpt --activation tanhExp --text ${text} ${size} --out train-runs`)).toMatch(/\d/);
      rmSync(join(folder, 'train-runs'), { recursive: true });
    },
    HOUR,
  );
  test(
    'page',
    () => {
      lab('page --out page-of-it');
      expect(readFileSync(join(folder, 'page-of-it', 'index.html'), 'utf8')).toContain('TanhExp');
      rmSync(join(folder, 'page-of-it'), { recursive: true });
    },
    HOUR,
  );
  test(
    'documentation',
    () => {
      lab('docs --out docs-of-it');
      const page = readFileSync(join(folder, 'docs-of-it', 'tanh-exp.md'), 'utf8');
      expect(page).toContain('x·tanh(exp(x))');
      expect(existsSync(join(folder, 'docs-of-it', 'tanh-exp.svg'))).toBe(true);
      rmSync(join(folder, 'docs-of-it'), { recursive: true });
    },
    HOUR,
  );
});

test(
  'a function without a line at its ends is told what it can have',
  () => {
    const [, snippet] = /```ts\n(const snake[\s\S]*?)```/.exec(text) ?? [];
    const script = `
    import { activationFunction, defineActivation } from 'gelu';
    ${snippet}
    const y = activationFunction(snake)(new Float32Array([1, -2, 1000]));
    const exact = [1 + Math.sin(1) ** 2, -2 + Math.sin(2) ** 2, 1000];
    if (y.some((v, i) => Math.abs(v - exact[i]) > 2 ** -23 * Math.abs(exact[i]))) throw new Error(String(y));
    try {
      defineActivation({ name: 'snake2', value: (x) => x + Math.sin(x) ** 2, domain: [-10, 10], below: { slope: 1 }, above: { slope: 1 } });
    } catch (error) { console.log(error.name, error.message); }`;
    writeFileSync(join(folder, 'packages', 'lab', 'snake.mjs'), script);
    expect(run('node packages/lab/snake.mjs')).toMatch(/GeluRangeError 'below' must be the line/);
    rmSync(join(folder, 'packages', 'lab', 'snake.mjs'));
  },
  HOUR,
);
