import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasAdapter } from '../scripts/webgpu.mjs';
import { ERF_MODEL } from './support/erf-model.js';
import { artifacts, PATTERNS, patternGraph } from './support/graph-model.js';
import { runSnippets, type Snippet, snippetsOf } from './support/snippets.js';

// Every snippet of the READMEs, the guides and the site's first page runs against the built package, in one process.

const { graph, y } = patternGraph(PATTERNS[0].build);
const { weightData, ...graphModel } = artifacts(graph, [y]);

const modelBytes = Buffer.from(ERF_MODEL, 'base64');
const weights = new Float32Array(weightData as ArrayBuffer);
const weightsManifest = [{ paths: ['weights.bin'], weights: graphModel.weightSpecs }];

/** Files that the guides name. */
const FILES = {
  'model.onnx': modelBytes,
  'model.json': JSON.stringify({ ...graphModel, weightsManifest }),
  'weights.bin': new Uint8Array(weightData as ArrayBuffer),
};

/** What the READMEs' snippets take for granted. */
const ARRAYS = [
  'const float32Array = Float32Array.of(-3, -1, 0, 1, 3, 0.5);',
  'const x = Float32Array.of(-2, -1, 0, 1, 2, 3);',
  'const gradOutput = Float32Array.of(1, 1, 1, 1, 1, 1);',
  'const bias = Float32Array.of(0.1, 0.2);',
  `const handler = { load: async () => ({ ...${JSON.stringify(graphModel)}, weightData: Float32Array.of(${weights}).buffer }) };`,
  `const modelBytes = new Uint8Array(Buffer.from('${ERF_MODEL.replaceAll('\n', '')}', 'base64'));`,
];

const JAX = `
import { defaultDevice, grad, init, jit, numpy as np } from '@jax-js/jax';
await init('wasm');
defaultDevice('wasm');
const x = np.ones([2, 3]); const w = np.ones([3, 2]);`;

const GPU = `
import { nodeDevice } from '${new URL('../scripts/webgpu.mjs', import.meta.url)}';
const device = (globalThis.device = await nodeDevice()); // kept: devices do not survive their collection
const buffer = () => device.createBuffer({ size: 2048, usage: GPUBufferUsage.STORAGE });`;
const BUFFERS =
  'const [input, output, gradOutput, gate, value, gradGate, gradValue] = Array.from({ length: 7 }, buffer);';

/** The lines that a snippet needs before it: those that declare a name which it does not declare itself. */
function before(code: string): string {
  const jax = code.includes("'gelu/jax'");
  if (jax && code.includes('init(')) return '';
  const declared = new Set([...code.matchAll(/^const (\w+)\b/gm)].map(([, name]) => name));
  const arrays = ARRAYS.filter((line) => !declared.has(/^const (\w+)/.exec(line)?.[1] ?? ''));
  if (jax) return JAX;
  if (!code.includes("'gelu/webgpu'")) return arrays.join('\n');
  return [GPU, code.includes('[input, output') ? '' : BUFFERS, arrays[0]].join('\n');
}

const root = join(import.meta.dirname, '..', '..', '..');
const guides = readdirSync(join(root, 'docs', 'guides')).map((name) => `docs/guides/${name}`);
const READMES = ['README.md', 'packages/gelu/README.md', 'packages/native/README.md'];

const canRun = ({ code }: Snippet): boolean => hasAdapter || Boolean(process.env.CI) || !code.includes("'gelu/webgpu'");
const all = [...READMES, 'site/index.md', ...guides].flatMap((file) => snippetsOf(root, file)).filter(canRun);
/** Those on a GPU run apart, since its driver shares their process. */
const [gpu, others] = [true, false].map((on) => all.filter(({ code }) => code.includes("'gelu/webgpu'") === on));
const snippets = [...others, ...gpu];

describe('every snippet runs', () => {
  const home = join(root, 'packages', 'gelu', 'dist');
  const outcomes = [others, gpu].flatMap((some) => runSnippets(some, home, before, FILES));
  const name = ({ file, code }: Snippet, i: number): string => `${i} ${file}: ${code.trim().split('\n')[0]}`;

  test('there are snippets, in every guide', () => {
    expect(snippets.length).toBeGreaterThan(40);
    expect(guides.filter((guide) => !snippets.some(({ file }) => file === guide))).toEqual([]);
  });

  test.each(snippets.map((snippet, i) => [name(snippet, i), snippet, outcomes[i]] as const))(
    '%s',
    (_, snippet, outcome) => {
      expect(outcome.error).toBeNull();
      // Guides promise what is printed, line by line. READMEs shorten it.
      if (!READMES.includes(snippet.file)) expect(outcome.printed).toEqual(snippet.promised);
      const templates = [...snippet.code.matchAll(/^console\.log\(`.*?\/\/ (.+)$/gm)];
      for (const [, promised] of templates) expect(outcome.printed).toContain(promised);
    },
  );
});
