// src/functions/family.generated.ts: the functions of the family.
import {
  comment,
  definitionImport,
  example,
  HEADER,
  imported,
  listed,
  literal,
  optionsInterface,
  optionsName,
  origin,
  otherParameters,
  result,
  shown,
} from './text.mjs';

/** What an activation's functions take and give, as paragraphs: domain, accuracy, source. */
export function facts(definition, bind) {
  const bound = bind(definition);
  const known = definition.facts?.(bound.parameters);
  const end = (x) => shown(bound.evaluate(0, x), 4);
  const range = known && rangeOf(known);
  return [
    `Domain: every number; ${end(-Infinity)} at −∞, ${end(Infinity)} at +∞, NaN for NaN only.${range ?? ''}`,
    'Accuracy: float64 1 ULP (next to a zero of a derivative, of the larger of its addends; second derivative 2), float32 1 ULP' +
      ' (measured 0.54), float16 and bfloat16 correctly rounded.',
  ];
}

function rangeOf({ range, minimum }) {
  const least = minimum ? ` (at x = ${shown(minimum.x, 4)})` : '';
  return ` Values: from ${shown(range.low, 4)}${Number.isFinite(minimum?.x) ? least : ''} to ${shown(range.high, 4)}.`;
}

/** The line that says what an activation is. */
export const title = ({ layer, formula, parameters }) => {
  const value = (spec) => (typeof spec.default === 'string' ? `'${spec.default}'` : shown(spec.default));
  const names = Object.entries(parameters).map(([name, spec]) => `${name} ${value(spec)}`);
  return `${layer}: ${formula}.${names.length === 0 ? '' : ` By default ${listed(names)}.`}`;
};

/** What makes the float32 kernels of a shape: who imports a function shall not get those of the others. */
const KERNELS = { piecewise: 'piecesKernel', smooth: 'smoothKernel', algebraic: 'algebraicKernel' };

function oneFunction({ definition }, bind) {
  const { name } = definition;
  const kernel = KERNELS[bind(definition).shape.kind];
  const other = otherParameters(definition, bind, definition);
  const [standard, changed] = [{}, other ?? {}].map((parameters) => bind(definition, parameters));
  const at = -0.5;
  const lines = [
    [`${name}(${at})`, result(standard.evaluate(0, at))],
    [`${name}.derivative(${at})`, result(standard.evaluate(1, at))],
  ];
  if (other) lines.push([`${name}(${at}, ${literal(other)})`, result(changed.evaluate(0, at))]);
  const array = [-1, 0, 2].map((x) => Math.fround(standard.evaluate(0, x)));
  lines.push([`${name}(new Float32Array([-1, 0, 2]))`, result(Float32Array.from(array))]);
  const says = comment(
    title(definition),
    '',
    `On a number (float64), a typed array, whose class the result has, or nested arrays, of any shape; likewise` +
      ` \`${name}.derivative\`, \`${name}.secondDerivative\` and \`${name}.backward(gradOutput, input)\`, which is` +
      ' gradOutput times the derivative.',
    '',
    ...facts(definition, bind),
    ...(definition.notes ?? []),
    ...origin(definition),
    '',
    '@throws GeluTypeError for an input or an option of the wrong type, GeluRangeError for a value that is not allowed or an' +
      ' `out` that does not fit.',
    example(lines),
  );
  const type = optionsName(definition);
  return [
    ...(type ? [optionsInterface(definition)] : []),
    `${says}\nexport const ${name}: ActivationFunction${type ? `<${type}>` : ''} = /* @__PURE__ */ functionOf(${imported(definition)}, ${kernel});`,
  ].join('\n\n');
}

/** The text of the file. */
export function functions({ all, bind }) {
  return `${[
    HEADER +
      [
        ...all.map(definitionImport),
        "import { algebraicKernel } from '../kernels/family/algebraic-kernel.js';",
        "import { piecesKernel } from '../kernels/family/pieces-kernel.js';",
        "import { smoothKernel } from '../kernels/family/smooth-kernel.js';",
        "import type { ActivationFunction } from './elementwise.js';",
        "import { functionOf } from './function-of.js';",
      ].join('\n'),
    ...all.map((one) => oneFunction(one, bind)),
  ].join('\n\n')}\n`;
}
