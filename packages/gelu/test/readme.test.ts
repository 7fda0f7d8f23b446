import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasAdapter } from '../scripts/webgpu.mjs';
import { artifacts, PATTERNS, patternGraph } from './support/graph-model.js';

// Every snippet of the READMEs runs against the built package, as a stranger would run it.

/** An ONNX model y = x·(1 + erf(x/√2))·½. */
const MODEL = `
CAg6lgIKHQoBeAoCYzISBURpdl8xGgYvRGl2XzEiA0RpdjoACh0KBURpdl8xEgVFcmZfMxoGL0VyZl8zIgNFcmY6AAohCgVFcmZf
MwoCYzUSBUFkZF80GgYvQWRkXzQiA0FkZDoACiAKAXgKBUFkZF80EgVNdWxfNhoGL011bF82IgNNdWw6AAohCgVNdWxfNgoCYzgS
BU11bF83GgYvTXVsXzciA011bDoAChoKBU11bF83EgF5GgIveSIISWRlbnRpdHk6ABIEZ2VsdSoMEAFCAmMySgTzBLU/KgwQAUIC
YzVKBAAAgD8qDBABQgJjOEoEAAAAP1oQCgF4EgsKCQgBEgUKAxIBbmIQCgF5EgsKCQgBEgUKAxIBbkIECgAQEQ==
`;

const { graph, y } = patternGraph(PATTERNS[0].build);
const { weightData, ...graphModel } = artifacts(graph, [y]);

/** What the snippets take for granted. */
const PREAMBLE = `
const float32Array = Float32Array.of(-3, -1, 0, 1, 3, 0.5);
const x = Float32Array.of(-2, -1, 0, 1, 2, 3);
const gradOutput = Float32Array.of(1, 1, 1, 1, 1, 1);
const bias = Float32Array.of(0.1, 0.2);
const handler = { load: async () => ({ ...${JSON.stringify(graphModel)}, weightData: Float32Array.of(${new Float32Array(weightData as ArrayBuffer)}).buffer }) };
const modelBytes = new Uint8Array(Buffer.from('${MODEL.replaceAll('\n', '')}', 'base64'));
`;

const JAX = `
import { defaultDevice, grad, init, jit, numpy as np } from '@jax-js/jax';
await init('wasm');
defaultDevice('wasm');
`;

const GPU = `
import { nodeDevice } from '${new URL('../scripts/webgpu.mjs', import.meta.url)}';
const device = await nodeDevice();
const buffer = () => device.createBuffer({ size: 2048, usage: GPUBufferUsage.STORAGE });
const [input, output, gradOutput, gate, value, gradGate, gradValue] = Array.from({ length: 7 }, buffer);
`;

const folder = join(import.meta.dirname, '..');
const readmes = [join(folder, '..', '..', 'README.md'), join(folder, 'README.md')];
const text = readmes.map((file) => readFileSync(file, 'utf8')).join('\n');
const snippets = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);

test('there are snippets', () => {
  expect(snippets.length).toBeGreaterThan(8);
});

test.each(snippets.map((code): [string, string] => [code.trim().split('\n')[0], code]))('%s', (_, code) => {
  const scratch = mkdtempSync(join(folder, 'dist', 'readme-'));
  try {
    const imports = code.match(/^import .*$/gm) ?? [];
    const body = code.replace(/^import .*$/gm, '');
    const names = [...body.matchAll(/^const (\w+) =/gm)].map(([, name]) => name);
    const preamble = PREAMBLE.split('\n').filter((line) => !names.some((name) => line.startsWith(`const ${name} `)));
    const jax = code.includes('gelu/jax');
    const gpu = code.includes('gelu/webgpu');
    if (gpu && !hasAdapter && !process.env.CI) return;
    const start = jax
      ? [JAX, 'const x = np.ones([2, 3]); const w = np.ones([3, 2]);']
      : gpu
        ? [GPU, preamble[1]]
        : preamble;
    const file = join(scratch, 'snippet.mjs');
    writeFileSync(file, [...imports, ...start, body, jax || gpu ? 'process.exit(0);' : ''].join('\n'));
    const { status, stderr, stdout } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 60_000 });
    expect(`${stdout}${status === 0 ? '' : stderr}`).not.toContain('Error');
    expect(status).toBe(0);
    // What a comment promises of a console.log is what it prints.
    for (const [, promised] of code.matchAll(/^console\.log\(`\$\{.*?\/\/ (.+)$/gm)) expect(stdout).toContain(promised);
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
