import { defaultDevice, init, numpy as np } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { silu } from 'gelu';
import { createPool } from 'gelu/threads';
import { expect, test } from 'vitest';
import { hasAdapter, nodeDevice } from '../scripts/webgpu.mjs';
import * as jax from '../src/jax/index.js';
import * as graph from '../src/tfjs/graph/index.js';
import * as tfjs from '../src/tfjs/index.js';
import * as layers from '../src/tfjs/layers/index.js';
import { createGeluGPU } from '../src/webgpu/index.js';
import { argument, arrays, constants, contents, type Make, memory, odd, options } from './support/odd.js';

// The functions of `gelu/threads`, `gelu/jax`, `gelu/tfjs` and `gelu/webgpu` on odd inputs: as `fuzz.test.ts` for the others.
// A tenth of GELU_FUZZ_CALLS calls of each, which are slower; from SEED.
const CALLS = Number(process.env.GELU_FUZZ_CALLS ?? 10_000) / 10;
const SEED = Number(process.env.SEED ?? 12);

type Called = (...args: unknown[]) => unknown;
type Case = readonly [name: string, f: Called];

const functionsOf = (exported: object): Case[] =>
  Object.entries(exported).filter(([name, f]) => typeof f === 'function' && !/Error$/.test(name)) as Case[];
/** Methods of an object. */
const methods = (name: string, object: object, keys: readonly string[]): Case[] =>
  keys.map((key) => [`${name}.${key}`, (...args) => (object as Record<string, Called>)[key](...args)]);
const made = (...makers: Make[]) => fc.constantFrom(...makers);
const OURS = /^(Gelu(Type|Range|State)Error|GraphModelError)$/;

/** Calls them at random, also with arguments that only they take; `release` takes each result. */
async function fuzz(cases: readonly Case[], own: fc.Arbitrary<Make>, calls = CALLS, release?: (y: unknown) => unknown) {
  const args = fc.array(fc.oneof({ weight: 2, arbitrary: own }, { weight: 3, arbitrary: argument }), { maxLength: 4 });
  const seen = { errors: 0, results: 0 };
  await fc.assert(
    fc.asyncProperty(fc.nat(cases.length - 1), args, async (which, makers) => {
      const [name, f] = cases[which];
      const given = makers.map((make) => make());
      memory.fill(7);
      const before = contents(given);
      try {
        const result = await f(...given);
        await release?.(result);
        seen.results++;
      } catch (error) {
        if (!OURS.test((error as Error).name)) throw new Error(`${name}: ${error}`, { cause: error });
        expect(contents(given)).toEqual(before);
        seen.errors++;
      }
    }),
    { seed: SEED, numRuns: calls },
  );
  expect(Math.min(seen.errors, seen.results)).toBeGreaterThan(0);
}

test('gelu/threads', async () => {
  const pool = await createPool({ threads: 1 });
  const named = ['gelu', 'geluDerivative', 'geluBackward', 'forward', 'derivative', 'backward'];
  const long = () => new Float32Array(70_000).fill(-1);
  const shared = () => new Float32Array(new SharedArrayBuffer(280_000));
  const own = fc.oneof(
    made(
      () => silu,
      long,
      shared,
      () => ({ out: long() }),
      () => ({ out: shared() }),
    ),
    arrays,
    options,
  );
  await fuzz(methods('pool', pool, named), own);
  await fuzz([['createPool', createPool as Called]], constants({}, { threads: 1 }), 60, (made) =>
    (made as typeof pool).close(),
  );
  await pool.close();
});

test('gelu/jax', async () => {
  await init('wasm');
  defaultDevice('wasm');
  const own = made(
    () => np.array([1, -2, 3, 0.5]),
    () => np.zeros([2, 4]),
    () => np.array([1, 2], { dtype: np.int32 }),
    () => np.array(1),
    () => np.zeros([0]),
  );
  await fuzz(functionsOf(jax), fc.oneof(own, options));
});

test('gelu/tfjs', async () => {
  await tf.setBackend('cpu');
  const own = made(
    () => tf.tensor([1, -2, 3, 0.5]),
    () => tf.zeros([2, 4]),
    () => tf.tensor([1, 2], [2], 'int32'),
    () => tf.scalar(1),
    () => tf.tensor(['a']),
    () => tf.complex([1], [2]),
  );
  await fuzz(functionsOf(tfjs), fc.oneof(own, options, constants('gelu', 'elu', 'leaky_relu')));
  const { loadLayersModel: _, ...classes } = layers;
  const make = functionsOf(classes).map(
    ([name, Layer]): Case => [name, (args) => new (Layer as never as new (a: unknown) => object)(args)],
  );
  await fuzz(make, fc.oneof(options, odd), CALLS / 4);
  await fuzz(
    functionsOf(graph),
    fc.oneof(
      made(
        () => ({ modelTopology: { node: [] } }),
        () => new ArrayBuffer(8),
      ),
      odd,
    ),
    CALLS / 4,
  );
});

test.skipIf(!hasAdapter && !process.env.CI)('gelu/webgpu', async () => {
  const device = await nodeDevice();
  const gpu = await createGeluGPU(device);
  const kernel = await gpu.activation('silu');
  const unit = await gpu.gated('swiglu');
  const half = await gpu.activation('relu', {}, { dtype: 'float16' });
  const buffer = (usage = 0x8c) => device.createBuffer({ size: 16, usage });
  const one = buffer();
  const encoder = () => device.createCommandEncoder();
  const names = ['input', 'output', 'gradOutput', 'gradInput', 'gate', 'value', 'gradGate', 'gradValue'];
  const operand = fc.oneof(
    made(
      () => buffer(),
      () => buffer(8),
      () => one,
      () => ({ buffer: one, offset: 8, size: 8 }),
      () => ({ buffer: buffer(), offset: 3 }),
    ),
    odd,
  );
  const operands = fc.array(fc.tuple(fc.constantFrom(...names), operand), { maxLength: 5 });
  const own = fc.oneof(
    made(
      encoder,
      () => encoder().beginComputePass(),
      () => ({ input: buffer(), output: buffer() }),
      () => ({ gate: buffer(), value: one, output: buffer() }),
    ),
    operands.map(
      (entries): Make =>
        () =>
          Object.fromEntries(entries.map(([key, make]) => [key, make()])),
    ),
    constants('gelu', 'relu', 'swiglu'),
  );
  const passes = ['forward', 'backward', 'encodeForward', 'encodeBackward'];
  const cases = [kernel, unit, half].flatMap((object, i) => methods(['kernel', 'unit', 'half'][i], object, passes));
  await fuzz([...cases, ...methods('gpu', gpu, ['activation', 'gated'])], own);
  await fuzz(
    [['createGeluGPU', createGeluGPU as Called]],
    made(() => device),
    60,
  );
  device.destroy();
});
