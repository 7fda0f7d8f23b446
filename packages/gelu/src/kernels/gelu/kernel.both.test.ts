import { afterEach, describe, expect, it, vi } from 'vitest';
import '../../fast.js';
import { APPROXIMATE } from '../../activations/gelu/approximate.js';
import { evaluate } from '../../activations/gelu/forms.js';
import { allocate, free } from '../memory/heap.js';
import { memoryOf } from '../memory/memories.js';
import type { Precision } from '../wasm/modules.js';
import { GELU_FUNCTIONS } from './functions.js';
import { inJavaScript } from './javascript.js';
import { geluKernel } from './kernel.js';
import type { SmoothFunction } from './smooth.js';

/** f on x, or times a gradient. */
function applyFloat32(
  f: SmoothFunction,
  x: Float32Array,
  out: Float32Array,
  precision: Precision,
  g?: Float32Array,
): void {
  if (g) geluKernel(f).backward(g, x, out, precision);
  else geluKernel(f).forward(x, out, precision);
}

/** Every exponent, both signs, and the range where the functions bend. */
function stratified(n: number): Float32Array {
  const x = new Float32Array(n);
  const bits = new Uint32Array(x.buffer);
  let state = 12345;
  for (let i = 0; i < n; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    if (i % 2 === 0) bits[i] = (((i >> 1) % 510) << 23) ^ (state >>> 9);
    else x[i] = -66 + (state / 2 ** 32) * 80;
  }
  x.set([0, -0, Infinity, -Infinity, Number.NaN, 1.4e-45, -1.4e-45, 3.4e38, -3.4e38, 3.7351672e-8, -1.8675836e-8]);
  return x;
}

/** How many elements differ; all NaNs are one. */
function differences(a: Float32Array, b: Float32Array): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) count++;
  return count;
}

const x = stratified(1 << 18);
const names = APPROXIMATE.flatMap((form) => [
  { form, order: 0 as const },
  { form, order: 1 as const },
]);

describe.each(names)('float32 kernels of $form, order $order', ({ form, order }) => {
  const f = GELU_FUNCTIONS[form][order];
  const exact = (value: number): number => evaluate({ approximate: form, mean: 0, std: 1 }, order, value);

  it('round correctly, in place and at odd offsets, the same with and without WebAssembly', () => {
    const simd = new Float32Array(x.length);
    applyFloat32(f, x, simd, 'correct');
    const scalar = new Float32Array(x.length);
    inJavaScript(f, x, scalar);
    expect(differences(scalar, simd)).toBe(0);
    let wrong = 0;
    // Where the float64 value is itself too near to a midpoint it cannot tell; scripts/exhaustive.mjs does.
    for (let i = 0; i < x.length; i++) {
      const y = exact(x[i]);
      const sure = Math.fround(y * (1 - 2 ** -52)) === Math.fround(y * (1 + 2 ** -52));
      if ((sure || Number.isNaN(y)) && !Object.is(simd[i], Math.fround(y))) wrong++;
    }
    expect(wrong).toBe(0);
    const few = new Float32Array(x.length);
    inJavaScript(f, x, few, undefined, true);
    expect(differences(few, simd)).toBe(0);
    const moved = new Float32Array(new SharedArrayBuffer(4 * 1013 + 4), 4, 1013).fill(0);
    moved.set(x.subarray(0, 1013));
    applyFloat32(f, moved, moved, 'correct');
    expect(Array.from(moved)).toEqual(Array.from(simd.subarray(0, 1013)));
  });

  // Beside the root of a derivative in units of the larger addend, which is 0.226 there.
  it('fast: at most 1 ULP', () => {
    const fast = new Float32Array(x.length);
    applyFloat32(f, x, fast, 'fast');
    const root = order === 1 ? f.anchors()[0].x : Number.NaN;
    let worst = 0;
    for (let i = 0; i < x.length; i++) {
      const y = exact(x[i]);
      if (Number.isNaN(y) || Math.abs(y) === Infinity) expect(fast[i]).toBe(y);
      else {
        const unit = 2 ** Math.max(-149, Math.floor(Math.log2(Math.abs(y))) - 23);
        const least = Math.abs(x[i] - root) < 0.003 ? 2 ** -26 : 2 ** -149;
        worst = Math.max(worst, Math.abs(fast[i] - y) / Math.max(unit, least));
      }
    }
    expect(worst).toBeLessThanOrEqual(1);
  });
});

it('ranges of inputs that come one after the other, with gaps between them', () => {
  // A function of its own, so that none of its rows has been made.
  const f = { ...GELU_FUNCTIONS.none[0] };
  const range = (from: number, to: number) =>
    Float32Array.from({ length: 32768 }, (_, i) => from + ((to - from) * i) / 32768);
  const centre = range(-1, 1);
  const ranges = [centre, range(-12, -10), range(-5, -4), range(3, 4), range(-11, -3), range(-14, 6)];
  for (const x of ranges) {
    const y = new Float32Array(x.length);
    applyFloat32(f, x, y, 'correct');
    const whole = new Float32Array(x.length);
    applyFloat32(GELU_FUNCTIONS.none[0], x, whole, 'correct');
    expect(differences(y, whole)).toBe(0);
    x.forEach((v, i) => {
      if (y[i] !== Math.fround(evaluate({ approximate: 'none', mean: 0, std: 1 }, 0, v)))
        expect.fail(`${y[i]} at ${v}`);
    });
  }
});

it('derivatives: inputs that float64 rounds onto a midpoint', () => {
  const out = new Float32Array(2);
  for (const form of ['none', 'tanh'] as const) {
    applyFloat32(GELU_FUNCTIONS[form][1], Float32Array.of(3.7351672e-8, -1.8675836e-8), out, 'correct');
    expect(Array.from(out)).toEqual([0.5 + 2 ** -24, 0.5 - 2 ** -25]);
  }
});

it('backward multiplies by the float64 derivative and rounds once', () => {
  const f = GELU_FUNCTIONS.none[1];
  const g = Float32Array.from(x, (_, i) => Math.fround(Math.sin(i) * 3));
  const [simd, scalar] = [new Float32Array(x.length), new Float32Array(x.length)];
  applyFloat32(f, x, simd, 'correct', g);
  inJavaScript(f, x, scalar, g);
  expect(differences(simd, scalar)).toBe(0);
  const few = new Float32Array(x.length);
  inJavaScript(f, x, few, g, true);
  expect(differences(few, simd)).toBe(0);
  const inPlace = g.slice();
  applyFloat32(f, x, inPlace, 'correct', inPlace);
  expect(differences(inPlace, simd)).toBe(0);
});

it('a table whose rows are made when they are needed gives the bits of a whole one', () => {
  const [f, derivative] = GELU_FUNCTIONS.none;
  const g = x.map((_, i) => Math.sin(i));
  const expected = [new Float32Array(x.length), new Float32Array(x.length)];
  inJavaScript(f, x, expected[0]);
  inJavaScript(derivative, x, expected[1], g);
  // Tables are kept by function: these have none yet. Growing, then jumping ranges; only NaN; the largest first.
  const order = x.map((_, i) => i).sort((a, b) => Math.abs(x[a]) - Math.abs(x[b]));
  for (const indices of [order, order.slice().reverse(), order.map((_, i) => order[(i * 40503) % order.length])]) {
    const [xs, gs] = [Float32Array.from(indices, (i) => x[i]), Float32Array.from(indices, (i) => g[i])];
    const [out, product] = [new Float32Array(x.length), new Float32Array(x.length)];
    applyFloat32({ ...f }, xs, out, 'correct');
    applyFloat32({ ...derivative }, xs, product, 'correct', gs);
    expect(
      differences(
        out,
        Float32Array.from(indices, (i) => expected[0][i]),
      ),
    ).toBe(0);
    expect(
      differences(
        product,
        Float32Array.from(indices, (i) => expected[1][i]),
      ),
    ).toBe(0);
  }
});

it('arrays on one side of the memory only, of lengths that need a stage for their ends', () => {
  const derivative = GELU_FUNCTIONS.none[1];
  for (const n of [7, 16384, 40003]) {
    const [a, g, b] = [allocate('float32', n), allocate('float32', n), allocate('float32', n)];
    a.set(x.subarray(11, 11 + n));
    g.set(x.subarray(5000, 5000 + n).map((v) => Math.min(Math.max(v, -1), 1)));
    const [outside, gradient, expected, out] = [a.slice(), g.slice(), new Float32Array(n), new Float32Array(n)];
    applyFloat32(derivative, outside, expected, 'correct');
    applyFloat32(derivative, a, out, 'correct');
    applyFloat32(derivative, outside, b, 'correct');
    expect([differences(out, expected), differences(b, expected)]).toEqual([0, 0]);
    applyFloat32(derivative, outside, expected, 'correct', gradient);
    applyFloat32(derivative, outside, out, 'correct', g);
    applyFloat32(derivative, a, b, 'correct', gradient);
    expect([differences(out, expected), differences(b, expected)]).toEqual([0, 0]);
    applyFloat32(derivative, a, a, 'correct', g);
    expect(differences(a, expected)).toBe(0);
    for (const array of [a, g, b]) free(array);
  }
});

it('allocated arrays lie in one memory, give the same results and can be freed', () => {
  const [a, b] = [allocate('float32', 100003), allocate('float32', 100003)];
  expect(a.buffer).toBe(b.buffer);
  expect(memoryOf(a.buffer)).toBeDefined();
  a.set(x.subarray(0, a.length));
  applyFloat32(GELU_FUNCTIONS.none[0], a, b, 'correct');
  const staged = new Float32Array(a.length);
  applyFloat32(GELU_FUNCTIONS.none[0], a.slice(), staged, 'correct');
  expect(differences(staged, b.slice())).toBe(0);
  const address = a.byteOffset;
  free(a);
  free(b);
  expect(allocate('float32', 100003).byteOffset).toBe(address);
});

// Browsers do not load a module anew.
describe.runIf(typeof process === 'object')('without WebAssembly', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it.each([
    ['at all', undefined],
    ['SIMD', { Module: undefined }],
  ])('%s the bits are the same, and arrays can be allocated', async (_, stub) => {
    const bias = Float32Array.from({ length: 64 }, (_, i) => i / 50);
    const g = x.map((_, i) => Math.sin(i));
    const run = (library: typeof import('../../index.js')) => {
      const { gradInput, gradBias } = library.biasGeluBackward(g, x, bias);
      return [library.gelu(x), library.geluBackward(g, x), library.biasGelu(x, bias), gradInput, gradBias];
    };
    const expected = run(await import('../../index.js'));
    vi.stubGlobal('WebAssembly', stub);
    vi.resetModules();
    const library = await import('../../index.js');
    run(library).forEach((array, i) => {
      expect(differences(array, expected[i])).toBe(0);
    });
    const array = library.allocate('float32', 5);
    expect(array).toEqual(new Float32Array(5));
    library.free(array);
  });
});
