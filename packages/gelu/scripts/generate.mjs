// Writes what exists once for every activation, from the files of src/activations: the registry's list, the functions, layers,
// gated units and gelu/jax functions with their types and comments. Only files that change are written. `--check` writes nothing
// and fails if there is one.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { definitions, source } from './faces/definitions.mjs';
import { functions } from './faces/functions.mjs';
import { gatedFunctions, gatedLayers } from './faces/gated.mjs';
import { jaxGated, tfjsGated, tfjsLayerClasses, tfjsLayers } from './faces/gated-adapters.mjs';
import { jax } from './faces/jax.mjs';
import { layers } from './faces/layers.mjs';
import { registry } from './faces/registry.mjs';

/** Activations whose function and layer are written by hand, since they have more than one number for a parameter. */
const BY_HAND = ['gelu', 'prelu'];
/** Likewise their layer, since it is another function in training. */
const LAYER_BY_HAND = ['rrelu'];

/** All files, `{ path in src: text }`. */
export async function faces() {
  const found = await definitions();
  const family = found.all.filter(({ definition }) => !BY_HAND.includes(definition.name));
  return {
    'activations/registry.generated.ts': registry(found),
    'functions/family.generated.ts': functions({ ...found, all: family }),
    'functions/gated/family.generated.ts': gatedFunctions(found),
    'layers/family.generated.ts': layers({
      ...found,
      all: family.filter(({ definition }) => !LAYER_BY_HAND.includes(definition.name)),
    }),
    'layers/gated.generated.ts': gatedLayers(found),
    'jax/functions.generated.ts': jax({
      ...found,
      all: found.all.filter(({ definition }) => definition.name !== 'prelu'),
      family,
    }),
    'jax/gated.generated.ts': jaxGated(found),
    'tfjs/gated.generated.ts': tfjsGated(found),
    'tfjs/layers/gated.generated.ts': tfjsLayers(found),
    'tfjs/layers/gated-classes.generated.ts': tfjsLayerClasses(found),
  };
}

/** The files whose text is not what the definitions say. */
export async function stale() {
  const current = (path) => (existsSync(join(source, path)) ? readFileSync(join(source, path), 'utf8') : undefined);
  return Object.entries(await faces()).filter(([path, text]) => current(path) !== text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const check = process.argv.includes('--check');
  for (const [path, text] of await stale()) {
    if (check) process.exitCode = 1;
    else writeFileSync(join(source, path), text);
    console.log(check ? `${path} is not current: npm run generate` : `Wrote ${path}.`);
  }
}
