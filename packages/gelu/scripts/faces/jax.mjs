// src/jax/functions.generated.ts: the activations as functions of jax-js arrays.
import { title } from './functions.mjs';
import {
  comment,
  definitionImport,
  example,
  HEADER,
  imported,
  optionsInterface,
  optionsName,
  origin,
  result,
} from './text.mjs';

function oneFunction({ definition }, bind, known) {
  const { name, notes = [] } = definition;
  const type = optionsName(definition);
  const value = Math.fround(bind(definition).evaluate(0, -0.5));
  const says = comment(
    title(definition),
    '',
    'Of a float32 array of any shape, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second derivative.' +
      ' Accuracy: on the back end wasm 1 ULP (derivatives 2), on others 4.',
    ...notes,
    ...origin(definition),
    '',
    '@throws GeluTypeError if x is no such array or an option is of the wrong type, GeluRangeError for a value that is not allowed.',
    example([[`await ${name}(np.array([-0.5])).data()`, result(Float32Array.of(value))]]),
  );
  return [
    ...(type && !known.has(type) ? [optionsInterface(definition)] : []),
    `${says}\nexport const ${name}: JaxActivation${type ? `<${type}>` : ''} = /* @__PURE__ */ from(${imported(definition)});`,
  ].join('\n\n');
}

/** The text of the file; `family` are the activations whose options have their types in src/functions. */
export function jax({ all, family, bind }) {
  const known = family.map(({ definition }) => optionsName(definition)).filter(Boolean);
  const names = known.map((name) => `  ${name},\n`).join('');
  return `${[
    HEADER +
      [
        ...all.map(definitionImport),
        `import type {\n${names}} from '../functions/family.generated.js';`,
        "import { from, type JaxActivation } from './from.js';",
      ].join('\n'),
    `export type {\n${names}};`,
    ...all.map((one) => oneFunction(one, bind, new Set(known))),
  ].join('\n\n')}\n`;
}
