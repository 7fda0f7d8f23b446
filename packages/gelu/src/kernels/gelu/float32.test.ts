import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { describe, expect, it, vi } from 'vitest';
import { APPROXIMATE } from '../../activations/gelu/approximate.js';
import { scalarFunction } from '../../activations/gelu/forms.js';
import { preciseGelu, ulpError } from '../../numerics.js';
import { fastModule } from '../wasm/fast-module.js';
import { decode } from '../wasm/modules.js';
import { FAST_RELAXED } from '../wasm/wasm-fast.generated.js';
import { FAST_MAPS } from './fast-maps.js';
import { GELU_FUNCTIONS } from './functions.js';

await import('../../fast.js');
const simd = await import('./kernel.js');
// Where relaxed SIMD has to be asked for, what was compiled before runs without, and what comes now runs with it.
const asked = !WebAssembly.validate(decode(FAST_RELAXED));
fastModule();
setFlagsFromString('--experimental-wasm-relaxed-simd');
vi.resetModules();
await import('../../fast.js');
const relaxed = await import('./kernel.js');

const names = APPROXIMATE.flatMap((form) => [
  { form, order: 0 as const, name: form as string },
  { form, order: 1 as const, name: `${form}'` },
]);

/** The inputs of a log's lines at which the error is largest: one of each part of 2²⁸. */
function worstInputs(name: string): number[] {
  return ['fast', 'fast-relaxed'].flatMap((log) =>
    readFileSync(new URL(`../../../reference/exhaustive/${log}.jsonl`, import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { function: string; worstAt: number })
      .filter((part) => part.function === name)
      .map((part) => part.worstAt),
  );
}

/** All inputs that the correctly rounded kernels get wrong without their nudges (scripts/find-nudges.mjs). */
const HARD = JSON.parse(
  readFileSync(new URL('../../../reference/data/float32-hard.json', import.meta.url), 'utf8'),
) as Record<string, number[]>;

/** Special values, the worst cases, then every exponent with both signs, and the range where the functions bend. */
function stratified(name: string, n: number): Float32Array {
  const x = new Float32Array(n);
  const bits = new Uint32Array(x.buffer);
  let state = 12345;
  for (let i = 0; i < n; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    if (i % 2 === 0) bits[i] = (((i >> 1) % 510) << 23) ^ (state >>> 9);
    else x[i] = (i % 4 === 1 ? -66 : -16) + (state / 2 ** 32) * (i % 4 === 1 ? 80 : 24);
  }
  const { low, high } = FAST_MAPS[name];
  x.set([0, -0, Infinity, -Infinity, Number.NaN, 1.4e-45, -1.4e-45, 3.4e38, -3.4e38, low, high]);
  x.set([...HARD[name], ...worstInputs(name)], 16);
  return x;
}

describe.each(names)('float32 kernels of $name', ({ form, order, name }) => {
  const f = GELU_FUNCTIONS[form][order];
  const x = stratified(name, 1 << 20);
  const exact = scalarFunction({ approximate: form, mean: 0, std: 1 }, order);
  const y = Float64Array.from(x, exact);
  const run = (kernels: typeof simd, precision: 'correct' | 'fast'): Float32Array => {
    const out = new Float32Array(x.length);
    kernels.geluKernel(f).forward(x, out, precision);
    return out;
  };

  it('rounds correctly', () => {
    const out = run(simd, 'correct');
    const wrong: number[] = [];
    const pair = new Float64Array(2);
    for (let i = 0; i < x.length; i++) {
      if (Number.isNaN(y[i]) && Number.isNaN(out[i])) continue;
      const [a, b] = [Math.fround(y[i] * (1 - 2 ** -51)), Math.fround(y[i] * (1 + 2 ** -51))];
      if (Object.is(out[i], a) && Object.is(a, b)) continue;
      // Too near to a midpoint for float64.
      preciseGelu(form, order, x[i], pair);
      if (!(ulpError(out[i], pair[0], pair[1], 'float32') <= 0.5)) wrong.push(x[i]);
    }
    expect(wrong).toEqual([]);
  });

  // Beside the root of a derivative in units of the larger addend, which is 0.226 there.
  it.each([
    ['plain', simd],
    ['relaxed', relaxed],
  ])('fast, %s SIMD: at most 1 ULP', (_, kernels) => {
    const out = run(kernels, 'fast');
    const root = order === 1 ? f.anchors()[0].x : Number.NaN;
    let [worst, at] = [0, 0];
    for (let i = 0; i < x.length; i++) {
      if (!Number.isFinite(y[i])) expect(out[i]).toBe(y[i]);
      const least = Math.abs(x[i] - root) < 0.003 ? 2 ** -26 : 2 ** -149;
      const unit = Math.max(2 ** (Math.floor(Math.log2(Math.abs(y[i]))) - 23), least);
      const error = Math.abs(out[i] - y[i]) / unit;
      if (error > worst) [worst, at] = [error, x[i]];
      if (order === 0 && x[i] === 0) expect(out[i]).toBe(x[i]);
    }
    expect(worst, `at ${at}`).toBeLessThanOrEqual(1);
    expect(worst).toBeGreaterThan(0.5);
  });
});

it.runIf(asked)('relaxed SIMD is another kernel', () => {
  expect(WebAssembly.validate(decode(FAST_RELAXED))).toBe(true);
  const x = stratified('none', 1 << 18);
  const [a, b] = [simd, relaxed].map((kernels) => {
    const out = new Float32Array(x.length);
    kernels.geluKernel(GELU_FUNCTIONS.none[0]).forward(x, out, 'fast');
    return out;
  });
  expect(a.some((value, i) => !Object.is(value, b[i]))).toBe(true);
});
