// src/functions/gated/family.generated.ts and src/layers/gated.generated.ts: the gated units of activations that have a name of
// their own as a gate, and their layers.
import { printed } from './layers.mjs';
import { comment, example, HEADER, imported, literal, optionsName, otherParameters, result } from './text.mjs';

export const SOURCE = 'Source: Shazeer, GLU Variants Improve Transformer (2020), https://arxiv.org/abs/2002.05202.';
const ACCURACY =
  'Accuracy: act(gate) is rounded to the type, then the product: for float32 and 16-bit floats at most 1.5 ULP. In the backward pass the same holds for the' +
  " value's gradient; of the gate's, gradOutput·value is rounded before the derivative multiplies it.";

export const product = ({ name }) => (name === 'identity' ? 'value · gate' : `value · ${name}(gate)`);
/** Where the options of a unit have their type. */
export const typeOf = (definition) => (definition.name === 'gelu' ? 'GeluOptions' : optionsName(definition));

function oneFunction({ definition }, bind) {
  const { name: activation, gated } = definition;
  const type = typeOf(definition);
  const gate = bind(definition).evaluate;
  const says = comment(
    `${product(definition)}: the two halves of one axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of one` +
      ` shape${type ? `; with the options of \`${activation}\`` : ''}. On typed arrays of floating point (one typed array with` +
      ' `columns`, the size of its last axis, or `shape` and `dim`) and nested arrays.' +
      ` \`${gated.name}.backward\` takes gradOutput before the same arguments and gives the gradient of the input, or` +
      ' { gradGate, gradValue }.',
    '',
    ACCURACY,
    '',
    SOURCE,
    '',
    '@throws GeluTypeError for what is no such array and for unknown options, GeluRangeError if `columns` is odd or does not divide' +
      " the input's length, or `out` overlaps what is read.",
    example([
      [`${gated.name}(Float64Array.of(3, -0.5), { columns: 2 })`, result(Float64Array.of(3 * gate(0, -0.5)))],
      [`${gated.name}(Float64Array.of(-0.5), Float64Array.of(3))`, result(Float64Array.of(3 * gate(0, -0.5)))],
      [
        `${gated.name}.backward(Float64Array.of(1), Float64Array.of(3, -0.5), { columns: 2 })[1]`,
        result(3 * gate(1, -0.5)),
      ],
    ]),
  );
  return `${says}\nexport const ${gated.name}: GatedFunction${type ? `<${type}>` : ''} = /* @__PURE__ */ gatedBy('${gated.name}', ${activation});`;
}

function oneLayer({ definition }, bind, python) {
  const { name: activation, gated } = definition;
  const type = typeOf(definition);
  const other = (activation === 'gelu' ? undefined : otherParameters(definition, bind, definition)) ?? {};
  const bound = bind(definition, other);
  const says = comment(
    `The layer of {@link ${gated.name}}: ${product(definition)}.${gated.note ? ` ${gated.note}` : ''}`,
    '',
    'Shapes: [..., 2n, ...] → [..., n, ...] along axis `dim` (default −1), or two of one shape. Accuracy: that of the function.',
    '',
    '@throws GeluTypeError, GeluRangeError for an option that is unknown or not allowed.',
    example([
      [`const layer = new ${gated.layer}(${Object.keys(other).length === 0 ? '' : literal(other)});`],
      ['String(layer)', result(printed({ ...definition, layer: gated.layer }, bound.parameters, python))],
      ['layer.forward(Float64Array.of(3, -0.5), { columns: 2 })', result(Float64Array.of(3 * bound.evaluate(0, -0.5)))],
    ]),
  );
  return (
    `${says}\nexport const ${gated.layer}: GatedLayerClass${type ? `<${type}>` : ''} = /* @__PURE__ */ gatedLayer(${imported(definition)}, ${gated.name});\n` +
    `export type ${gated.layer} = GatedLayer;`
  );
}

const namesOf = (units) => units.map(({ definition }) => definition.name);
export const typesOf = (units) =>
  units
    .filter(({ definition }) => definition.name !== 'gelu')
    .map(({ definition }) => optionsName(definition))
    .filter(Boolean);
const hasGelu = (units) => namesOf(units).includes('gelu');

/** The text of the functions' file. */
export function gatedFunctions({ all, bind }) {
  const units = all.filter(({ definition }) => definition.gated);
  const names = [...typesOf(units).map((type) => `type ${type}`), ...namesOf(units).filter((name) => name !== 'gelu')];
  return `${[
    HEADER +
      [
        ...(hasGelu(units) ? ["import type { GeluOptions } from '../../input/options.js';"] : []),
        `import { ${names.join(', ')} } from '../family.generated.js';`,
        ...(hasGelu(units) ? ["import { gelu } from '../gelu.js';"] : []),
        "import { gatedBy } from './gated-by.js';",
        "import type { GatedFunction } from './types.js';",
      ].join('\n'),
    ...units.map((one) => oneFunction(one, bind)),
  ].join('\n\n')}\n`;
}

/** The text of the layers' file. */
export function gatedLayers({ all, bind, python }) {
  const units = all.filter(({ definition }) => definition.gated);
  return `${[
    HEADER +
      [
        ...units.map(
          ({ file, definition }) =>
            `import { ${definition.name} as ${imported(definition)} } from '../activations/${file}.js';`,
        ),
        `import type { ${typesOf(units).join(', ')} } from '../functions/family.generated.js';`,
        `import { ${units.map(({ definition }) => definition.gated.name).join(', ')} } from '../functions/gated/family.generated.js';`,
        ...(hasGelu(units) ? ["import type { GeluOptions } from '../input/options.js';"] : []),
        "import { type GatedLayer, type GatedLayerClass, gatedLayer } from './gated-layer.js';",
      ].join('\n'),
    ...units.map((one) => oneLayer(one, bind, python)),
  ].join('\n\n')}\n`;
}
