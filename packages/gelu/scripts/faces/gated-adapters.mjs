// src/jax/gated.generated.ts and src/tfjs/gated.generated.ts: the gated units on arrays of jax-js and tensors of TensorFlow.js.
import { product, SOURCE, typeOf, typesOf } from './gated.mjs';
import { comment, definitionImport, example, HEADER, imported, result } from './text.mjs';

/** What the adapters differ in. */
const JAX = {
  from: "import { gatedBy, type JaxGatedFunction } from './gated.js';",
  type: 'JaxGatedFunction',
  gelu: "import type { GeluOptions } from './functions.generated.js';",
  says: 'of float32 arrays, of which it takes ownership; under `grad`, `jvp`, `vmap` and `jit`, to the second derivative',
  accuracy: 'on the back end wasm at most 2.5 ULP',
  call: (name, ...arrays) => `await ${name}(${arrays.map((a) => `np.array(${a})`).join(', ')}).data()`,
};
const TFJS = {
  from: "import { gatedBy, type TfGatedFunction } from './gated.js';",
  type: 'TfGatedFunction',
  gelu: "import type { GeluOptions } from '../input/options.js';",
  says: 'of tensors, as float32; under `tf.grad`, to the second derivative',
  accuracy: "on the backends cpu and wasm at most 2.5 ULP, with `precision: 'correct'` 1.5 for GELU",
  call: (name, ...arrays) => `${name}(${arrays.join(', ')}).dataSync()`,
};

function oneFunction({ definition }, bind, adapter) {
  const { name: activation, gated } = definition;
  const type = typeOf(definition);
  // act(gate) rounded, then the product.
  const value = Math.fround(3 * Math.fround(bind(definition).evaluate(0, -0.5)));
  const says = comment(
    `${product(definition)}: the halves of an axis, [..., 2n, ...] → [..., n, ...], or gate and value as two arrays of one shape` +
      `${type ? `; with the options of \`${activation}\`` : ''}; ${adapter.says}.`,
    '',
    `Accuracy: act(gate) is rounded to float32, then the product: ${adapter.accuracy}.`,
    '',
    SOURCE,
    '',
    '@throws GeluTypeError for what is no such array or an option of the wrong type, GeluRangeError for shapes that do not fit and' +
      ' for a value that is not allowed.',
    example([
      [adapter.call(gated.name, '[3, -0.5]'), result(Float32Array.of(value))],
      [adapter.call(gated.name, '[-0.5]', '[3]'), result(Float32Array.of(value))],
    ]),
  );
  return `${says}\nexport const ${gated.name}: ${adapter.type}${type ? `<${type}>` : ''} = /* @__PURE__ */ gatedBy(${imported(definition)});`;
}

function file({ all, bind }, adapter) {
  const units = all.filter(({ definition }) => definition.gated);
  const types = typesOf(units);
  const head = [
    ...units.map(definitionImport),
    ...(types.length > 0 ? [`import type { ${types.join(', ')} } from '../functions/family.generated.js';`] : []),
    ...(units.some(({ definition }) => definition.name === 'gelu') ? [adapter.gelu] : []),
    adapter.from,
  ];
  return `${[HEADER + head.join('\n'), ...units.map((one) => oneFunction(one, bind, adapter))].join('\n\n')}\n`;
}

export const jaxGated = (found) => file(found, JAX);
export const tfjsGated = (found) => file(found, TFJS);

/** The text of src/tfjs/layers/gated.generated.ts: the layers on a base of TensorFlow.js. */
export function tfjsLayers({ all }) {
  const units = all.filter(({ definition }) => definition.gated);
  const types = typesOf(units);
  const isGelu = units.some(({ definition }) => definition.name === 'gelu');
  const parameters = ({ definition }) => (typeOf(definition) ? `<${typeOf(definition)}>` : '');
  const keys = ({ definition }) =>
    Object.keys(definition.parameters)
      .map((key) => `'${key}'`)
      .join(', ');
  const head = [
    ...(types.length > 0 ? [`import type { ${types.join(', ')} } from '../../functions/family.generated.js';`] : []),
    ...(isGelu ? ["import type { GeluOptions } from '../../input/options.js';"] : []),
    `import { ${units
      .map(({ definition }) => definition.gated.name)
      .sort()
      .join(', ')} } from '../gated.generated.js';`,
    "import { type GatedLayerClass, gatedLayer } from './gated.js';",
    "import type { LayerBase } from './layer.js';",
  ].join('\n');
  const members = units.map((unit) => {
    const { definition } = unit;
    const says = comment(
      `${product(definition)} over the halves of an axis${typeOf(definition) ? `; with the options of \`${definition.name}\`` : ''}.`,
    );
    return `  ${says}\n  readonly ${definition.gated.layer}: GatedLayerClass${parameters(unit)};`;
  });
  const made = units.map(
    (unit) =>
      `    ${unit.definition.gated.layer}: gatedLayer(Base, '${unit.definition.gated.layer}', ${unit.definition.gated.name}, [${keys(unit)}]),`,
  );
  return `${HEADER}${head}

/** The layers of the gated units. */
export interface GatedLayers {
${members.join('\n')}
}

/** The layers of the gated units on TensorFlow.js's base. */
export function gatedLayers(Base: LayerBase): GatedLayers {
  return {
${made.join('\n')}
  };
}
`;
}

/** The text of src/tfjs/layers/gated-classes.generated.ts: the same on the package's base. */
export function tfjsLayerClasses({ all }) {
  const units = all.filter(({ definition }) => definition.gated);
  const classes = units.map(
    ({ definition }) =>
      `/**\n * ${product(definition)} over the halves of an axis.\n *\n * @example\n * new ${definition.gated.layer}().apply(tf.tensor2d([[1, 2, 3, 4]])).dataSync().length; // 2\n */\nexport const ${definition.gated.layer}: GatedLayers['${definition.gated.layer}'] = layers.${definition.gated.layer};`,
  );
  return `${HEADER}import * as tfl from '@tensorflow/tfjs-layers';
import { layersOn } from './define.js';
import type { GatedLayers } from './gated.generated.js';

const layers: GatedLayers = layersOn(tfl.layers.Layer);

${classes.join('\n')}
`;
}
