import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../../scripts/chromium.mjs';
import { gelu, geluDerivative } from '../src/index.js';
import { Consumer } from './support/packed.js';
import { bundle, launch, resultIn } from './support/page.js';

// The tarball with TensorFlow.js: as much of it as a program has installed.
const consumer = new Consumer();
afterAll(() => consumer.remove());

const run = (program: string): string => consumer.node('--input-type=module', '-e', program);

test('without TensorFlow.js, the import says what is missing', () => {
  expect(() => run("import 'gelu/tfjs';")).toThrow("Cannot find package '@tensorflow/tfjs-core'");
});

const LENGTH = 30_005;
const input = (): Float32Array => Float32Array.from({ length: LENGTH }, (_, i) => ((i * 7919) % LENGTH) / 1500 - 14.6);
const sum = (y: ArrayLike<number> & ArrayBufferView): number =>
  new Uint32Array(y.buffer).reduce((hash, bits) => (Math.imul(hash, 31) + bits) | 0, 0);

/** Computes on the wasm backend, and tells what it worked with. */
const PROGRAM = `
  import * as tf from '@tensorflow/tfjs-core';
  import * as wasm from '@tensorflow/tfjs-backend-wasm';
  import { gelu } from 'gelu/tfjs';
  const LENGTH = ${LENGTH};
  const input = ${input};
  const sum = ${sum};
  export async function run(simd) {
    tf.enableProdMode();
    tf.env().set('WASM_HAS_SIMD_SUPPORT', simd);
    if (globalThis.location) wasm.setWasmPaths('/wasm/');
    await tf.setBackend('wasm');
    const x = tf.tensor1d(input());
    const exact = (t) => gelu(t, { precision: 'correct' });
    const [value, slope, fast] = [exact(x), tf.grad(exact)(x), gelu(x)].map((y) => y.dataSync());
    const { HEAPU8 } = tf.backend().wasm;
    const shared = typeof SharedArrayBuffer === 'function' && HEAPU8.buffer instanceof SharedArrayBuffer;
    return { shared, value: sum(value), slope: sum(slope), fast: fast[1234] };
  }`;

const x = input();
const expected = (shared: boolean): object => ({
  shared,
  value: sum(gelu(x)),
  slope: sum(geluDerivative(x)),
  fast: expect.closeTo(gelu(x[1234]), 6),
});

describe('with a backend, without layers', () => {
  beforeAll(() => {
    for (const name of ['core', 'backend-wasm']) consumer.addPackage(`@tensorflow/tfjs-${name}`);
    consumer.write('program.js', PROGRAM);
  });

  test.each([true, false])('in Node, SIMD build: %s', (simd) => {
    const program = `import { run } from './program.js'; console.log(JSON.stringify(await run(${simd})));`;
    expect(JSON.parse(run(program))).toEqual(expected(false));
  });

  describe.runIf(findChromium())('in Chromium, bundled', () => {
    let browser: Browser;
    beforeAll(async () => {
      const script = "import { run } from './program.js'; globalThis.result = await run(location.search !== '?plain');";
      const built = await bundle(consumer, script);
      const modules = fileURLToPath(new URL('.', import.meta.resolve('@tensorflow/tfjs-backend-wasm')));
      mkdirSync(join(built, 'wasm'));
      for (const name of ['', '-simd', '-threaded-simd'])
        copyFileSync(join(modules, `tfjs-backend-wasm${name}.wasm`), join(built, `wasm/tfjs-backend-wasm${name}.wasm`));
      browser = await launch();
    });
    afterAll(() => browser?.close());

    test.each([
      ['threaded', true, ''],
      ['SIMD', false, ''],
      ['plain', false, '?plain'],
    ])('%s build', async (_, isolated, search) => {
      const result = await resultIn(browser, join(consumer.folder, 'built'), { isolated, path: search });
      expect(result).toEqual(expected(isolated));
    });
  });
});

test('with layers, whatever is imported first: a model by name', () => {
  consumer.addPackage('@tensorflow/tfjs-layers');
  const program = `
    import { gelu } from 'gelu/tfjs';
    import * as tf from '@tensorflow/tfjs-core';
    import * as tfl from '@tensorflow/tfjs-layers';
    import '@tensorflow/tfjs-backend-wasm';
    tf.enableProdMode();
    await tf.setBackend('wasm');
    const model = tfl.sequential({ layers: [tfl.layers.activation({ activation: 'gelu', inputShape: [3] })] });
    const x = tf.tensor2d([[-13, -1, 2]]);
    console.log(JSON.stringify([...model.predict(x).dataSync()]));`;
  expect(JSON.parse(run(program))).toEqual([...gelu(Float32Array.of(-13, -1, 2))]);
});
