// src/layers/family.generated.ts: the layers of the family.
import {
  comment,
  definitionImport,
  example,
  HEADER,
  imported,
  listed,
  literal,
  optionsName,
  otherParameters,
  result,
} from './text.mjs';

/** A layer as it prints itself: as PyTorch's does. */
export function printed({ layer, parameters: specs }, parameters, { pythonFloat, snakeCase }) {
  const settings = Object.entries(parameters)
    .filter(([name, value]) => !specs[name].extra || value !== specs[name].default)
    .map(([name, value]) => `${snakeCase(name)}=${typeof value === 'number' ? pythonFloat(value) : `'${value}'`}`);
  return `${layer}(${settings.join(', ')})`;
}

function oneLayer({ definition }, bind, python) {
  const { name, layer, formula, parameters } = definition;
  const type = optionsName(definition);
  const of = type ? `<${type}>` : '';
  const other = otherParameters(definition, bind, definition) ?? {};
  const bound = bind(definition, other);
  const fields = Object.keys(parameters).map((parameter) => `\`${parameter}\``);
  const has = fields.length === 0 ? '' : ` ${listed(fields)} may be changed between calls.`;
  const at = -0.5;
  const says = comment(
    `The layer of {@link ${name}}: ${formula}.${has}`,
    '',
    'Shapes: any; the output has the shape and type of the input. Domain and accuracy: those of the function.',
    '',
    '@throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.',
    example([
      [`const layer = new ${layer}(${Object.keys(other).length === 0 ? '' : literal(other)});`],
      ['String(layer)', result(printed(definition, bound.parameters, python))],
      [`layer.forward(${at})`, result(bound.evaluate(0, at))],
      ['layer.backward(2)', result(2 * bound.evaluate(1, at))],
    ]),
  );
  return (
    `${says}\nexport const ${layer}: LayerClass${of} = /* @__PURE__ */ layerOf(${imported(definition)}, ${name});\n` +
    `export type ${layer} = LayerOf${of};`
  );
}

/** The text of the file. */
export function layers({ all, bind, python }) {
  const types = all.map(({ definition }) => optionsName(definition)).filter(Boolean);
  const names = [...types.map((type) => `type ${type}`), ...all.map(({ definition }) => definition.name)];
  return `${[
    HEADER +
      [
        ...all.map(definitionImport),
        `import {\n${names.map((name) => `  ${name},\n`).join('')}} from '../functions/family.generated.js';`,
        "import { type LayerClass, type LayerOf, layerOf } from './layer-of.js';",
      ].join('\n'),
    ...all.map((one) => oneLayer(one, bind, python)),
  ].join('\n\n')}\n`;
}
