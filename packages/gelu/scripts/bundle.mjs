// Joins the modules that tsc has written into one file for each entry of the package, with what they share in chunks:
// an engine takes half a millisecond for every file that it has to find. Types stay as tsc wrote them.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const entries = ['index', 'numerics/index', 'threads/index', 'threads/worker', 'jax/index'];

const bundle = await rolldown({
  input: Object.fromEntries(
    entries.map((name) => [name, join(dist, `${name}.js`)]).filter(([, file]) => existsSync(file)),
  ),
  external: [/^node:/, '@jax-js/jax'],
  platform: 'neutral',
});
await bundle.write({ dir: join(dist, 'esm'), chunkFileNames: 'chunks/[name]-[hash].js', cleanDir: true });
