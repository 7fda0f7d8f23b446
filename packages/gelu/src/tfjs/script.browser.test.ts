import cpu from '@tensorflow/tfjs-backend-cpu/dist/tf-backend-cpu.min.js?url';
import type * as Converter from '@tensorflow/tfjs-converter';
import converter from '@tensorflow/tfjs-converter/dist/tf-converter.min.js?url';
import type * as Core from '@tensorflow/tfjs-core';
import core from '@tensorflow/tfjs-core/dist/tf-core.min.js?url';
import type * as Layers from '@tensorflow/tfjs-layers';
import layers from '@tensorflow/tfjs-layers/dist/tf-layers.min.js?url';
import { beforeAll, expect, test } from 'vitest';
import { artifacts, PATTERNS, patternGraph } from '../../test/support/graph-model.js';
import { gelu as onArrays } from '../functions/gelu.js';
import type { GraphModelJSON } from './graph/index.js';

// TensorFlow.js from <script>s, as a page without a bundler has it: another copy than the one that is imported here.

type Tf = typeof Core & typeof Layers & typeof Converter;
let tf: Tf;
let ours: typeof import('./index.js');

beforeAll(async () => {
  for (const src of [core, cpu, layers, converter]) {
    const script = document.createElement('script');
    script.src = src;
    const loaded = new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = reject;
    });
    document.head.append(script);
    await loaded;
  }
  tf = (globalThis as unknown as { tf: Tf }).tf;
  await tf.setBackend('cpu');
  ours = await import('./index.js');
});

test('operations take its tensors and work on its backend', () => {
  const gelu = ours.gelu as unknown as (x: Core.Tensor) => Core.Tensor;
  const x = tf.tensor1d([-1, 1]);
  for (const [i, v] of onArrays(Float32Array.of(-1, 1)).entries()) expect(gelu(x).dataSync()[i]).toBeCloseTo(v, 6);
  expect(tf.grad(gelu)(x).dataSync()[1]).toBeCloseTo(1.0833155, 6);
});

test('names, layers and parameters are known to its layers', async () => {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 2, inputShape: [2], activation: 'silu' as 'relu', kernelInitializer: 'ones' }));
  const y = model.predict(tf.tensor2d([[1, 1]])) as Core.Tensor;
  expect(y.dataSync()[0]).toBeCloseTo(2 / (1 + Math.exp(-2)), 6);
  const layer = (class_name: string, config: object) => ({
    class_name: 'Sequential',
    config: { name: 's', layers: [{ class_name, config: { name: 'l', batch_input_shape: [null, 2], ...config } }] },
  });
  const run = async (topology: object) => {
    const handler = tf.io.fromMemory({ modelTopology: topology, weightSpecs: [], weightData: new ArrayBuffer(0) });
    return Array.from(((await tf.loadLayersModel(handler)).predict(tf.tensor2d([[-1, 1]])) as Core.Tensor).dataSync());
  };
  expect((await run(layer('LeakyReLU', { negative_slope: 0.5 })))[0]).toBe(-0.5);
  expect((await run(layer('GELU', { approximate: 'tanh' })))[1]).toBeCloseTo(0.841192, 6);
  const file = { keras_version: '3.8.0', model_config: layer('Activation', { activation: 'hard_sigmoid' }) };
  expect((await run(file))[1]).toBeCloseTo(4 / 6, 6);
});

test('a rewritten graph runs in its converter', async () => {
  const { rewriteGraphModel } = await import('./graph/index.js');
  const { graph, y } = patternGraph(PATTERNS[0].build);
  const files = artifacts(graph, [y]);
  const { model } = rewriteGraphModel(files as GraphModelJSON, files.weightData as ArrayBuffer);
  const loaded = await tf.loadGraphModel(tf.io.fromMemory(model as Core.io.ModelArtifacts));
  const result = loaded.predict(tf.tensor1d([-Infinity, 1])) as Core.Tensor;
  const [least, one] = result.dataSync();
  expect(least).toBe(-0);
  expect(one).toBeCloseTo(onArrays(1), 6);
});
