import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { build } from 'vite';
import { BROWSER_FLAGS, findChromium } from '../../../../scripts/chromium.mjs';
import type { Consumer } from './packed.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** A folder as a web site on this machine, isolated from other origins (which gives it shared memory) or not. */
export class Site {
  readonly #server: Server;
  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(folder: string, { isolated }: { isolated: boolean }): Promise<Site> {
    const server = createServer((request, response) => {
      const path = join(folder, normalize(decodeURIComponent(new URL(request.url!, 'http://site').pathname)));
      const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'index.html') : path;
      if (!existsSync(file)) return void response.writeHead(404).end();
      response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
      if (isolated) {
        response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
        response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
      }
      createReadStream(file).pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Site(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

/** Chromium without a window, with a software adapter for WebGPU. */
export function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("no Chromium: 'node scripts/chromium.mjs' says how to get one");
  return chromium.launch({ executablePath, args: BROWSER_FLAGS });
}

/** Bundles a page that runs `script`, and gives the folder of the result. */
export async function bundle(consumer: Consumer, script: string): Promise<string> {
  consumer.write('page.js', script);
  consumer.write(
    'index.html',
    '<!doctype html><link rel="icon" href="data:," /><script type="module" src="./page.js"></script>',
  );
  // Not minified: the threaded build of TensorFlow.js gives its workers the text of a function, which must keep its name.
  const output = { target: 'esnext', outDir: 'built', minify: false } as const;
  await build({ root: consumer.folder, logLevel: 'error', build: output });
  return join(consumer.folder, 'built');
}

/** Serves a folder while a page of it, `/` or another, gives its result. */
export async function resultIn(
  browser: Browser,
  folder: string,
  { isolated, path = '' }: { isolated: boolean; path?: string },
): Promise<unknown> {
  const site = await Site.open(folder, { isolated });
  try {
    return await resultOf(browser, site.url + path);
  } finally {
    await site.close();
  }
}

/** Opens the address and gives what the page sets as `globalThis.result`; throws what goes wrong in the page. */
export async function resultOf(browser: Browser, url: string): Promise<unknown> {
  const page = await browser.newPage();
  try {
    const failed = new Promise<never>((_, reject) => {
      page.on('pageerror', reject);
      page.on('requestfailed', (request) => reject(new Error(`not loaded: ${request.url()}`)));
    });
    await page.goto(url);
    const done = page.waitForFunction('globalThis.result', undefined, { timeout: 30_000 });
    return await (await Promise.race([done, failed])).jsonValue();
  } finally {
    await page.close();
  }
}
