// src/activations/registry.generated.ts: the list of the folder.
import { HEADER, indent } from './text.mjs';

/** The text of the file. */
export function registry({ all }) {
  const imports = all.map(({ file, definition }) => `import { ${definition.name} } from './${file}.js';`);
  const names = all.map(({ definition }) => `${definition.name},`).join('\n');
  return `${HEADER}${imports.join('\n')}
import type { Activation } from './model/activation.js';

/** All activations of this folder, GELU first. */
export const ALL: readonly Activation[] = [
${indent(names)}
];
`;
}
