import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { defaultDevice, grad, init, numpy as np } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import * as gelus from 'gelu';
import {
  activationFunction,
  defineActivation,
  GELU,
  gelu,
  geluBackward,
  geluDerivative,
  geluSecondDerivative,
  registerActivation,
} from 'gelu';
import * as jax from 'gelu/jax';
import { inspectOnnx, rewriteOnnx } from 'gelu/onnx';
import * as tfjs from 'gelu/tfjs';
import { loadGraphModel } from 'gelu/tfjs/converter';
import * as tfjsLayers from 'gelu/tfjs/layers';
import { createPool } from 'gelu/threads';
import { createGeluGPU } from 'gelu/webgpu';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeDevice } from '../../gelu/scripts/webgpu.mjs';
import { artifacts, PATTERNS as GRAPH_PATTERNS, patternGraph } from '../../gelu/test/support/graph-model.js';
import { FLOAT16 } from '../src/onnx-models/graph-builder.js';
import { patternModel } from '../src/onnx-models/pattern-model.js';
import { OTHER_PATTERNS, PATTERNS } from '../src/onnx-models/patterns.js';
import { complaints, type Engine, IN_BROWSER, table } from './support/features.js';
import { tensorflow } from './support/features-tensorflow.js';

const pool = await createPool({ threads: 2 });
const device = await nodeDevice();
const gpu = await createGeluGPU(device);

beforeAll(async () => {
  await init('wasm');
  defaultDevice('wasm');
  tf.enableProdMode();
  await tf.setBackend('wasm');
});
afterAll(async () => {
  await pool.close();
  device.destroy();
});

const X = Float32Array.of(-3, -0.5, 0, 0.25, 2);
const G = Float32Array.of(1, 2, 3, 4, 5);
const own = defineActivation({ name: 'own', value: (x) => x / (1 + Math.exp(-x)), domain: [-110, 40] });
registerActivation(own);

/** Large enough for the pool to share it out. */
const TILED = Float32Array.from({ length: 60_000 * X.length }, (_, i) => X[i % X.length]);
const LARGE = Float32Array.from({ length: 300_000 }, (_, i) => (i % 1000) / 100 - 5);

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>, digits = 5): void => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).toBeCloseTo(expected[i], digits);
};
const onTensor = (f: (x: tf.Tensor) => tf.Tensor): ArrayLike<number> => tf.tidy(() => f(tf.tensor1d(X)).dataSync());
const onJax = async (f: (x: np.Array) => np.Array): Promise<Float32Array> =>
  (await f(np.array(X)).data()) as Float32Array;
const slope = (f: (x: np.Array) => np.Array) => grad((x: np.Array) => f(x).sum()) as (x: np.Array) => np.Array;
const onGpu = async (name: string, parameters = {}): Promise<Float32Array> =>
  (await gpu.activation(name, parameters)).forward(X);
const onPool = async (form: object): Promise<void> => expect(await pool.gelu(LARGE, form)).toEqual(gelu(LARGE, form));
const bits = Uint16Array.from({ length: 300_000 }, (_, i) => i % 0x7c00);

type Graph = Parameters<(typeof PATTERNS)[0]['build']>[0];
const modelOf = (form: string) => patternModel(PATTERNS.find(({ variant }) => variant === form)!);

/** A model with one GELU, rewritten and run. */
async function onOnnx(
  x: Float32Array,
  model: Uint8Array,
  options: Parameters<typeof rewriteOnnx>[1],
): Promise<Float32Array> {
  const session = await InferenceSession.create(rewriteOnnx(model, options).bytes(), { logSeverityLevel: 3 });
  const { y } = await session.run({ x: new Tensor('float32', x, [x.length]) });
  await session.release();
  return y.data as Float32Array;
}

type Probe = () => unknown;

/** For every ✓ in the table: what shows that it is there. */
const PROBES: Readonly<Record<string, Readonly<Record<string, Probe>>>> = {
  forward: {
    arrays: () =>
      close(
        gelu(X),
        X.map((x) => gelu(x)),
      ),
    threads: () => onPool({}),
    'TensorFlow.js': () => close(onTensor(tfjs.gelu), gelu(X)),
    'jax-js': async () => close(await onJax(jax.gelu), gelu(X)),
    WebGPU: async () => close(await onGpu('gelu'), gelu(X)),
    ONNX: async () => close(await onOnnx(X, patternModel(PATTERNS[0]), { to: 'gelu' }), gelu(X)),
  },
  backward: {
    arrays: () =>
      close(
        geluBackward(G, X),
        geluDerivative(X).map((d, i) => d * G[i]),
      ),
    threads: async () => expect(await pool.geluBackward(LARGE, LARGE)).toEqual(geluBackward(LARGE, LARGE)),
    'TensorFlow.js': () => close(onTensor(tf.grad((x) => tfjs.gelu(x))), geluDerivative(X)),
    'jax-js': async () => close(await onJax(slope(jax.gelu)), geluDerivative(X)),
    WebGPU: async () => close(await (await gpu.activation('gelu')).backward(G, X), geluBackward(G, X)),
  },
  'second derivative': {
    arrays: () => expect(geluSecondDerivative(0)).toBeCloseTo(Math.sqrt(2 / Math.PI), 15),
    'TensorFlow.js': () => close(onTensor(tf.grad(tf.grad((x) => tfjs.gelu(x)))), geluSecondDerivative(X)),
    'jax-js': async () => close(await onJax(slope(slope(jax.gelu))), geluSecondDerivative(X)),
  },
  'tanh and sigmoid forms': Object.fromEntries(
    Object.entries<(approximate: 'tanh' | 'sigmoid') => Promise<ArrayLike<number>> | ArrayLike<number>>({
      arrays: (approximate) => X.map((x) => gelu(x, { approximate })),
      threads: async (approximate) => (await pool.gelu(TILED, { approximate })).subarray(-X.length),
      'TensorFlow.js': (approximate) => onTensor((x) => tfjs.gelu(x, { approximate })),
      'jax-js': (approximate) => onJax((x) => jax.gelu(x, { approximate })),
      WebGPU: (approximate) => onGpu('gelu', { approximate }),
      ONNX: (approximate) => onOnnx(X, modelOf(approximate), { to: 'accurate' }),
    }).map(([column, run]) => [
      column,
      async () => {
        for (const approximate of ['tanh', 'sigmoid'] as const) close(await run(approximate), gelu(X, { approximate }));
      },
    ]),
  ),
  'mean and std': {
    arrays: () => expect(gelu(0.5, { mean: 0.5, std: 2 })).toBe(0.25),
    threads: () => onPool({ mean: 0.5, std: 2 }),
    'TensorFlow.js': () =>
      close(
        onTensor((x) => tfjs.gelu(x, { mean: 0.5, std: 2 })),
        gelu(X, { mean: 0.5, std: 2 }),
      ),
    'jax-js': async () => close(await onJax((x) => jax.gelu(x, { mean: 0.5, std: 2 })), gelu(X, { mean: 0.5, std: 2 })),
    WebGPU: async () => close(await onGpu('gelu', { mean: 0.5, std: 2 }), gelu(X, { mean: 0.5, std: 2 })),
  },
  'the family': {
    arrays: () =>
      close(
        gelus.mish(X),
        X.map((x) => gelus.mish(x)),
      ),
    threads: async () => expect(await pool.forward(gelus.mish, LARGE)).toEqual(gelus.mish(LARGE)),
    'TensorFlow.js': () =>
      close(
        onTensor((x) => tfjs.activation('mish', x)),
        gelus.mish(X),
      ),
    'jax-js': async () => close(await onJax(jax.mish), gelus.mish(X)),
    WebGPU: async () => close(await onGpu('mish'), gelus.mish(X)),
    ONNX: async () => {
      const model = patternModel(OTHER_PATTERNS.find(({ activation }) => activation === 'hardswish')!);
      close(await onOnnx(X, model, { to: 'standard', activation: 'hardswish' }), gelus.hardswish(X));
    },
  },
  'your own activations': {
    arrays: () => close(activationFunction(own)(X), gelus.silu(X)),
    threads: async () => close(await pool.forward(activationFunction(own), X), gelus.silu(X)),
    'TensorFlow.js': () =>
      close(
        onTensor((x) => tfjs.activation('own', x)),
        gelus.silu(X),
      ),
    'jax-js': async () => close(await onJax(jax.activationFunction('own')), gelus.silu(X)),
    WebGPU: async () => close(await onGpu('own'), gelus.silu(X), 4),
  },
  'gated units': {
    arrays: () => expect(gelus.geglu(Float32Array.of(2, 1), { columns: 2 })[0]).toBeCloseTo(2 * gelu(1), 6),
    'TensorFlow.js': () =>
      close(
        onTensor((x) => tfjs.geglu(x, x)),
        X.map((x) => x * gelu(x)),
      ),
    'jax-js': async () =>
      close(
        await onJax((x) => jax.geglu(x.ref, x)),
        X.map((x) => x * gelu(x)),
      ),
    WebGPU: async () =>
      close(
        await (await gpu.gated('geglu')).forward(X, X),
        X.map((x) => x * gelu(x)),
      ),
    ONNX: () => {
      const build = (g: Graph) => {
        g.node.push({ opType: 'Split', input: ['x'], output: ['value', 'gate'] });
        return g.op('Mul', ['value', PATTERNS[0].build(g, 'gate')]);
      };
      expect(inspectOnnx(patternModel({ build })).gelus[0].gate?.unit).toBe('geglu');
    },
  },
  'stochastic form': {
    arrays: () => expect(new Set(gelus.stochasticGelu(new Float32Array(99).fill(1), { seed: 1 }).output).size).toBe(2),
    'TensorFlow.js': () =>
      close(
        onTensor((x) => tfjs.stochasticGelu(x, { seed: 1 })),
        gelus.stochasticGelu(X, { seed: 1 }).output,
      ),
    'jax-js': async () =>
      close(await onJax((x) => jax.stochasticGelu(x, { seed: 1 })), gelus.stochasticGelu(X, { seed: 1 }).output),
  },
  'PReLU with trained weights': {
    arrays: () => close(gelus.preluBackward(G, X, { weight: [0.25, 0, 1, 2, 3] }).gradWeight, [-3, -1, 0, 0, 0]),
    'jax-js': async () => {
      const loss = (w: np.Array) => jax.prelu(np.array(X), { weight: w }).mul(np.array(G)).sum();
      const slopes = grad(loss as never) as unknown as (w: np.Array) => np.Array;
      close((await slopes(np.array([0.25, 0, 1, 2, 3])).data()) as Float32Array, [-3, -1, 0, 0, 0]);
    },
  },
  'bias + GELU': {
    arrays: () => close(gelus.biasGelu(X, X), gelu(X.map((x) => 2 * x))),
    ONNX: () => {
      const build = (g: Graph) => g.op('BiasGelu', ['x', 'x'], [], 'com.microsoft');
      expect(inspectOnnx(patternModel({ build })).gelus[0].written).toBe('com.microsoft.BiasGelu');
    },
  },
  'a layer': {
    arrays: () => expect(String(new GELU({ approximate: 'tanh' }))).toBe("GELU(approximate='tanh')"),
    'TensorFlow.js': () => {
      const layer = new tfjsLayers.GELU({ inputShape: [5] });
      const model = tfl.sequential({ layers: [layer] });
      close((model.predict(tf.tensor2d(X, [1, 5])) as tf.Tensor).dataSync(), gelu(X));
    },
  },
  'found in models, and rewritten': {
    'TensorFlow.js': async () => {
      const { graph, y } = patternGraph(GRAPH_PATTERNS[0].build);
      const model = await loadGraphModel(tf.io.fromMemory(artifacts(graph, [y])));
      close(
        onTensor((x) => model.predict(x) as tf.Tensor),
        gelu(X),
      );
    },
    ONNX: async () => close(await onOnnx(X, patternModel(PATTERNS[0]), { to: 'gelu' }), gelu(X)),
  },
  'in place': {
    arrays: () => {
      const x = X.slice();
      expect(gelu(x, { out: x })).toBe(x);
      expect(x).toEqual(gelu(X));
    },
    threads: async () => {
      const x = LARGE.slice();
      expect(await pool.gelu(x, { out: x })).toBe(x);
      expect(x).toEqual(gelu(LARGE));
    },
    WebGPU: async () => {
      const buffer = device.createBuffer({ size: 20, usage: 0x8c }); // STORAGE, COPY_DST, COPY_SRC
      device.queue.writeBuffer(buffer, 0, X);
      const encoder = device.createCommandEncoder();
      (await gpu.activation('gelu')).encodeForward(encoder, { input: buffer, output: buffer });
      const result = device.createBuffer({ size: 20, usage: 9 }); // MAP_READ, COPY_DST
      encoder.copyBufferToBuffer(buffer, 0, result, 0, 20);
      device.queue.submit([encoder.finish()]);
      await result.mapAsync(1);
      close(new Float32Array(result.getMappedRange()), gelu(X));
    },
  },
  float64: {
    arrays: () => expect(gelu(Float64Array.of(-30))[0]).toBe(gelu(-30)),
    threads: async () => expect(await pool.gelu(Float64Array.from(LARGE))).toEqual(gelu(Float64Array.from(LARGE))),
  },
  float16: {
    arrays: () => expect(gelu(Uint16Array.of(0x3c00), { dtype: 'float16' })).toEqual(Uint16Array.of(0x3abb)),
    threads: async () => expect(await pool.gelu(bits, { dtype: 'float16' })).toEqual(gelu(bits, { dtype: 'float16' })),
    WebGPU: async () => {
      const half = await gpu.activation('gelu', {}, { dtype: 'float16' });
      expect(await half.forward(Uint16Array.of(0x3c00))).toEqual(Uint16Array.of(0x3abb));
    },
    ONNX: () => expect(inspectOnnx(patternModel(PATTERNS[0], { dtype: FLOAT16 })).gelus[0].dtype).toBe('float16'),
  },
  bfloat16: {
    arrays: () => expect(gelu(Uint16Array.of(0x3f80), { dtype: 'bfloat16' })).toEqual(Uint16Array.of(0x3f57)),
    threads: async () =>
      expect(await pool.gelu(bits, { dtype: 'bfloat16' })).toEqual(gelu(bits, { dtype: 'bfloat16' })),
  },
  'int8, uint8': {
    arrays: () => {
      const quantization = { scale: 0.1, zeroPoint: 0 };
      expect(gelu(Int8Array.of(10), { quantization })).toEqual(Int8Array.of(8));
      expect(gelu(Uint8Array.of(10), { quantization })).toEqual(Uint8Array.of(8));
    },
  },
};

describe.each(table('Features'))('%s', (feature, cells) => {
  test.each(Object.entries(cells))('%s: %s', async (column, cell) => {
    const probe = PROBES[feature]?.[column] as Probe | undefined;
    expect(cell).toBe(probe ? '✓' : '–');
    await probe?.();
  });
});

test('no feature is missing from the table', () => {
  expect(table('Features').map(([name]) => name)).toEqual(Object.keys(PROBES));
});

const form =
  (approximate: 'none' | 'tanh' | 'sigmoid', f = jax.gelu) =>
  (x: np.Array) =>
    f(x, { approximate });
const ofJax = async (f: (x: np.Array) => np.Array, x: Float32Array): Promise<Float32Array> =>
  (await f(np.array(x)).data()) as Float32Array;
const ofTensorflow = (backend: string): Engine => ({
  value: async (x, approximate) => {
    await tf.setBackend(backend);
    return tensorflow.value(x, approximate);
  },
  derivative: async (x, approximate) => {
    await tf.setBackend(backend);
    return tensorflow.derivative!(x, approximate);
  },
});
/** x often enough that the pool shares it out; the last of the results. */
async function shared(x: Float32Array, run: (all: Float32Array) => Promise<Float32Array>): Promise<Float32Array> {
  const all = new Float32Array(5 * x.length);
  for (let i = 0; i < 5; i++) all.set(x, i * x.length);
  return (await run(all)).subarray(4 * x.length);
}

const ENGINES: Readonly<Record<string, Engine>> = {
  arrays: {
    value: async (x, approximate) => gelu(x, { approximate }),
    derivative: async (x, approximate) => geluDerivative(x, { approximate }),
  },
  "arrays, precision 'fast'": {
    value: async (x, approximate) => gelu(x, { approximate, precision: 'fast' }),
    derivative: async (x, approximate) => geluDerivative(x, { approximate, precision: 'fast' }),
  },
  threads: {
    value: (x, approximate) => shared(x, (all) => pool.gelu(all, { approximate })),
    derivative: (x, approximate) => shared(x, (all) => pool.geluDerivative(all, { approximate })),
  },
  'TensorFlow.js cpu': ofTensorflow('cpu'),
  'TensorFlow.js wasm': ofTensorflow('wasm'),
  'jax-js wasm': {
    value: (x, approximate) => ofJax(form(approximate), x),
    derivative: (x, approximate) => ofJax(slope(form(approximate)), x),
  },
  WebGPU: {
    value: async (x, approximate) => (await gpu.activation('gelu', { approximate })).forward(x),
    derivative: async (x, approximate) =>
      (await gpu.activation('gelu', { approximate })).backward(new Float32Array(x.length).fill(1), x),
  },
  "ONNX Runtime, rewritten to 'accurate'": {
    value: (x, approximate) => onOnnx(x, modelOf(approximate), { to: 'accurate' }),
  },
};

test.each(Object.entries(ENGINES))('%s: as accurate as stated', async (row, engine) => {
  expect(await complaints(row, engine)).toEqual([]);
});

test('every row about accuracy is measured, here or in the browser', () => {
  expect(
    table('Accuracy')
      .map(([name]) => name)
      .sort(),
  ).toEqual([...Object.keys(ENGINES), ...IN_BROWSER].sort());
});
