// Writes src/onnx/runtime/operators.ts by trying every operator of ./operators.mjs in every dtype at every opset, in both
// packages of ONNX Runtime. 2 minutes.
//
//   node scripts/onnx/operator-table.mjs && npx biome check --write src/onnx/runtime
import { writeFileSync } from 'node:fs';
import { CASES } from './operators.mjs';
import { DTYPES, ENGINES, FIRST, measure, nameOf, usual } from './support.mjs';

const exceptions = {};
for (const dtype of DTYPES) {
  const groups = {};
  for (const operator of CASES) {
    const [{ ranges, ulps }, web] = [await measure(operator, dtype, 'node'), await measure(operator, dtype, 'web')];
    const name = nameOf(operator);
    if (web.ranges !== ranges) throw new Error(`${name} in ${dtype}: ${ranges} in node, ${web.ranges} in web`);
    if (ulps.length > 0)
      console.log(`${name} in ${dtype}: ${ranges}, ${ulps.map((ulp) => ulp.toPrecision(2))} ULP apart`);
    // That an operator of floating-point numbers takes no others is nothing special.
    if (ranges === usual(operator[1]) || (ranges === '' && !dtype.startsWith('float'))) continue;
    groups[ranges] ??= [];
    groups[ranges].push(name.replace(' ', ':'));
  }
  exceptions[dtype] = Object.fromEntries(Object.entries(groups).map(([ranges, names]) => [ranges, names.join(' ')]));
}
const versions = Object.entries(ENGINES).map(([name, [{ env }]]) => `onnxruntime-${name} ${env.versions[name]}`);
const tried = {};
for (const operator of CASES) {
  tried[Math.max(FIRST, operator[1])] ??= new Set();
  tried[Math.max(FIRST, operator[1])].add(nameOf(operator).replace(' ', ':'));
}
const wrap = (text) => `\`${text.replace(/(.{1,110})(?: |$)/g, '$1\n    ').trim()}\``;
const bodies = Object.entries(exceptions).map(
  ([dtype, groups]) =>
    `  ${dtype}: {\n${Object.entries(groups)
      .map(([ranges, ops]) => `    '${ranges}': ${wrap(ops)},`)
      .join('\n')}\n  },`,
);
writeFileSync(
  new URL('../../src/onnx/runtime/operators.ts', import.meta.url),
  `// Written by scripts/onnx/operator-table.mjs, which tried them on the CPU, in ${versions.join(' and ')}: no difference.

/** The standard operators that were tried, by the first opset at which they were. */
export const TRIED: Readonly<Record<number, string>> = {
${Object.entries(tried)
  .map(([first, names]) => `  ${first}: ${wrap([...names].join(' '))},`)
  .join('\n')}
};

/**
 * Where one does not run at all opsets from its first to 24 with the same bits: by dtype of its input, the ranges of opsets
 * at which it runs, those with other values marked by other letters.
 */
export const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
${bodies.join('\n')}
};
`,
);
