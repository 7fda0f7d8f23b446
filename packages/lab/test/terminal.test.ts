import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/support/folder.js';
import { artifacts, PATTERNS as GRAPH_PATTERNS, patternGraph } from '../../gelu/test/support/graph-model.js';
import { allCommands, commandTree } from '../src/commands/completion/tree.js';
import { root } from '../src/main.js';
import { patternModel } from '../src/onnx-models/pattern-model.js';
import { PATTERNS } from '../src/onnx-models/patterns.js';

// Every command's text on a pseudo-terminal (that of util-linux) of three widths, and without one.

const NOWHERE = ['--queue', 'redis://127.0.0.1:1'];
const TINY_GPT = '--layers 1 --width 8 --heads 2 --context 8 --batch 2 --text book.txt'.split(' ');

/** A short call of each command; `long` ones take minutes here: with GELU_LONG=1 they are run too, else their help is shown. */
const CALLS: Readonly<Record<string, { argv: string[]; long?: boolean; fails?: boolean }>> = {
  tour: { argv: ['--budget', '1', '--steps', '1', '--examples', '128'], long: true },
  study: { argv: ['mnist', '--activations', 'gelu,relu', '--budget', '1s'], long: true },
  worker: { argv: NOWHERE, fails: true },
  'queue status': { argv: NOWHERE, fails: true },
  'queue pause': { argv: ['all', ...NOWHERE], fails: true },
  'queue resume': { argv: ['all', ...NOWHERE], fails: true },
  'queue cancel': { argv: ['all', ...NOWHERE], fails: true },
  'queue simulate': { argv: NOWHERE, fails: true },
  evidence: { argv: ['--out', 'none'], long: true },
  accuracy: { argv: ['--points', '1000'] },
  plot: { argv: ['gelu', 'relu', 'silu:beta=1.5'] },
  compare: { argv: ['gelu', 'gelu_new', 'relu'] },
  flow: { argv: ['--depth', '4', '--width', '8', '--batch', '8'] },
  meanfield: { argv: ['gelu', 'relu'], long: true },
  'onnx inspect': { argv: ['model.onnx'] },
  'onnx rewrite': { argv: ['model.onnx', '--to', 'accurate', '--out', 'out.onnx', '--overwrite'] },
  'onnx bench': { argv: ['--elements', '1000', '--repeats', '1'], long: true },
  'tfjs inspect': { argv: ['model.json'] },
  'tfjs rewrite': { argv: ['model.json', '--out', 'rewritten'] },
  page: { argv: [] },
  train: { argv: ['gpt', '--steps', '1', ...TINY_GPT], long: true },
  sample: { argv: ['none'], fails: true },
  docs: { argv: ['--out', 'pages'], long: true },
  audit: { argv: ['gelu', '--points', '1000', '--elements', '0'] },
  landscape: { argv: ['--quick', '--targets', 'gelu', '--activations', 'gelu'], long: true },
  bench: { argv: ['--only', 'calls', '--repeats', '1'], long: true },
  completion: { argv: ['fish', '--help'] },
};

const commands = allCommands(await commandTree(root)).slice(1);
const leaves = commands.filter(({ children }) => children.length === 0).map(({ path }) => path);

const calls = [
  [],
  ...commands.map(({ path }) => [...path.split(' '), '--help']),
  ...leaves.flatMap((path) => {
    const { argv = [], long = false } = CALLS[path] ?? { long: true };
    return long && process.env.GELU_LONG === undefined ? [] : [[...path.split(' '), ...argv]];
  }),
];

test('each command has a call here', () => {
  expect(Object.keys(CALLS).sort()).toEqual([...leaves].sort());
});

const DRIVER = join(import.meta.dirname, 'support', 'terminal.mjs');
const isThere = ((): boolean => {
  try {
    return /util-linux/.test(execFileSync('script', ['--version'], { encoding: 'utf8' }));
  } catch {
    return false;
  }
})();

interface Shown {
  width: number;
  argv: string;
  code: number;
  text: string;
}

/** What the driver wrote, call by call. */
const parsed = (log: string): Shown[] =>
  [...log.replaceAll('\r', '').matchAll(/@@@ (\d+) (.*)\n([\s\S]*?)\n@@@ (\d+) after/g)].map(
    ([, width, argv, text, code]) => ({ width: Number(width), argv, text, code: Number(code) }),
  );

const codeOf = (argv: string): number =>
  leaves.some((path) => CALLS[path]?.fails && argv === [path, ...CALLS[path].argv].join(' ')) ? 1 : 0;

describe('every command', () => {
  const folder = temporaryFolder('terminal');
  const file = join(folder, 'calls.json');
  writeFileSync(file, JSON.stringify(calls));
  writeFileSync(
    join(folder, 'book.txt'),
    'Call me Ishmael. Some years ago, never mind how long precisely. '.repeat(40),
  );
  const [none, tanh] = (['none', 'tanh'] as const).map((form) => PATTERNS.find(({ variant }) => variant === form)!);
  writeFileSync(join(folder, 'model.onnx'), patternModel({ build: (g, x) => tanh.build(g, none.build(g, x)) }));
  const graph = patternGraph(GRAPH_PATTERNS[0].build);
  const { weightData, weightSpecs, ...rest } = artifacts(graph.graph, [graph.y]);
  writeFileSync(join(folder, 'weights.bin'), new Uint8Array(weightData as ArrayBuffer));
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  writeFileSync(join(folder, 'model.json'), JSON.stringify({ ...rest, weightsManifest }));
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, COLUMNS: ____, ...env } = process.env;
  const driver = (...widths: number[]): string => `'${process.execPath}' '${DRIVER}' '${file}' ${widths.join(' ')}`;
  const options = {
    cwd: folder,
    env: { ...env, TERM: 'xterm-256color' },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  } as const;

  test.skipIf(!isThere)('fits terminals of 60, 80 and 120 columns', () => {
    const command = `${driver(60, 80, 120)} 2>errors.txt`;
    const shown = parsed(execFileSync('script', ['-qec', command, '/dev/null'], options));
    expect(shown.map(({ width, argv }) => `${width} ${argv}`)).toEqual(
      [60, 80, 120].flatMap((width) => calls.map((argv) => `${width} ${argv.join(' ')}`)),
    );
    for (const { width, argv, code, text } of shown) {
      expect([argv, code]).toEqual([argv, codeOf(argv)]);
      const lines = stripVTControlCharacters(text).split('\n');
      // One word that is longer, as a path, cannot be broken.
      expect([argv, lines.filter((line) => line.length > width && /\S \S/.test(line))]).toEqual([argv, []]);
    }
    expect(shown.find(({ argv }) => argv.startsWith('audit gelu'))!.text).toContain('\x1b[32m✔');
  });

  test('without a terminal: no colours, no line broken', () => {
    const shown = parsed(execFileSync('sh', ['-c', `${driver(0)} 2>errors.txt`], options));
    expect(shown.map(({ argv, code }) => [argv, code])).toEqual(
      calls.map((argv) => [argv.join(' '), codeOf(argv.join(' '))]),
    );
    expect(shown.filter(({ text }) => text !== stripVTControlCharacters(text)).map(({ argv }) => argv)).toEqual([]);
    const audit = shown.find(({ argv }) => argv.startsWith('audit gelu'))!.text.split('\n');
    expect(audit.find((line) => line.includes('assert') || line.includes('beyond'))).toMatch(/none +none$/);
  });
});
