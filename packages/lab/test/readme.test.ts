import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/support/folder.js';
import { artifacts, PATTERNS as GRAPH_PATTERNS, patternGraph } from '../../gelu/test/support/graph-model.js';
import { patternModel } from '../src/onnx-models/pattern-model.js';
import { PATTERNS } from '../src/onnx-models/patterns.js';
import { Lab } from './support/lab.js';
import { putSmallMnist } from './support/small-mnist.js';
import { reluKernel } from './support/wasm-kernel.js';

// Every call of gelu-lab in the code blocks of the READMEs and the guides, by the built program, in a folder that holds what they name.

const ROOT = join(import.meta.dirname, '..', '..', '..');

const folder = temporaryFolder('readme');
const lab = new Lab(folder);

const guides = readdirSync(join(ROOT, 'docs', 'guides')).map((name) => `docs/guides/${name}`);
const lines = ['README.md', 'packages/lab/README.md', ...guides].flatMap((file) =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    [...block.matchAll(/gelu-lab (.*?)(?:\s+#\s.*|\s*[)|].*)?$/gm)].map(([, call]) => call.trim()),
  ),
);
/** In the overview stands the name alone, also of those that want more. */
const NAMES = ['plot', 'compare', 'audit', 'onnx', 'tfjs', 'study', 'worker', 'queue', 'train', 'sample'];
/** What is measured for minutes has tests of its own: here it is only looked at. */
const LONG = ['tour', 'bench', 'onnx bench'];
const calls = [...new Set(lines)].filter((call) => !NAMES.includes(call) && !LONG.includes(call));

/** Where no server is: nothing is sent to the addresses of the READMEs. */
const NOWHERE = 'redis://127.0.0.1:1';

/** Options that make a call short, by its first words; null takes one away. Those further down add to those above. */
const SHORT: readonly (readonly [start: string, options: Readonly<Record<string, string | null>>])[] = [
  ['accuracy', { points: '1000' }],
  ['audit', { points: '1000', elements: '0' }],
  ['evidence', { out: 'docs' }],
  ['flow', { depth: '2', width: '4', batch: '8', draws: '1' }],
  ['meanfield gelu relu --draws', { draws: '2', depth: '2', width: '16' }],
  ['landscape', { targets: 'math', activations: 'relu' }],
  ['landscape --quick --port', { targets: null }],
  ['sample', { tokens: '5' }],
  // Without data, but all before them is checked; the study to be resumed has some.
  ['study', { data: 'no-data', budget: '1s' }],
  ['study --resume', { data: null }],
  ['study mnist --budget full --queue', { queue: NOWHERE }],
  ['worker', { queue: NOWHERE }],
  ['queue', { queue: NOWHERE }],
  ['train', { steps: '1', time: null }],
  ['train gpt', { layers: '1', width: '8', heads: '2', context: '8', batch: '2', text: 'book.txt' }],
  ['train gpt --text book.txt --from', { layers: null, width: null, heads: null, context: null }],
  ['train mnist', { layers: '1', width: '4', data: 'mnist' }],
  ['train --resume', { steps: null }],
];
/** Exit codes other than 0: a target that is no good GELU. */
const CODES: Readonly<Record<string, number>> = {
  'audit kernel.wasm#gelu': 1,
  'audit model.onnx': 1,
  'audit tfjs:wasm --form tanh': 1,
};

const fails = (argv: readonly string[]): boolean => argv.includes('no-data') || argv.includes(NOWHERE);

const UNDERSTOOD = { code: 0, out: '', err: '' };

const words = (call: string): string[] =>
  [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word);

function shortened(call: string): string[] {
  const argv = words(call);
  const options = Object.assign({}, ...SHORT.filter(([start]) => call.startsWith(start)).map(([, some]) => some));
  for (const [name, value] of Object.entries<string | null>(options)) {
    const at = argv.indexOf(`--${name}`);
    if (at >= 0) argv.splice(at, 2);
    if (value !== null) argv.push(`--${name}`, value);
  }
  return argv;
}

beforeAll(async () => {
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('book.txt'), 'Call me Ishmael. Some years ago, never mind how long precisely. '.repeat(40));
  const exact = `import { gelu as f, geluDerivative as d } from '${join(ROOT, 'packages/gelu/dist/index.js')}';
    export const gelu = (x) => Math.fround(f(x)); export const dgelu = (x) => Math.fround(d(x));`;
  writeFileSync(at('my.mjs'), exact);
  mkdirSync(at('node_modules/some-package'), { recursive: true });
  writeFileSync(at('node_modules/some-package/index.js'), exact);
  writeFileSync(at('node_modules/some-package/package.json'), '{"type":"module","main":"index.js"}');
  writeFileSync(at('kernel.wasm'), await reluKernel('gelu'));
  const [none, tanh] = (['none', 'tanh'] as const).map((form) => PATTERNS.find(({ variant }) => variant === form)!);
  writeFileSync(at('model.onnx'), patternModel({ build: (g, x) => tanh.build(g, none.build(g, x)) }));
  const graph = patternGraph(GRAPH_PATTERNS[0].build);
  const { weightData, weightSpecs, ...rest } = artifacts(graph.graph, [graph.y]);
  writeFileSync(at('weights.bin'), new Uint8Array(weightData as ArrayBuffer));
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  writeFileSync(at('model.json'), JSON.stringify({ ...rest, weightsManifest }));
  putSmallMnist(at('mnist'));
  mkdirSync(at('runs'));
  for (const [argv, name] of [
    [shortened('train gpt'), 'train-gpt'],
    [words('study mnist --activations gelu --budget 1s --data mnist'), 'study-mnist'],
  ] as const) {
    expect((await lab.call(...argv, '--out', 'first')).code).toBe(0);
    renameSync(join(at('first'), readdirSync(at('first'))[0]), join(at('runs'), `<time>-${name}`));
  }
  mkdirSync(at('gpt2'));
  cpSync(join(at('runs'), '<time>-train-gpt', 'model.safetensors'), join(at('gpt2'), 'model.safetensors'));
}, 240_000);

/** Wider than the 80 columns that there are, though there was a place to break it. */
const isTooWide = (line: string): boolean => line.length > 80 && /\S \S/.test(line);

const commands = [...new Set(lines.map((call) => call.split(' ')[0]))];

test.each(['', ...commands])('the help of gelu-lab %s fits 80 columns', async (name) => {
  const { out } = await lab.call(...words(name), '--help');
  expect(out).toMatch(/USAGE/);
  expect(out.split('\n').filter(isTooWide)).toEqual([]);
});

test('the READMEs call every command', () => {
  expect(new Set(lines.map((call) => call.split(' ')[0]))).toEqual(
    new Set([
      'tour',
      'accuracy',
      'bench',
      'plot',
      'compare',
      'page',
      'audit',
      'landscape',
      'onnx',
      'tfjs',
      'study',
      'worker',
      'queue',
      'evidence',
      'train',
      'sample',
      'flow',
      'meanfield',
      'completion',
    ]),
  );
});

test.each(LONG)('gelu-lab %s is a call', async (call) => {
  expect(lines).toContain(call);
  expect(await lab.check(...words(call))).toEqual(UNDERSTOOD);
});

test.each(calls)(
  'gelu-lab %s',
  async (call) => {
    expect(await lab.check(...words(call).filter((word) => word !== '--help'))).toEqual(UNDERSTOOD);
    const argv = shortened(call);
    const { code, out, err } = await lab.call(...argv);
    expect([code, err]).toEqual([CODES[call] ?? (fails(argv) ? 1 : 0), expect.not.stringMatching(/at .*\.[jt]s:\d+/)]);
    if (argv.includes(NOWHERE)) expect(err).toMatch(/cannot be reached: .*ECONNREFUSED/);
    else if (argv.includes('no-data')) expect(err).toMatch(/no-data/);
    else expect(out).not.toBe('');
    if (argv.includes('--json') && code === 0) JSON.parse(out);
    else if (!call.startsWith('completion')) expect(out.split('\n').filter(isTooWide)).toEqual([]);
    const file = argv[argv.indexOf('--out') + 1];
    if (argv.includes('--out')) expect(existsSync(join(folder, file))).toBe(true);
  },
  60_000,
);

test('no command keeps the process from ending', async () => {
  expect(await lab.close()).toBe(0);
});
