import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { LabError } from '../../console/errors.js';
import { packageFolder, requirePackages } from '../../run/packages.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Without a window; with WebGPU, in software where there is no other adapter. */
const FLAGS = ['--no-sandbox', '--enable-unsafe-webgpu', '--disable-background-networking', '--no-first-run'];

/** A page in Chromium that runs the module `<name>-page` of this folder, with what it imports. */
export interface Host {
  /** Calls a function of the page; see `Page`. */
  call<T>(method: 'load' | 'evaluate', ...args: unknown[]): Promise<T>;
  readonly chromium: string;
  close(): Promise<void>;
}

/** Bundles a page, serves it on a port of this machine and opens it. @throws LabError that says what is missing. */
export async function openPage(name: string, needs: readonly string[]): Promise<Host> {
  requirePackages('landscape', ['playwright', 'esbuild', ...needs]);
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) throw new LabError('there is no Chromium here; CHROMIUM may hold the path of one');
  const server = await serve(await bundle(name));
  const { chromium } = await import('playwright');
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath, args: FLAGS });
    const page = await browser.newPage();
    const failed = new Promise<never>((_, reject) => page.once('pageerror', reject));
    failed.catch(() => {});
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await Promise.race([failed, page.waitForFunction('globalThis.landscape !== undefined')]);
    const opened = browser;
    return {
      chromium: browser.version(),
      call: (method, ...args) => page.evaluate(run, [method, args] as const) as Promise<never>,
      close: async () => {
        await opened.close();
        server.close();
      },
    };
  } catch (error) {
    await browser?.close();
    server.close();
    throw error;
  }
}

/** Runs in the page. */
function run([method, args]: readonly [string, unknown[]]): unknown {
  return (globalThis as never as { landscape: Record<string, (...args: unknown[]) => unknown> }).landscape[method](
    ...args,
  );
}

async function bundle(name: string): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`./${name}-page.js`, import.meta.url))],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
    nodePaths: [join(process.cwd(), 'node_modules')],
  });
  return outputFiles[0].text;
}

/** The page, and the files of ONNX Runtime that it loads. With the headers that shared memory needs. */
function serve(script: string): Promise<Server> {
  const runtime = packageFolder('onnxruntime-web');
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const file = path.startsWith('/onnxruntime/') && runtime ? join(runtime, 'dist', basename(path)) : undefined;
    const type = /\.m?js$/.test(path) ? 'text/javascript' : /\.wasm$/.test(path) ? 'application/wasm' : 'text/html';
    response.writeHead(file === undefined || existsSync(file) ? 200 : 404, {
      'Content-Type': type,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    if (file !== undefined) response.end(existsSync(file) ? readFileSync(file) : '');
    else response.end(path === '/page.js' ? script : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve(server));
  });
}
