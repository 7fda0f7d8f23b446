import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../../scripts/chromium.mjs';
import { activation, gelu, geluDerivative } from '../src/index.js';
import { ulp } from '../src/numerics.js';
import { Consumer } from './support/packed.js';
import { bundle, launch, resultIn } from './support/page.js';

// The tarball with jax-js: without it, in Node, and through a bundler.
const consumer = new Consumer();
afterAll(() => consumer.remove());

const run = (program: string): string => consumer.node('--input-type=module', '-e', program);

test('without jax-js, the import names the package', () => {
  expect(() => run("import 'gelu/jax';")).toThrow("Cannot find package '@jax-js/jax'");
});

/** The value of GELU and its derivative, and those of a layer by another name, by a compiled program. */
const PROGRAM = `
  import { defaultDevice, grad, init, jit, numpy as np } from '@jax-js/jax';
  import { activationFunction, gelu } from 'gelu/jax';
  export async function run(x) {
    await init('wasm');
    defaultDevice('wasm');
    const quick = activationFunction('quick_gelu');
    const slope = jit(grad((x) => gelu(x).sum()));
    const results = [jit((x) => gelu(x)), slope, quick].map((f) => f(np.array(Float32Array.from(x))));
    return Promise.all(results.map(async (y) => [...(await y.data())]));
  }`;
const X = Float32Array.from({ length: 1001 }, (_, i) => (i - 700) / 50);
const program = `import { run } from './program.js'; const result = await run([${X}]);`;

function expectRight(result: unknown): void {
  const [value, slope, quick] = result as number[][];
  X.forEach((x, i) => {
    const near = (y: number, reference: number) =>
      expect(Math.abs(y - reference)).toBeLessThanOrEqual(2 * ulp(reference, 'float32'));
    near(value[i], gelu(x));
    near(slope[i], geluDerivative(x));
    near(quick[i], activation('quick_gelu').evaluate(0, x));
  });
}

describe('with jax-js', () => {
  beforeAll(() => {
    consumer.addPackage('@jax-js/jax');
    consumer.write('program.js', PROGRAM);
  });

  test('in Node', () => {
    expectRight(JSON.parse(run(`${program} console.log(JSON.stringify(result));`)));
  });

  describe.runIf(findChromium())('in Chromium, bundled', () => {
    let browser: Browser;
    let built: string;
    beforeAll(async () => {
      built = await bundle(consumer, `${program} globalThis.result = result;`);
      browser = await launch();
    });
    afterAll(() => browser?.close());

    // Isolated, jax-js has threads, and our kernel runs on them.
    test.each([true, false])('isolated: %s', async (isolated) => {
      expectRight(await resultIn(browser, built, { isolated }));
    });
  });
});
