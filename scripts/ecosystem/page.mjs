// Pages in Chromium: served from a folder or passed on from a tool's own server, isolated so that threads are allowed.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright';
import { BROWSER_FLAGS, findChromium } from '../chromium.mjs';

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

let browser;

/** What the page at `path` sets as `globalThis.geluResult`, and the warnings on its console. */
export async function onPage(source, { path = '/index.html', isolated = true } = {}) {
  browser ??= await chromium.launch({ executablePath: findChromium(), args: BROWSER_FLAGS });
  const server = createServer((request, response) => answer(source, isolated, request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();
  const warnings = [];
  const errors = [];
  page.on('console', (message) => {
    if (message.type() === 'warning' && message.text().includes('gelu')) warnings.push(message.text());
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}${path}`);
    const found = await page.waitForFunction(() => globalThis.geluResult, undefined, { timeout: 90_000 });
    return { results: JSON.parse(await found.jsonValue()), warnings };
  } catch (error) {
    throw new Error(`the page gave no result: ${errors.join('; ') || error.message}`);
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}

export const closeBrowser = async () => {
  await browser?.close();
  browser = undefined;
};

async function answer(source, isolated, request, response) {
  const extra = isolated ? ISOLATED : {};
  try {
    if (source.startsWith('http')) {
      const from = await fetch(new URL(request.url, source));
      response.writeHead(from.status, { 'Content-Type': from.headers.get('content-type') ?? 'text/plain', ...extra });
      response.end(Buffer.from(await from.arrayBuffer()));
      return;
    }
    const file = join(source, normalize(decodeURIComponent(request.url.split('?')[0])));
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', ...extra });
    response.end(readFileSync(file));
  } catch (error) {
    response.writeHead(502).end(String(error));
  }
}
