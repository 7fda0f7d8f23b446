// A process of exhaustive-webgpu.mjs: says what the adapter is, then compares the inputs that it is sent.
//
// A result is compared with the correctly rounded one. Where it is two or more floats away, the float64 definition says by
// how many ULP; one float away is at most 1.5. Where the exact result is subnormal, 0 of its sign is taken too, and counted. Within
// 0.15 of its root the derivative's error is in ULP of its larger addend. A wrong sign, of a zero too, counts as 'special'.
//
// The checks of bounds that WebGPU adds to a shader, a quarter of a software adapter's time, are left out.
import { gelu, geluDerivative } from '../dist/index.js';
import { GELU_FUNCTIONS } from '../dist/kernels/gelu/functions.js';
import { geluKernel } from '../dist/kernels/gelu/kernel.js';
import { ulp } from '../dist/numerics.js';
import { createGeluGPU } from '../dist/webgpu/index.js';
import { nodeAdapter } from './webgpu.mjs';

const adapter = await nodeAdapter(['disable_robustness']);
const { vendor, architecture, description } = adapter.info;
const gpu = await createGeluGPU(await adapter.requestDevice());

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
    if (a === b) continue;
    const magnitude = b & 0x7fffffff;
    if (magnitude > 0x7f800000) {
      if ((a & 0x7fffffff) <= 0x7f800000) found.special++;
      continue;
    }
    if (magnitude <= 0x800000 && (a & 0x7fffffff) === 0 && ((a ^ b) & 0x80000000) === 0) {
      found.flushed++;
      continue;
    }
    found.misrounded++;
    if (a - b === 1 || b - a === 1) continue;
    if (magnitude === 0x7f800000 || (a & 0x7fffffff) >= 0x7f800000 || (a ^ b) < 0) {
      found.special++;
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

async function check(name, from, to) {
  const options = { approximate: name.replace("'", '') };
  const derivative = name.endsWith("'");
  const f = GELU_FUNCTIONS[options.approximate][derivative ? 1 : 0];
  const root = derivative ? f.anchors()[0].x : Number.NaN;
  const exact = (v) => (derivative ? geluDerivative : gelu)(v, options);
  const addend = (v) => gelu(v, options) / v;
  const kernel = await gpu.activation('gelu', options);
  const found = {
    inputs: to - from,
    worst: 0,
    worstAt: 0,
    worstAtRoot: 0,
    above1_5: 0,
    misrounded: 0,
    special: 0,
    flushed: 0,
  };
  for (let at = from; at < to; at += BLOCK) {
    for (let i = 0; i < BLOCK; i++) xBits[i] = at + i;
    const running = derivative ? kernel.backward(ones, x, { out: result }) : kernel.forward(x, { out: result });
    geluKernel(f).forward(x, right, 'correct');
    await running;
    compare(found, exact, addend, root);
  }
  return found;
}

process.on('message', async ({ name, from, to }) => process.send({ name, from, found: await check(name, from, to) }));
process.on('disconnect', () => process.exit(0)); // an adapter keeps the process alive
process.send({ adapter: [vendor, architecture, description].filter((word) => word).join(' ') });
