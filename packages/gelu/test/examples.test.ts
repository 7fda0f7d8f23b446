import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hasAdapter, nodeDevice } from '../scripts/webgpu.mjs';
import { ERF_MODEL } from './support/erf-model.js';
import { artifacts, PATTERNS, patternGraph } from './support/graph-model.js';
import { publicNames } from './support/public-names.js';

// Every public function, class and constant of every entry has an example in its doc comment, and it gives what it says.

const names = publicNames();

test('every public name is documented, with an example', () => {
  expect(names.length).toBeGreaterThan(180);
  const lacking = names.filter(({ documented, examples }) => !documented || examples.length === 0);
  expect(lacking.map(({ entry, name }) => `${entry} ${name}`)).toEqual([]);
});

/** A result as examples write it. */
function written(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} [${(value as Float64Array).join(', ')}]`;
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Runs an example; gives for each `expression; // result` what it is and what is promised. */
async function run(example: string, scope: Record<string, unknown>): Promise<[string, string][]> {
  const steps = example.split('\n').map((line) => {
    const [, expression, result] = /^ *(?!const |let )(\S.*); \/\/ (.*)$/.exec(line) ?? [];
    return expression === undefined ? line : `found.push([written(${expression}), ${JSON.stringify(result)}]);`;
  });
  const body = `return (async () => { const found = []; ${steps.join('\n')}\nreturn found; })();`;
  return new Function('written', ...Object.keys(scope), body)(written, ...Object.values(scope));
}

const { graph, y } = patternGraph(PATTERNS[0].build);
const { weightData, weightSpecs, ...json } = artifacts(graph, [y]);
const folder = mkdtempSync(join(tmpdir(), 'examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function tensorFlow(): Promise<Record<string, unknown>> {
  const tf = await import('@tensorflow/tfjs-core');
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  return { tf };
}

const canRun = hasAdapter || Boolean(process.env.CI);

/** What the examples of an entry take for granted, its own exports aside. */
const scopes: Readonly<Record<string, () => Promise<Record<string, unknown>>>> = {
  gelu: () => import('../src/complete.js'),
  'gelu/native': () => import('../src/native.js'),
  'gelu/numerics': async () => {
    const { activation } = await import('../src/complete.js');
    return { ...(await import('../src/numerics.js')), activation };
  },
  'gelu/threads': () => import('../dist/threads/index.js' as string),
  'gelu/jax': async () => {
    const { defaultDevice, init, jit, numpy: np } = await import('@jax-js/jax');
    await init('wasm');
    defaultDevice('wasm');
    return { ...(await import('../src/jax/index.js')), jit, np };
  },
  'gelu/tfjs': async () => ({ ...(await tensorFlow()), ...(await import('../src/tfjs/index.js')) }),
  'gelu/tfjs/converter': async () => ({
    ...(await tensorFlow()),
    ...(await import('../src/tfjs/converter/index.js')),
    handler: { load: async () => ({ ...json, weightSpecs, weightData }) },
  }),
  'gelu/tfjs/graph': async () => ({
    ...(await import('../src/tfjs/graph/index.js')),
    model: { ...json, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }] },
    weights: weightData,
  }),
  'gelu/tfjs/layers': async () => {
    const { layers, sequential } = await import('@tensorflow/tfjs-layers');
    const scope = await tensorFlow();
    const saved = sequential({ layers: [layers.activation({ activation: 'relu', inputShape: [1] })] });
    const layersModel = { load: async () => ({ modelTopology: JSON.parse(saved.toJSON(null, true) as string) }) };
    return { ...scope, ...(await import('../src/tfjs/layers/index.js')), layersModel };
  },
  'gelu/onnx': async () => {
    const model = new Uint8Array(Buffer.from(ERF_MODEL, 'base64'));
    writeFileSync(join(folder, 'model.onnx'), model);
    return { ...(await import('../src/onnx/index.js')), model, runtime: await import('onnxruntime-node') };
  },
  'gelu/webgpu': async () => {
    if (!canRun) return {};
    const webgpu = await import('../src/webgpu/index.js');
    const device = await nodeDevice();
    return { ...webgpu, device, gpu: await webgpu.createGeluGPU(device) };
  },
};

const numbers = (text: string): number[] => JSON.parse(/\[.*\]/.exec(text)?.[0] ?? '[]');

/** Inside other frameworks results are within 1 ULP, which compares numbers, not their digits. */
function expectClose(actual: string, promised: string): void {
  const [values, exact] = [numbers(actual), numbers(promised)];
  expect(values.length).toBe(exact.length);
  for (const [i, value] of values.entries())
    expect(Math.abs(value - exact[i])).toBeLessThanOrEqual(2 ** -22 * Math.abs(exact[i]));
}

describe.each(Object.keys(scopes))('%s', (entry) => {
  const own = names.filter((name) => name.entry === entry);
  let scope: Promise<Record<string, unknown>> | undefined;
  test.each(own.map(({ name, examples }) => [name, examples] as const))('%s', async (_, examples) => {
    if (entry === 'gelu/webgpu' && !canRun) return;
    scope ??= scopes[entry]();
    const known = await scope;
    for (const example of examples)
      for (const [actual, promised] of await run(example.replace('model.onnx', join(folder, 'model.onnx')), known))
        if (/^gelu\/(jax|tfjs|webgpu)/.test(entry) && promised.includes('[')) expectClose(actual, promised);
        else expect(actual).toBe(promised);
  });
});
