// Joins the modules that tsc has written: what the entry of the package needs into one file, since an engine takes a
// millisecond for every file that it has to find, and each further entry into one that takes from it what they share.
// Types stay as tsc wrote them.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const entries = [
  'index',
  'complete',
  'fast',
  'float64',
  'numerics/index',
  'threads/index',
  'threads/worker',
  'jax/index',
  'tfjs/index',
  'onnx/index',
  'webgpu/index',
];

/** The modules that the main entry is made of, by their files. */
async function core() {
  const bundle = await rolldown({ input: join(dist, 'index.js'), platform: 'neutral' });
  const { output } = await bundle.generate({});
  return new Set(output[0].moduleIds);
}

const shared = await core();
const bundle = await rolldown({
  input: Object.fromEntries(
    entries.map((name) => [name, join(dist, `${name}.js`)]).filter(([, file]) => existsSync(file)),
  ),
  external: [/^node:/, '@jax-js/jax', /^@tensorflow\//],
  platform: 'neutral',
});
await bundle.write({
  dir: join(dist, 'esm'),
  chunkFileNames: 'chunks/[name]-[hash].js',
  cleanDir: true,
  comments: { annotation: true, jsdoc: false, legal: true }, // who bundles it needs the first, editors read the types
  codeSplitting: { groups: [{ name: 'core', test: (id) => shared.has(id) }] },
});
