// The part of accuracy-gpu.mjs that runs in Chromium.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

/** The activations of gelu/tfjs on a backend, 'webgl' or 'webgpu', measured in a page. */
export async function inChromium(backend, draws, wanted) {
  // Loaded here, so that measuring in Node needs neither.
  const { build } = await import('esbuild');
  const { chromium } = await import('playwright');
  const { BROWSER_FLAGS, findChromium } = await import('../../../scripts/chromium.mjs');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./accuracy-gpu-page.mjs', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    external: ['node:*'],
    logLevel: 'error',
  });
  // WebGPU wants a secure context, which localhost is.
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? outputFiles[0].text : '<!doctype html><script src="/page.js"></script>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath: findChromium(), args: BROWSER_FLAGS });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return await page.evaluate(([b, d, w]) => globalThis.measureActivations(b, d, w), [backend, draws, wanted]);
  } finally {
    await browser.close();
    server.close();
  }
}
