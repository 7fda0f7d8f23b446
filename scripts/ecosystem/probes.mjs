// The programs that are tried everywhere, one for each entry of the library, and what they must give.

import { gelu } from '../../packages/gelu/dist/complete.js';
import { preciseGelu } from '../../packages/gelu/dist/numerics.js';
import { patternModel } from '../../packages/lab/dist/onnx-models/pattern-model.js';
import { PATTERNS } from '../../packages/lab/dist/onnx-models/patterns.js';

/** float32 of every size from 2⁻¹¹⁸ to 2⁹ and both signs, and as many in the middle. */
const COMMON = `
export const X = new Float32Array(4096);
for (let i = 0; i < 2048; i++) {
  X[i] = (i % 2 ? -1 : 1) * 2 ** ((i % 127) - 118) * (1 + (i % 61) / 61);
  X[2048 + i] = (i - 1024) / 150;
}
/** So large that kernels and threads are used. */
export const LARGE = new Float32Array(100 * X.length);
for (let i = 0; i < 100; i++) LARGE.set(X, i * X.length);
/** FNV-1a of the bits. */
export function digest(array) {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(array.buffer, array.byteOffset, array.byteLength)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16);
}
export const MODEL = Uint8Array.from(atob('${Buffer.from(patternModel(PATTERNS[0])).toString('base64')}'), (c) => c.charCodeAt(0));
`;

/** What each program's default export returns: its bits, and remarks that must be as said. */
const PROGRAMS = {
  core: `
import { GELU, gelu } from 'gelu';
import { digest, X } from './common.js';
export default () => ({ bits: digest(gelu(X)), more: gelu(-1) + String(new GELU()) });`,
  fast: `
import 'gelu/fast';
import { gelu } from 'gelu';
import { LARGE } from './common.js';
const bitsOf = (array) => new Int32Array(array.buffer);
export default () => {
  const correct = bitsOf(gelu(LARGE));
  const fast = bitsOf(gelu(LARGE, { precision: 'fast' }));
  let most = 0;
  for (let i = 0; i < fast.length; i++) most = Math.max(most, Math.abs(fast[i] - correct[i]));
  return { bits: most };
};`,
  threads: `
import { createPool } from 'gelu/threads';
import { digest, LARGE, X } from './common.js';
export default async () => {
  const pool = await createPool({ threads: 2 });
  const all = await pool.gelu(LARGE);
  const { threads } = pool;
  await pool.close();
  const parts = new Set(Array.from({ length: 100 }, (_, i) => digest(all.subarray(i * X.length, (i + 1) * X.length))));
  return { bits: [...parts].join(), threads };
};`,
  onnx: `
import { inspectOnnx, rewriteOnnx } from 'gelu/onnx';
import { digest, MODEL } from './common.js';
export default () => ({ bits: digest(rewriteOnnx(MODEL, { to: 'gelu' }).bytes()), more: inspectOnnx(MODEL).gelus.length });`,
  tfjs: `
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { gelu } from 'gelu/tfjs';
import { digest, X } from './common.js';
export default async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
  return { bits: digest(await gelu(tf.tensor1d(X), { precision: 'correct' }).data()) };
};`,
  jax: `
import { defaultDevice, init, numpy as np } from '@jax-js/jax';
import { gelu } from 'gelu/jax';
import { X } from './common.js';
export default async () => {
  await init('wasm');
  defaultDevice('wasm');
  const y = await gelu(np.array(X)).data();
  return { bits: Array.from(y, (v, i) => [X[i], v]) };
};`,
};

export const ENTRIES = Object.keys(PROGRAMS);

/** The files of a program that tries these entries; `end` is what becomes of `run()`, which resolves to the results. */
export function program(entries, end) {
  const files = Object.fromEntries(entries.map((name) => [`${name}.js`, PROGRAMS[name]]));
  const main = `${entries.map((name) => `import ${name} from './${name}.js';`).join('\n')}
const programs = { ${entries.join(', ')} };
export async function run() {
  const results = {};
  for (const [name, program] of Object.entries(programs)) {
    try {
      results[name] = await program();
    } catch (error) {
      results[name] = { error: String((error && error.message) || error) };
    }
  }
  return results;
}
`;
  return { 'common.js': COMMON, ...files, 'run.js': main, 'main.js': `import { run } from './run.js';\n${end}\n` };
}

const { X, digest, MODEL } = await import(`data:text/javascript,${encodeURIComponent(COMMON)}`);
/** The exact value, rounded once: where its first part lies between two float32, the second decides. */
const exact = X.map((x) => {
  const parts = new Float64Array(2);
  preciseGelu('none', 0, x, parts);
  const [high, low] = parts;
  return high * (1 + Math.sign(low) * Math.sign(high) * 2 ** -52);
});
const { inspectOnnx, rewriteOnnx } = await import('../../packages/gelu/dist/onnx/index.js');
const correct = digest(exact);
const EXPECTED = {
  core: { bits: correct, more: "-0.15865525393145705GELU(approximate='none')" },
  fast: { bits: 1 }, // neighbours of the correctly rounded ones: which, is the engine's FMA's; 0 would be another kernel
  threads: { bits: correct },
  onnx: { bits: digest(rewriteOnnx(MODEL, { to: 'gelu' }).bytes()), more: inspectOnnx(MODEL).gelus.length },
  tfjs: { bits: correct },
};

/** What is wrong with what an entry's program gave; undefined if nothing. */
export function complaint(entry, result, { withoutWasm = false } = {}) {
  if (result === undefined) return 'it gave no result';
  if (result.error !== undefined) return result.error;
  if (entry === 'jax') {
    const wrong = result.bits.find(([x, y]) => Math.abs(y - gelu(x)) > 2 ** -22 * Math.abs(gelu(x)) + 2 ** -149);
    return wrong && `gelu(${wrong[0]}) gave ${wrong[1]}`;
  }
  // Without WebAssembly the scalar code does the work, correctly rounded.
  const expected = entry === 'fast' && withoutWasm ? { bits: 0 } : EXPECTED[entry];
  for (const [key, value] of Object.entries(expected))
    if (result[key] !== value) return `${key}: ${result[key]}, not ${value}`;
  return undefined;
}
