// Finds the nudges of src/kernels/gelu/nudges.ts: tries all 2³² inputs with the rows as fitted, then moves coefficients of the
// rows with misrounded inputs until all inputs of the row that are near a midpoint come out right. Takes minutes.
// `exhaustive.mjs` must confirm the result.
//
//   node scripts/find-nudges.mjs [none none' …]
import { readFileSync, writeFileSync } from 'node:fs';
import { CORRECT_ROW, correctTable } from '../dist/kernels/gelu/correct-table.js';
import { recentre } from '../dist/kernels/gelu/fit.js';
import { GELU_FUNCTIONS } from '../dist/kernels/gelu/functions.js';
import { geluKernel } from '../dist/kernels/gelu/kernel.js';
import { NUDGES } from '../dist/kernels/gelu/nudges.js';
import { rowNumber } from '../dist/kernels/gelu/smooth.js';
import { checkExhaustive } from './exhaustive-check.mjs';

const target = new URL('../src/kernels/gelu/nudges.ts', import.meta.url);
const names =
  process.argv.length > 2 ? process.argv.slice(2) : ['none', "none'", 'tanh', "tanh'", 'sigmoid', "sigmoid'"];
const STEPS = Array.from({ length: 24 }, (_, k) => [2 ** k, 3 * 2 ** Math.max(k - 1, 0)]).flat();
const word = new BigInt64Array(1);
const float = new Float64Array(word.buffer);

function moved(x, steps) {
  float[0] = x;
  word[0] += BigInt(steps);
  return float[0];
}

function evaluate(c, x) {
  const d = x - c[0];
  return Math.fround(c[1] + (c[2] * d + d * d * (c[3] + d * (c[4] + d * c[5]))));
}

/** The smallest of the moves that make all cases of a row right: of one coefficient, else of two. */
function search(row, cases) {
  const coefficients = row[0] === 0 ? [2, 3, 4] : [0, 1, 2, 3, 4]; // at zero the first two are exact
  const trial = Float64Array.from(row);
  // The case that failed last is tried first: it fails most.
  const right = () => {
    const failing = cases.findIndex(([x, y]) => !Object.is(evaluate(trial, x), y));
    if (failing > 0) cases.unshift(...cases.splice(failing, 1));
    return failing < 0;
  };
  const single = coefficients.flatMap((k) =>
    STEPS.flatMap((s) => [
      [k, s],
      [k, -s],
    ]),
  );
  for (const [k, s] of single) {
    trial[k + 1] = moved(row[k + 1], s);
    if (right()) return [[k, s]];
    trial[k + 1] = row[k + 1];
  }
  for (const [k, s] of single)
    for (const [l, t] of single) {
      if (l <= k) continue;
      trial[k + 1] = moved(row[k + 1], s);
      trial[l + 1] = moved(row[l + 1], t);
      if (right())
        return [
          [k, s],
          [l, t],
        ];
      trial.set(row);
    }
  for (let j = 1; j < 20000; j++)
    for (const s of [0, 1, -1, 2, -2, 3, -3, 4, -4]) {
      const d = (j & 1 ? j : -j) / 16384;
      trial.set(row);
      recentre(trial, d);
      trial[1] = moved(trial[1], s);
      if (right())
        return s === 0
          ? [['x0', d]]
          : [
              ['x0', d],
              [0, s],
            ];
    }
  return undefined;
}

const all = structuredClone(NUDGES);
for (const name of names) {
  const form = name.replace("'", '');
  const order = name.endsWith("'") ? 1 : 0;
  const f = { ...GELU_FUNCTIONS[form][order], nudges: [] };
  const table = correctTable(f);
  const near = new Map();
  const { wrong } = await checkExhaustive({
    form,
    order,
    kernel: (x, out) => geluKernel(f).forward(x, out, 'correct'),
    onDecided: (x, right) => {
      if (Math.abs(x) < 2 ** -60) return;
      const row = rowNumber(table.map, x) - table.first;
      if (!near.has(row)) near.set(row, []);
      near.get(row).push([x, right]);
    },
  });
  const bits = new Uint32Array(1);
  const x = new Float32Array(bits.buffer);
  const rows = new Set(
    wrong.map(([b]) => {
      bits[0] = b;
      return rowNumber(table.map, x[0]) - table.first;
    }),
  );
  const nudges = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const cases = near.get(row) ?? [];
    const moves = search(table.data.slice(row * CORRECT_ROW, (row + 1) * CORRECT_ROW), cases);
    if (moves === undefined) console.log(`${name}: no nudge found for row ${row}, ${cases.length} cases`);
    for (const [k, s] of moves ?? []) nudges.push([row, k, s]);
  }
  console.log(`${name}: ${wrong.length} misrounded as fitted, nudges ${JSON.stringify(nudges)}`);
  all[form][order] = nudges;
}

const lines = Object.entries(all).map(
  ([form, orders]) => `  ${form}: [\n${orders.map((nudges) => `    ${JSON.stringify(nudges)},\n`).join('')}  ],\n`,
);
const text = readFileSync(target, 'utf8');
writeFileSync(target, `${text.slice(0, text.indexOf(' = {') + ' = {'.length)}\n${lines.join('')}};\n`);
