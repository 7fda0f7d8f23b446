import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';
import { afterAll, expect, test } from 'vitest';
import { complaint, program } from '../../../scripts/ecosystem/probes.mjs';
import { Consumer } from './support/packed.js';

// The core of `npm run test:ecosystem`, with the bundlers that are installed here: the tarball in programs for Node, with the
// tools' default settings. Pages, by Vite: browser.test.ts.
const consumer = new Consumer();
afterAll(() => consumer.remove());

const ENTRIES = ['core', 'fast', 'threads', 'onnx'];
const files: Record<string, string> = program(ENTRIES, 'run().then((found) => console.log(JSON.stringify(found)));');
for (const [name, text] of Object.entries(files)) consumer.write(name, text);
const input = join(consumer.folder, 'main.js');

const byEsbuild = (format: 'esm' | 'cjs') => (outfile: string) =>
  build({ entryPoints: [input], bundle: true, platform: 'node', format, outfile, logLevel: 'error' });

test.each([
  ['esbuild, ES module', 'esbuild.mjs', byEsbuild('esm')],
  ['esbuild, CommonJS', 'esbuild.cjs', byEsbuild('cjs')],
  [
    'Rolldown',
    'rolldown/main.js',
    async () => (await rolldown({ input, platform: 'node' })).write({ dir: join(consumer.folder, 'rolldown') }),
  ],
])('%s: every entry builds, runs and has its bits, threads too', async (_name, file, bundle) => {
  await bundle(join(consumer.folder, file));
  const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd: consumer.folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  const found = JSON.parse(stdout);
  for (const entry of ENTRIES) expect(complaint(entry, found[entry]), entry).toBeUndefined();
  expect(found.threads.threads).toBe(2);
});
