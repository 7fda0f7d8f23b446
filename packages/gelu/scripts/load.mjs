// A mixed load of all entries in one process: after it, resident memory must not be more than 5 % above that after the first minute.
//
//   node packages/gelu/scripts/load.mjs [--minutes 10] [--seed 1] [--only arrays,threads]     prints a line every ten seconds, exit code 1 above 5 %
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { defaultDevice, grad, init, jit, numpy as np } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { patternModel } from '../../lab/dist/onnx-models/pattern-model.js';
import { PATTERNS } from '../../lab/dist/onnx-models/patterns.js';
import * as library from '../dist/esm/complete.js';
import * as jax from '../dist/esm/jax/index.js';
import { inspectOnnx, rewriteOnnx } from '../dist/esm/onnx/index.js';
import * as tfjs from '../dist/esm/tfjs/index.js';
import { createPool } from '../dist/esm/threads/index.js';
import { createGeluGPU } from '../dist/esm/webgpu/index.js';
import { hasAdapter, nodeDevice } from './webgpu.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc');

let state = Number(values.seed);
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const numbers = (Kind, most = 40_000) =>
  Kind.from({ length: 1 + Math.floor(random() * most) }, () => 20 * random() - 15);
const names = library.activations.map(({ name }) => name);
let next = 0; // in turn, so that all of them come in the first minute
const words = (most) => Uint16Array.from({ length: 1 + Math.floor(random() * most) }, () => random() * 65536);

/** Parameters of an activation that has some, mostly new ones. */
const PARAMETERS = {
  gelu: () => pick([{ approximate: 'tanh' }, { approximate: 'sigmoid' }, { mean: random(), std: 0.5 + random() }]),
  silu: () => ({ beta: 0.1 + 3 * random() }),
  elu: () => ({ alpha: 2 * random() }),
  celu: () => ({ alpha: 0.1 + random() }),
  lalu: () => ({ location: random(), scale: 0.5 + random() }),
  softplus: () => ({ beta: 0.5 + random() }),
  squareplus: () => ({ b: 1 + random() }),
  leakyRelu: () => ({ negativeSlope: random() }),
};
const options = (name) => (random() < 0.3 ? PARAMETERS[name]?.() : undefined);

const pool = await createPool({ threads: 2 });
await init('wasm');
defaultDevice('wasm');
tf.enableProdMode();
await tf.setBackend('wasm');
const gpu = hasAdapter ? await createGeluGPU(await nodeDevice()) : undefined;
const loss = jit(grad((x) => jax.gelu(x).sum()));
const models = PATTERNS.map((pattern) => patternModel(pattern));
let sum = 0; // so that nothing is left out

const LOADS = {
  async arrays() {
    const name = names[next++ % names.length];
    const f = library.activationFunction(name);
    const kind = pick(['float32', 'float32', 'float64', 'float16', 'int8']);
    const given = options(name);
    if (kind === 'float16') sum += f(words(5000), { ...given, dtype: 'float16' })[0];
    else if (kind === 'int8')
      sum += f(new Int8Array(999).fill(5), { ...given, quantization: { scale: 0.1, zeroPoint: 1 } })[0];
    else {
      const x = numbers(kind === 'float32' ? Float32Array : Float64Array);
      sum += f(x, given)[0] + f.backward(x, x, given)[0];
      sum += new (library.activationLayer(name))(given).forward(x)[0];
    }
  },
  async heap() {
    const arrays = Array.from({ length: 5 }, () => library.allocate('float32', 1 + Math.floor(random() * 50_000)));
    for (const x of arrays) sum += library.gelu(x, { out: x })[0];
    for (const x of arrays) library.free(x);
  },
  async gated() {
    sum += library.swiglu(new Float32Array(8000).fill(random()), { columns: 100 })[0];
    sum += library.stochasticGelu(numbers(Float32Array, 2000), { seed: 3 }).output[0];
  },
  async threads() {
    const x = numbers(Float32Array, 400_000);
    const name = pick(names);
    sum += (await pool.forward(library.activationFunction(name), x, options(name)))[0];
  },
  async tfjs() {
    await tf.setBackend(pick(['cpu', 'wasm']));
    const tensors = tf.tidy(() => {
      const x = tf.tensor1d(numbers(Float32Array, 20_000));
      return [tfjs.activation(pick(['gelu', 'mish', 'silu', 'hardswish']), x), tf.grad((v) => tfjs.gelu(v))(x)];
    });
    sum += (await tensors[0].data())[0];
    tf.dispose(tensors);
  },
  async jax() {
    const x = np.array(new Float32Array(8192).fill(random()));
    sum += (await loss(x).data())[0];
    sum += (await jax.mish(np.array(new Float32Array(4096).fill(random()))).data())[0];
  },
  async onnx() {
    const model = pick(models);
    sum +=
      inspectOnnx(model).gelus.length +
      rewriteOnnx(model, { to: pick(['accurate', 'gelu', 'decomposed']) }).bytes().length;
  },
  ...(gpu && {
    async webgpu() {
      const kernel = await gpu.activation(pick(['gelu', 'silu', 'mish']));
      sum += (await kernel.forward(numbers(Float32Array, 20_000)))[0];
    },
  }),
};

/** In MiB, the least of some looks: garbage comes and goes. */
async function resident() {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
    least = Math.min(least, process.memoryUsage.rss() / 2 ** 20);
  }
  return least;
}

const wanted = values.only?.split(',') ?? Object.keys(LOADS);
const done = Object.fromEntries(Object.keys(LOADS).map((name) => [name, 0]));
// What is kept of functions with parameters, on every thread, is full before the first minute begins.
for (let i = 0; i < 20; i++)
  for (const [name, parameters] of Object.entries(PARAMETERS)) {
    const [f, given] = [library.activationFunction(name), parameters()];
    const x = numbers(Float32Array, 5000);
    sum += f(x, given)[0] + f.backward(x, x, given)[0];
    sum += (await pool.forward(f, new Float32Array(300_000).fill(random()), given))[0];
  }
const start = performance.now();
let first;
for (let mark = 10; mark <= 60 * minutes; mark += 10) {
  while (performance.now() - start < 1000 * mark) {
    const name = pick(wanted);
    await LOADS[name]();
    done[name]++;
  }
  const now = await resident();
  if (mark === 60) first = now;
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  const parts = [heapUsed, external, arrayBuffers].map((bytes) => (bytes / 2 ** 20).toFixed(0)).join(' ');
  console.log(
    `${mark} s: ${now.toFixed(1)} MiB resident (heap, external, buffers: ${parts}); tensors ${tf.memory().numTensors}`,
  );
}
const last = await resident();
await pool.close();
const change = last / (first ?? last) - 1;
console.log(`${JSON.stringify(done)}, sum ${sum}`);
console.log(
  `after 60 s ${first?.toFixed(1)} MiB, after ${60 * minutes} s ${last.toFixed(1)} MiB: ${(100 * change).toFixed(1)} %`,
);
process.exit(change > 0.05 ? 1 : 0);
