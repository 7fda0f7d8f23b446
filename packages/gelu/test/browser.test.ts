import { join } from 'node:path';
import type { Browser } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../../scripts/chromium.mjs';
import { gelu, geluBackward } from '../src/index.js';
import { Consumer } from './support/packed.js';
import { launch, resultIn } from './support/page.js';

// The tarball in Chromium: as it is, and through a bundler.
const LENGTH = 300_000; // several parts for the threads
const PROGRAM = (library: string, threads: string): string => `
  import * as all from '${library}';
  import { gelu, geluBackward } from '${library}';
  import { createPool } from '${threads}';
  const x = Float32Array.from({ length: ${LENGTH} }, (_, i) => ((i * 7919) % ${LENGTH}) / 12000 - 14.6);
  const sum = (y) => new Uint32Array(y.buffer).reduce((hash, bits) => (Math.imul(hash, 31) + bits) | 0, 0);
  export async function run() {
    const pool = await createPool({ threads: 2 });
    const pooled = sum(await pool.gelu(x));
    const { threads } = pool;
    await pool.close();
    return {
      isolated: globalThis.crossOriginIsolated,
      forward: sum(gelu(x)),
      fast: gelu(x, { precision: 'fast' })[1000],
      backward: sum(geluBackward(x, x)),
      wide: gelu(Float64Array.of(-30))[0],
      threads,
      pooled,
      names: Object.entries(all).filter(([name, value]) => typeof value === 'function' && value.name !== name).length,
    };
  }`;
const PAGE = `import { run } from './program.js'; globalThis.result = await run();`;
const WORKER = `import { run } from './program.js'; run().then((result) => postMessage(result));`;
const IN_WORKER = `
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => { globalThis.result = data; };
  worker.onerror = (event) => { throw new Error(event.message); };`;
const html = (script: string): string =>
  `<!doctype html><link rel="icon" href="data:," /><title>gelu</title><script type="module" src="${script}"></script>`;

const consumer = new Consumer();
afterAll(() => consumer.remove());

const x = Float32Array.from({ length: LENGTH }, (_, i) => ((i * 7919) % LENGTH) / 12000 - 14.6);
const sum = (y: Float32Array): number =>
  new Uint32Array(y.buffer).reduce((hash, bits) => (Math.imul(hash, 31) + bits) | 0, 0);
const forward = sum(gelu(x));
const expected = (isolated: boolean, minified: boolean): object => ({
  isolated,
  forward,
  pooled: forward,
  threads: isolated ? 2 : 0, // 0: the calling thread does the work
  fast: expect.closeTo(gelu(x[1000]), 5),
  backward: sum(geluBackward(x, x)),
  wide: gelu(-30),
  names: minified ? expect.any(Number) : 0,
});

/** A page and a page with a worker, both running the program that imports the library by `names`. */
function site(folder: string, ...names: [library: string, threads: string]): void {
  consumer.write(join(folder, 'program.js'), PROGRAM(...names));
  consumer.write(join(folder, 'page.js'), PAGE);
  consumer.write(join(folder, 'worker.js'), WORKER);
  consumer.write(join(folder, 'in-worker.js'), IN_WORKER);
  consumer.write(join(folder, 'page.html'), html('./page.js'));
  consumer.write(join(folder, 'in-worker.html'), html('./in-worker.js'));
}

describe.runIf(findChromium())('the tarball in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    const esm = '/node_modules/gelu/dist/esm';
    site('plain', `${esm}/index.js`, `${esm}/threads/index.js`);
    site('bundled', 'gelu', 'gelu/threads');
    const root = join(consumer.folder, 'bundled');
    await build({
      root,
      logLevel: 'error',
      build: {
        target: 'esnext',
        outDir: join(consumer.folder, 'built'),
        rolldownOptions: { input: ['page', 'in-worker'].map((name) => join(root, `${name}.html`)) },
      },
    });
    browser = await launch();
  });
  afterAll(() => browser?.close());

  describe.each([true, false])('cross-origin isolated: %s', (isolated) => {
    test.each(['plain/page', 'plain/in-worker', 'built/page', 'built/in-worker'])('%s', async (path) => {
      // Each site at its own root, as it would be served.
      const [folder, name] = path.split('/');
      const root = folder === 'built' ? join(consumer.folder, folder) : consumer.folder;
      const address = folder === 'built' ? `${name}.html` : `${path}.html`;
      expect(await resultIn(browser, root, { isolated, path: address })).toEqual(
        expected(isolated, folder === 'built'),
      );
    });
  });
});
