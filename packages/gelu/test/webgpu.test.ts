import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../../scripts/chromium.mjs';
import { hasAdapter } from '../scripts/webgpu.mjs';
import { gelu, geluDerivative } from '../src/index.js';
import { ulp } from '../src/numerics.js';
import { Consumer } from './support/packed.js';
import { bundle, launch, resultIn } from './support/page.js';

// The tarball on WebGPU: in Node by the package `webgpu`, and in Chromium.
const consumer = new Consumer();
afterAll(() => consumer.remove());

const X = Float32Array.from({ length: 1001 }, (_, i) => (i - 650) / 50);
const PROGRAM = `
  import { createGeluGPU } from 'gelu/webgpu';
  export async function run(device) {
    const kernel = await (await createGeluGPU(device)).activation('gelu');
    const x = Float32Array.of(${X});
    return [[...(await kernel.forward(x))], [...(await kernel.backward(new Float32Array(x.length).fill(1), x))]];
  }`;
consumer.write('program.js', PROGRAM);

function expectRight(result: unknown): void {
  const [value, slope] = result as number[][];
  X.forEach((x, i) => {
    expect(Math.abs(value[i] - gelu(x))).toBeLessThanOrEqual(2 * ulp(gelu(x), 'float32'));
    // Beside its zero the derivative counts in ULP of its larger addend.
    const large = Math.abs(x + 0.75) < 0.15 ? gelu(x) / x : geluDerivative(x);
    expect(Math.abs(slope[i] - geluDerivative(x))).toBeLessThanOrEqual(2 * ulp(large, 'float32'));
  });
}

test('without WebGPU, it says what there must be', () => {
  const program = "import { run } from './program.js'; await run();";
  expect(() => consumer.node('--input-type=module', '-e', program)).toThrow(/device.*webgpu/is);
});

test.skipIf(!hasAdapter && !process.env.CI)('in Node', () => {
  consumer.addPackage('webgpu');
  // The adapter that this repository's own tests use.
  copyFileSync(fileURLToPath(new URL('../scripts/webgpu.mjs', import.meta.url)), join(consumer.folder, 'adapter.mjs'));
  const program = `
    import { nodeDevice } from './adapter.mjs';
    import { run } from './program.js';
    console.log(JSON.stringify(await run(await nodeDevice())));
    process.exit(0); // an adapter keeps the process alive`;
  expectRight(JSON.parse(consumer.node('--input-type=module', '-e', program)));
});

describe.runIf(findChromium())('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test('bundled, on a device of its own', async () => {
    const built = await bundle(consumer, "import { run } from './program.js'; globalThis.result = await run();");
    expectRight(await resultIn(browser, built, { isolated: false }));
  });
});
