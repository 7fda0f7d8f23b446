// The activations, read from their files: every file of src/activations exports one, and `gelu/definition.ts` GELU.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

export const source = fileURLToPath(new URL('../../src/', import.meta.url));

const NO_ACTIVATION = /^index\.ts$|\.(test|generated)\.ts$/;

/** The files with an activation, from the folder src/activations: GELU's first. */
function files() {
  const found = readdirSync(join(source, 'activations'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !NO_ACTIVATION.test(entry.name))
    .map(({ name }) => name.slice(0, -3));
  return ['gelu/definition', ...found.sort()];
}

/** `export` of modules by their paths in src, joined and run. */
async function load(exports) {
  const entry = exports.map(([name, file]) => `export * as ${name} from ${JSON.stringify(join(source, file))};`);
  const bundle = await rolldown({
    input: 'entry',
    platform: 'neutral',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : undefined),
        load: (id) => (id === 'entry' ? entry.join('\n') : undefined),
      },
    ],
  });
  const { output } = await bundle.generate({});
  const folder = mkdtempSync(join(tmpdir(), 'gelu-faces-'));
  try {
    const file = join(folder, 'joined.mjs');
    writeFileSync(file, output[0].code);
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * All activations, `{ file, definition }`, and what else their faces are written from: `bind`, and Python's way to print.
 *
 * Throws an Error that names the file which exports no activation, or more than one, or not under the name that it has.
 */
export async function definitions() {
  const names = files();
  const modules = await load([
    ...names.map((name, i) => [`file${i}`, `activations/${name}.ts`]),
    ['model', 'activations/model/activation.ts'],
    ['python', 'layers/python.ts'],
  ]);
  const all = names.map((file, i) => {
    const found = Object.entries(modules[`file${i}`]).filter(([, value]) => typeof value?.evaluator === 'function');
    const where = `src/activations/${file}.ts`;
    if (found.length !== 1) throw new Error(`${where} must export one activation; it exports ${found.length}`);
    const [name, definition] = found[0];
    if (name !== definition.name) throw new Error(`${where} exports '${name}', whose name is '${definition.name}'`);
    return { file, definition };
  });
  return { all, bind: modules.model.bind, python: modules.python };
}
