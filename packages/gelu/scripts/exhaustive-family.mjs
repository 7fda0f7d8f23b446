// Checks the family's smooth float32 kernels on all 2³² inputs, or on every STRIDE-th block of 65,536, against the float64
// definition, and prints a line of JSON for each function and derivative. A whole run goes into
// reference/family-exhaustive.jsonl, line by line, and leaves out what is there already: delete a line to have it done again.
//
//   [STRIDE=1] [PHASE=0] node scripts/exhaustive-family.mjs [silu,mish,…]
//
// In a block, as far as it will go, the definition is replaced by a polynomial through eight of its values, checked at three
// more; where a result looks worse than the worst so far the definition itself is asked.
import { appendFileSync, readFileSync } from 'node:fs';
import { activations, bind } from '../dist/activations/index.js';
import { familyKernel } from '../dist/kernels/family/kernel.js';
import { ulp } from '../dist/numerics.js';
import { compile } from './build-kernels.mjs';

const STRIDE = Number(process.env.STRIDE ?? 1);
const PHASE = Number(process.env.PHASE ?? 0);
const BLOCK = 65536;
const TERMS = 8;
const X = 1024; // addresses in the checker's memory: coefficients at 0, inputs, results
const RESULTS = X + 4 * BLOCK;

const memory = new WebAssembly.Memory({ initial: 16 });
const module = await WebAssembly.compile(await compile('check.ts', []));
const checker = (await WebAssembly.instantiate(module, { env: { memory } })).exports;
const x = new Float32Array(memory.buffer, X, BLOCK);
const out = new Float32Array(memory.buffer, RESULTS, BLOCK);
const coefficients = new Float64Array(memory.buffer, 0, TERMS);
const NODES = Array.from({ length: TERMS }, (_, j) => Math.cos((Math.PI * (2 * j + 1)) / (2 * TERMS)));

/** The polynomial through f on x[at … at + n − 1], into `coefficients`; undefined where it does not follow f closely. */
function interpolate(f, at, n) {
  const centre = x[at] + (x[at + n - 1] - x[at]) / 2;
  const scale = 2 / (x[at + n - 1] - x[at]);
  if (!Number.isFinite(scale)) return undefined;
  const c = coefficients;
  const t = NODES.map((node, j) => {
    const v = centre + node / scale;
    c[j] = f(v);
    return (v - centre) * scale;
  });
  for (let k = 1; k < TERMS; k++) for (let j = TERMS - 1; j >= k; j--) c[j] = (c[j] - c[j - 1]) / (t[j] - t[j - k]);
  for (let k = TERMS - 2; k >= 0; k--) for (let j = k; j < TERMS - 1; j++) c[j] -= c[j + 1] * t[k];
  for (const p of [-1, 0.1, 1]) {
    const v = centre + p / scale;
    const exact = f(v);
    const s = (v - centre) * scale;
    const y = c.reduceRight((sum, coefficient) => sum * s + coefficient, 0);
    if (!(Math.abs(y - exact) <= 2 ** -38 * Math.max(Math.abs(exact), 2 ** -135))) return undefined;
  }
  return { centre, scale };
}

/** All inputs of one kernel. */
function check(bound, order) {
  const kernel = familyKernel(bound, order);
  if (kernel === undefined) return { error: 'no kernel' };
  const f = (v) => bound.evaluate(order, v);
  let worst = 0;
  let worstAt = Number.NaN;
  let special = 0;

  const one = (i) => {
    const exact = f(x[i]);
    const rounded = Math.fround(exact);
    if (!Number.isFinite(rounded) || !Number.isFinite(out[i]) || (rounded === 0 && out[i] === 0)) {
      if (!Object.is(rounded, out[i])) special++;
      if (!Number.isFinite(rounded)) return;
    }
    const error = Math.abs(out[i] - exact) / ulp(exact, 'float32');
    if (!(error <= worst)) [worst, worstAt] = [error, x[i]];
  };
  const vanishes = (i) => Math.abs(f(x[i])) < 2 ** -152;
  const part = (at, n) => {
    if (n < 8) {
      for (let i = at; i < at + n; i++) one(i);
      return;
    }
    if (vanishes(at) && vanishes(at + n - 1) && x[at] * x[at + n - 1] > 0 && Math.abs(x[at]) > 1e-3) {
      const zero = Object.is(Math.fround(f(x[at])), -0) ? 0x80000000 : 0;
      special += checker.countOther(RESULTS + 4 * at, n, zero);
      return;
    }
    const polynomial = interpolate(f, at, n);
    if (polynomial === undefined) {
      part(at, n / 2);
      part(at + n / 2, n / 2);
      return;
    }
    const { centre, scale } = polynomial;
    const error = checker.largestError(X + 4 * at, RESULTS + 4 * at, n, 0, centre, scale, 2 ** -149);
    if (!(error <= worst * 1.0001)) for (let i = at; i < at + n; i++) one(i);
  };

  for (let block = PHASE % STRIDE; block < 65536; block += STRIDE) {
    const first = block * BLOCK;
    checker.fill(X, first, BLOCK);
    kernel.forward(x, out, 'correct');
    const magnitude = (first & 0x7fffffff) >>> 0;
    if (magnitude < 0x7f800000) part(0, BLOCK);
    else {
      const infinity = magnitude === 0x7f800000 ? 1 : 0;
      if (infinity) one(0);
      special += checker.countNumbers(RESULTS + 4 * infinity, BLOCK - infinity); // NaN must stay NaN
    }
  }
  return { inputs: 2 ** 32 / STRIDE, worst: Number(worst.toFixed(4)), worstAt, special };
}

const LOG = new URL('../reference/family-exhaustive.jsonl', import.meta.url);
const lines = readFileSync(LOG, 'utf8').split('\n').filter(Boolean);
const done = new Set(lines.map((line) => JSON.parse(line)).map((entry) => `${entry.function} ${entry.order}`));
const wanted = process.argv[2]?.split(',');
for (const definition of activations) {
  if (definition.name === 'gelu' || (wanted && !wanted.includes(definition.name))) continue;
  const bound = bind(definition);
  if (bound.shape.kind === 'piecewise') continue; // no table: a formula on each piece
  for (const order of [0, 1]) {
    if (STRIDE === 1 && done.has(`${bound.key} ${order}`)) continue;
    const start = performance.now();
    const found = check(bound, order);
    const seconds = Math.round((performance.now() - start) / 1000);
    const line = `${JSON.stringify({ function: bound.key, order, ...found, seconds })}\n`;
    process.stdout.write(line);
    if (STRIDE === 1) appendFileSync(LOG, line);
  }
}
