// Serves site/dist on this machine, as a static host would.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const dist = join(import.meta.dirname, '..', 'dist');
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A server of the site under `base`; port 0 takes a free one. */
export function serve(base, port = 0) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const path = normalize(decodeURIComponent(pathname.slice(base.length)));
    const found = pathname.startsWith(base) && !path.startsWith('..');
    for (const file of found ? [path, `${path}.html`, join(path, 'index.html')] : []) {
      const body = await readFile(join(dist, file)).catch(() => undefined);
      if (body === undefined) continue;
      response.writeHead(200, {
        'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
        // The lab's page uses shared memory where a page may.
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      });
      response.end(body);
      return;
    }
    response.writeHead(404, { 'Content-Type': TYPES['.html'] });
    response.end(await readFile(join(dist, '404.html')));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { base: { type: 'string', default: '/' }, port: { type: 'string' } } });
  const server = await serve(values.base, Number(values.port ?? 8080));
  console.log(`http://localhost:${server.address().port}${values.base} (Ctrl-C ends it)`);
}
