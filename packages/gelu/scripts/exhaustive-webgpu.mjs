// Checks GELU's WebGPU kernels on all 2³² inputs and writes a log of JSON lines, one for each part of 2²⁸ inputs, by which
// it takes up where it was stopped.
//
//   node scripts/exhaustive-webgpu.mjs [--function none,none',tanh,…] [--log FILE | --from 0xc0000000 --to 0xc1800000]
//
// With --from and --to (multiples of 2²²) it checks the inputs with those bits only.
//
// The adapter is the first that Vulkan offers; VK_ICD_FILENAMES says which, default the software adapter of Debian's Chromium.
// A result is compared with the correctly rounded one. Where it is two or more floats away, the float64 definition says by
// how many ULP; one float away is at most 1.5. Where the exact result is subnormal, 0 of its sign is taken too, and counted. Within
// 0.15 of its root the derivative's error is in ULP of its larger addend. A wrong sign, of a zero too, counts as 'special'.
//
// Most of the time is the software adapter's: some 4 to 6 minutes of one core for a function. The checks of bounds that WebGPU adds to a
// shader, a quarter of that, are left out.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gelu, geluDerivative } from '../dist/index.js';
import { GELU_FUNCTIONS } from '../dist/kernels/gelu/functions.js';
import { geluKernel } from '../dist/kernels/gelu/kernel.js';
import { ulp } from '../dist/numerics.js';
import { createGeluGPU } from '../dist/webgpu/index.js';
import { nodeAdapter } from './webgpu.mjs';

const { values } = parseArgs({
  options: {
    function: { type: 'string', default: "none,none',tanh,tanh',sigmoid,sigmoid'" },
    log: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
  },
});
const adapter = await nodeAdapter(['disable_robustness']);
const { vendor, architecture, description } = adapter.info;
const name = [vendor, architecture, description].filter((word) => word).join(' ');
const device = await adapter.requestDevice();
const gpu = await createGeluGPU(device);

const PART = 2 ** 28;
const BLOCK = 2 ** 22;
const ROOT_WIDTH = 0.15;
const x = new Float32Array(BLOCK);
const xBits = new Uint32Array(x.buffer);
const right = new Float32Array(BLOCK);
const rightBits = new Uint32Array(right.buffer);
const result = new Float32Array(BLOCK);
const resultBits = new Uint32Array(result.buffer);
const ones = new Float32Array(BLOCK).fill(1);

/** Compares a block; `found` takes what is worse. */
function compare(found, exact, addend, root) {
  for (let i = 0; i < BLOCK; i++) {
    const a = resultBits[i];
    const b = rightBits[i];
    if (a === b || a - b === 1 || b - a === 1) continue;
    const magnitude = b & 0x7fffffff;
    if (magnitude > 0x7f800000) {
      if ((a & 0x7fffffff) <= 0x7f800000) found.special++;
      continue;
    }
    if (magnitude === 0x7f800000 || (a & 0x7fffffff) >= 0x7f800000 || (a ^ b) < 0) {
      found.special++;
      continue;
    }
    if (magnitude <= 0x800000 && (a & 0x7fffffff) === 0) {
      found.flushed++;
      continue;
    }
    const y = exact(x[i]);
    const atRoot = Math.abs(x[i] - root) < ROOT_WIDTH;
    const error = Math.abs(result[i] - y) / ulp(atRoot ? addend(x[i]) : y, 'float32');
    if (error > 1.5) found.above1_5++;
    if (atRoot) found.worstAtRoot = Math.max(found.worstAtRoot, error);
    else if (!(error <= found.worst)) [found.worst, found.worstAt] = [error, x[i]];
  }
}

const done = new Map();
if (values.log !== undefined && existsSync(values.log))
  for (const line of readFileSync(values.log, 'utf8')
    .split('\n')
    .filter((text) => text !== '')) {
    const entry = JSON.parse(line);
    if (entry.inputs === PART) done.set(`${entry.function} ${entry.adapter} ${entry.from}`, entry);
  }

/** The parts in which |x| is from 2^-31 to 2^33 come first: there is what can go wrong. */
const inner = [11, 12, 3, 4];
const order = [...inner, ...Array.from({ length: 16 }, (_, i) => i).filter((i) => !inner.includes(i))];

async function check(wanted, from, to = from + PART) {
  const options = { approximate: wanted.replace("'", '') };
  const derivative = wanted.endsWith("'");
  const f = GELU_FUNCTIONS[options.approximate][derivative ? 1 : 0];
  const root = derivative ? f.anchors()[0].x : Number.NaN;
  const exact = (v) => (derivative ? geluDerivative : gelu)(v, options);
  const addend = (v) => gelu(v, options) / v;
  const kernel = await gpu.activation('gelu', options);
  const found = { worst: 0, worstAt: 0, worstAtRoot: 0, above1_5: 0, special: 0, flushed: 0 };
  for (let at = from; at < to; at += BLOCK) {
    for (let i = 0; i < BLOCK; i++) xBits[i] = at + i;
    const running = derivative ? kernel.backward(ones, x, { out: result }) : kernel.forward(x, { out: result });
    geluKernel(f).forward(x, right, 'correct');
    await running;
    compare(found, exact, addend, root);
  }
  return found;
}

const names = values.function.split(',');
if (values.from !== undefined) {
  const [from, to] = [Number(values.from), Number(values.to)];
  for (const wanted of names) {
    const entry = { function: wanted, adapter: name, from, inputs: to - from, ...(await check(wanted, from, to)) };
    console.log(JSON.stringify(entry));
  }
  process.exit(0);
}
for (const part of order)
  for (const wanted of names) {
    const from = part * PART;
    if (done.has(`${wanted} ${name} ${from}`)) continue;
    const entry = { function: wanted, adapter: name, from, inputs: PART, ...(await check(wanted, from)) };
    done.set(`${wanted} ${name} ${from}`, entry);
    if (values.log !== undefined) appendFileSync(values.log, `${JSON.stringify(entry)}\n`);
  }
for (const wanted of names) {
  const parts = order.map((part) => done.get(`${wanted} ${name} ${part * PART}`));
  const total = (key) => parts.reduce((sum, entry) => sum + entry[key], 0);
  const largest = (key) => Math.max(...parts.map((entry) => entry[key]));
  console.log(
    `${wanted} on ${name}: at most ${Math.max(1.5, largest('worst')).toFixed(3)} ULP on ${total('inputs')} inputs, ${total('above1_5')} above 1.5; at the root ${largest('worstAtRoot').toFixed(3)} of the larger addend; ${total('special')} wrong at infinities and NaN or of the wrong sign; ${total('flushed')} subnormal results are 0`,
  );
}
process.exit(0); // an adapter keeps the process alive
