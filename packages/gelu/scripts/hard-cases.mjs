// Writes reference/data/float32-hard.json: for each function the float32 inputs that its correctly rounded kernel would
// round wrongly without the nudges, found by trying all inputs in the rows that have one.
//
//   node scripts/hard-cases.mjs
import { writeFileSync } from 'node:fs';
import { GELU_FUNCTIONS } from '../dist/kernels/gelu/functions.js';
import { inJavaScript } from '../dist/kernels/gelu/javascript.js';
import { rowNumber, rowRange } from '../dist/kernels/gelu/smooth.js';

/** All float32 numbers in a row, from its middle outwards. */
function inputsOf(map, row) {
  const number = rowRange(map).first + row;
  const u = Math.sqrt(number / map.density);
  const x = new Float32Array(1);
  const bits = new Int32Array(x.buffer);
  const inputs = [];
  for (const step of [1, -1])
    for (x[0] = map.centre + (map.centre > map.low ? -u : u); rowNumber(map, x[0]) === number; bits[0] += step)
      inputs.push(x[0]);
  return inputs;
}

const hard = {};
for (const f of Object.values(GELU_FUNCTIONS).flat()) {
  const found = new Set();
  for (const row of new Set(f.nudges.map(([row]) => row))) {
    const x = Float32Array.from(inputsOf(f.correct, row));
    const [right, plain] = [f, { ...f, nudges: [] }].map((g) => {
      const out = new Float32Array(x.length);
      inJavaScript(g, x, out);
      return out;
    });
    x.forEach((input, i) => {
      if (!Object.is(right[i], plain[i])) found.add(input);
    });
  }
  hard[f.name] = [...found].sort((a, b) => a - b);
  console.log(`${f.name}: ${hard[f.name].length}`);
}
writeFileSync(new URL('../reference/data/float32-hard.json', import.meta.url), `${JSON.stringify(hard, null, 1)}\n`);
