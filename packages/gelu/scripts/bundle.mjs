// Joins the modules that tsc has written: what the entry of the package needs into one file, since an engine takes a
// millisecond for every file that it has to find, and each further entry into one that takes from it what they share.
// Types stay as tsc wrote them.
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const entries = [
  'index',
  'complete',
  'fast',
  'float64',
  'numerics',
  'threads/index',
  'threads/worker',
  'jax/index',
  'tfjs/index',
  'tfjs/layers/index',
  'tfjs/converter/index',
  'tfjs/graph/index',
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
const common = { external: [/^node:/, '@jax-js/jax', /^@tensorflow\//], platform: 'neutral' };
const written = {
  dir: join(dist, 'esm'),
  // An engine reads all of it before the first result. Compression would unfold the functions that annotations stand at.
  minify: { compress: false, mangle: true, codegen: { removeWhitespace: true } },
  comments: { annotation: true, jsdoc: false, legal: true }, // who bundles it needs the first, editors read the types
};
const bundle = await rolldown({
  ...common,
  input: Object.fromEntries(
    entries.map((name) => [name, join(dist, `${name}.js`)]).filter(([, file]) => existsSync(file)),
  ),
});
await bundle.write({
  ...written,
  chunkFileNames: 'chunks/[name]-[hash].js',
  cleanDir: true,
  codeSplitting: { groups: [{ name: 'core', test: (id) => shared.has(id) }] },
});

// The entry in Node: one file beside the core.
const complete = await rolldown({
  input: join(dist, 'esm', 'complete.js'),
  platform: 'neutral',
  external: [/\/core-[^/]*\.js$/],
});
const { output } = await complete.generate({ ...written, dir: undefined, file: 'complete.js' });
writeFileSync(join(dist, 'esm', 'complete.js'), output[0].code);
