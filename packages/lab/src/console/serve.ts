import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LabError } from './errors.js';
import { numberOption } from './options.js';

/** The options of commands that make a page. */
export type ShowArgs = {
  open: { type: 'boolean'; default: boolean; description: string };
  serve: { type: 'boolean'; default: boolean; description: string };
  port: { type: 'string'; valueHint: string; description: string };
};

export const showArgs: ShowArgs = {
  open: { type: 'boolean', default: false, description: 'open it in the browser' },
  serve: { type: 'boolean', default: false, description: 'serve it on this machine until Ctrl-C' },
  port: { type: 'string', valueHint: 'n', description: 'the port of --serve (a free one)' },
};

/** A page on a port of the loopback, isolated, so that it may use threads. */
export interface Served {
  url: string;
  server: Server;
}

const PAGE = 'text/html; charset=utf-8';
const TYPES: Readonly<Record<string, string>> = { '.svg': 'image/svg+xml', '.png': 'image/png' };

/** Serves one document, a page unless `type` says otherwise. @throws LabError if the port is taken. */
export async function serve(document: string | Uint8Array, port = 0, type: string = PAGE): Promise<Served> {
  const server = createServer(({ method, url = '/' }, response) => {
    const found = ['/', '/index.html'].includes(url.split('?')[0]);
    const code = !['GET', 'HEAD'].includes(method ?? '') ? 405 : found ? 200 : 404;
    response.writeHead(code, {
      'Content-Type': code === 200 ? type : 'text/plain',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cache-Control': 'no-store',
    });
    response.end(code === 200 ? document : '');
  });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new LabError(`Port ${port} cannot be used: ${(error as Error).message}`);
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

/** Opens an address in the user's browser; false where that cannot be done. */
export async function openInBrowser(url: string): Promise<boolean> {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '""', url]
        : ['xdg-open', url];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.unref();
  return await new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    setTimeout(() => resolve(true), 3000).unref(); // a browser that stays in the foreground
  });
}

/** The values of `showArgs`. */
export interface ShowChoices {
  open: boolean;
  serve: boolean;
  port?: string | undefined;
}

/** Whether a page is to be opened or served. */
export const isShown = ({ open, serve, port }: ShowChoices): boolean => open || serve || port !== undefined;

/**
 * What --open and --serve ask for, checked before the work of a command, to be called with the path of the page or picture
 * that it wrote. That returns when there is nothing more to do: with --serve, after Ctrl-C. Addresses go to the error stream.
 * @throws UsageError for a port that is none
 */
export function showing({ open, serve: served, port: given }: ShowChoices): (path: string) => Promise<void> {
  const port = portOption(served, given);
  const tell = (text: string): void => void process.stderr.write(`${text}\n`);
  return async (path) => {
    const found = port === null ? null : await serve(readFileSync(path), port, TYPES[extname(path)]);
    const url = found?.url ?? pathToFileURL(resolve(path)).href;
    if (found !== null) tell(`${url} (Ctrl-C ends it)`);
    if (open && !(await openInBrowser(url))) tell(`No browser could be opened; the address is ${url}`);
    if (found === null) return;
    await once(process, 'SIGINT');
    found.server.closeAllConnections();
    found.server.close();
  };
}

/** The port that the options ask for: null where nothing is to be served, 0 for a free one. @throws UsageError */
export function portOption(serve: boolean, port: string | undefined): number | null {
  if (port !== undefined) return numberOption('port', port, 0, 65_535, true);
  return serve ? 0 : null;
}
