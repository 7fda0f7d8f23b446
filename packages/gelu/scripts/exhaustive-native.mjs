// Compares the native kernels with those in WebAssembly, which scripts/exhaustive.mjs proves, bit by bit on all 2³² inputs: one
// JSON line for each function and instruction set that runs here.
//
//   node scripts/exhaustive-native.mjs [--precision correct|fast] [--function none,none',tanh,…] [--use avx512,avx2,sse4]
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { GELU_FUNCTIONS } from '../dist/kernels/gelu/functions.js';
import '../dist/fast.js';
import { geluKernel } from '../dist/kernels/gelu/kernel.js';
import { fuses } from '../dist/kernels/native/fusing.js';
import { native } from '../dist/kernels/native/hook.js';
import { nativeRun } from '../dist/kernels/native/run.js';

const addon = createRequire(import.meta.url)('gelu-native');
const { values } = parseArgs({
  options: {
    precision: { type: 'string', default: 'correct' },
    function: { type: 'string', default: "none,none',tanh,tanh',sigmoid,sigmoid'" },
    use: { type: 'string', default: addon.names.join() },
  },
});
const PART = 1 << 22;
const x = new Uint32Array(PART);
const out = () => new Float32Array(PART);
const [expected, actual] = [out(), out()];
const run = nativeRun(addon, fuses);

/** Results that differ, all NaN being alike. */
function differences() {
  if (Buffer.compare(new Uint8Array(expected.buffer), new Uint8Array(actual.buffer)) === 0) return 0;
  let count = 0;
  for (let i = 0; i < PART; i++) if (!Object.is(expected[i], actual[i])) count++;
  return count;
}

for (const name of values.function.split(',')) {
  const kernel = geluKernel(GELU_FUNCTIONS[name.replace("'", '')][name.endsWith("'") ? 1 : 0]);
  const found = Object.fromEntries(values.use.split(',').map((isa) => [isa, 0]));
  const input = new Float32Array(x.buffer);
  for (let first = 0; first < 2 ** 32; first += PART) {
    for (let i = 0; i < PART; i++) x[i] = first + i;
    native.run = undefined;
    kernel.forward(input, expected, values.precision);
    for (const isa of Object.keys(found)) {
      if (!addon.use(isa)) throw new Error(`${isa} does not run here`);
      native.run = run;
      kernel.forward(input, actual, values.precision);
      found[isa] += differences();
    }
  }
  for (const [isa, count] of Object.entries(found))
    console.log(
      JSON.stringify({ function: name, precision: values.precision, kernel: isa, inputs: 2 ** 32, different: count }),
    );
}
