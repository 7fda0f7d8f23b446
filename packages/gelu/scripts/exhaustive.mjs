// Checks the float32 kernels on all 2³² inputs and writes a log of JSON lines, one for each part of 2²⁸ inputs, by which
// it takes up where it was stopped.
//
//   node scripts/exhaustive.mjs [--precision correct|fast] [--function none,none',tanh,…] [--log FILE]
//     [--relaxed | --javascript]
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { GELU_FUNCTIONS } from '../dist/kernels/gelu/functions.js';
import { inJavaScript } from '../dist/kernels/gelu/javascript.js';
import { checkExhaustive } from './exhaustive-check.mjs';

const { values } = parseArgs({
  options: {
    precision: { type: 'string', default: 'correct' },
    function: { type: 'string', default: "none,none',tanh,tanh',sigmoid,sigmoid'" },
    log: { type: 'string' },
    javascript: { type: 'boolean', default: false },
    relaxed: { type: 'boolean', default: false },
  },
});
if (values.relaxed) setFlagsFromString('--experimental-wasm-relaxed-simd');
await import('../dist/fast.js');
const { geluKernel } = await import('../dist/kernels/gelu/kernel.js');

const PART = 2 ** 28;
const kernelName = values.javascript ? 'javascript' : values.relaxed ? 'relaxed' : 'simd';
const done = new Map();
if (values.log !== undefined && existsSync(values.log))
  for (const line of readFileSync(values.log, 'utf8').split('\n'))
    if (line !== '') {
      const entry = JSON.parse(line);
      done.set(`${entry.function} ${entry.precision} ${entry.kernel} ${entry.from}`, entry);
    }

const names = values.function.split(',');
const total = (names.length * 2 ** 32) / PART;
let worked = 0;
let left = total;
const start = performance.now();
for (const name of names) {
  const form = name.replace("'", '');
  const order = name.endsWith("'") ? 1 : 0;
  const f = GELU_FUNCTIONS[form][order];
  const kernel = values.javascript
    ? (x, out) => inJavaScript(f, x, out)
    : (x, out) => geluKernel(f).forward(x, out, values.precision);
  const sum = { misrounded: 0, special: 0, above1: 0, worst: 0, worstAt: 0, worstAtRoot: 0, worstPlainAtRoot: 0 };
  for (let from = 0; from < 2 ** 32; from += PART) {
    const key = { function: name, precision: values.precision, kernel: kernelName, from };
    let entry = done.get(`${name} ${values.precision} ${kernelName} ${from}`);
    if (entry === undefined) {
      const found = await checkExhaustive({
        form,
        order,
        kernel,
        precision: values.precision,
        from,
        to: from + PART,
        root: order === 1 ? f.anchors()[0].x : Number.NaN,
        onProgress: (at) => {
          const fraction = (at - from) / PART;
          const eta =
            worked + fraction > 0 ? ((left - fraction) * (performance.now() - start)) / (worked + fraction) / 1000 : 0;
          if (process.stderr.isTTY)
            process.stderr.write(`\r${name} ${((100 * at) / 2 ** 32).toFixed(1)} %, ${eta.toFixed(0)} s left   `);
        },
      });
      entry = { ...key, ...found };
      worked++;
      if (values.log !== undefined) {
        mkdirSync(dirname(values.log), { recursive: true });
        appendFileSync(values.log, `${JSON.stringify(entry)}\n`);
      }
      for (const [bits, actual, right] of entry.wrong)
        console.log(`  misrounded: 0x${bits.toString(16)} gives ${actual}, right is ${right}`);
    }
    left--;
    for (const count of ['misrounded', 'special', 'above1']) sum[count] += entry[count];
    if (entry.worst > sum.worst) [sum.worst, sum.worstAt] = [entry.worst, entry.worstAt];
    for (const error of ['worstAtRoot', 'worstPlainAtRoot']) sum[error] = Math.max(sum[error], entry[error]);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  console.log(
    values.precision === 'correct'
      ? `${name}: ${sum.misrounded} misrounded of 2^32, ${sum.special} wrong at infinities and NaN (${seconds} s)`
      : `${name}: at most ${sum.worst.toFixed(4)} ULP at ${sum.worstAt}, ${sum.above1} above 1; at the root ${sum.worstAtRoot.toFixed(4)} of the larger addend, ${sum.worstPlainAtRoot.toFixed(2)} plain; ${sum.special} wrong at infinities and NaN (${seconds} s)`,
  );
}
