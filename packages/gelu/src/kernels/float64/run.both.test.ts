import { afterEach, describe, expect, it, vi } from 'vitest';
import { APPROXIMATE, type Approximate } from '../../activations/gelu/approximate.js';
import { evaluate } from '../../activations/gelu/forms.js';
import { float64Kernels } from './module.js';
import { float64Backward, float64Forward } from './run.js';

const ORDERS = [0, 1] as const;
const SPECIAL = [
  0,
  Infinity,
  Number.NaN,
  5e-324,
  2 ** -1022,
  2 ** -500,
  24,
  40,
  480,
  38.5,
  38.57,
  21.4,
  Number.MAX_VALUE,
];
const ROOTS = [-0.7517915246935645, -0.7524614220710163, -0.751154255441289];

const bits = new BigInt64Array(1);
const float = new Float64Array(bits.buffer);
function neighbour(x: number, steps: number): number {
  float[0] = x;
  bits[0] += BigInt(steps);
  return float[0];
}

/** Numbers in [0, 1), the same in every run. */
function generator(seed: number): () => number {
  let s = seed;
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) | 0;
    const high = s >>> 0;
    s = (Math.imul(s, 1664525) + 1013904223) | 0;
    return (high + (s >>> 0) / 2 ** 32) / 2 ** 32;
  };
}

/** Every exponent and sign, the range that matters densely, roots, limits of every branch and ties of the row index. */
function inputs(): Float64Array {
  const random = generator(1);
  const list: number[] = [];
  for (let e = -1074; e < 1024; e++)
    for (let i = 0; i < 20; i++) list.push((i % 2 ? 1 : -1) * Math.min((1 + random()) * 2 ** e, Number.MAX_VALUE));
  for (let i = 0; i < 60_000; i++) list.push((random() - 0.5) * 12, (random() - 0.5) * 90);
  for (let i = 0; i < 10_000; i++) list.push((random() - 0.5) * 1000);
  for (let i = -1300; i <= 1300; i++) list.push(i / 32, neighbour(i / 32, 1), neighbour(i / 32, -1));
  for (const special of SPECIAL)
    for (let step = -2; step <= 2; step++)
      if (Number.isFinite(special)) list.push(neighbour(special, step), -neighbour(special, step));
      else list.push(special, -special);
  list.push(0, -0, Number.NaN);
  for (const root of ROOTS) {
    for (let step = -50; step <= 50; step++) {
      list.push(neighbour(root, step), root + 5 / 128 + step * 2 ** -53, root - 5 / 128 + step * 2 ** -53);
      list.push(root + Math.sign(step) * 2 ** -Math.abs(step));
    }
    for (let i = 0; i < 3000; i++) list.push(root + (random() - 0.5) / 10);
  }
  return Float64Array.from(list);
}

/** The first index at which the bits differ (NaN is one value), or −1. */
function firstDifference(actual: Float64Array, expected: (i: number) => number): number {
  return actual.findIndex((value, i) => !Object.is(value, expected(i)));
}

const definition = (approximate: Approximate, order: 0 | 1, x: Float64Array) =>
  x.map((value) => evaluate({ approximate, mean: 0, std: 1 }, order, value));

const X = inputs();

it('has its kernels here, unless the engine has no SIMD', () => {
  const simd = WebAssembly.validate(
    Uint8Array.of(
      0,
      97,
      115,
      109,
      1,
      0,
      0,
      0,
      1,
      5,
      1,
      96,
      0,
      1,
      123,
      3,
      2,
      1,
      0,
      10,
      10,
      1,
      8,
      0,
      65,
      0,
      253,
      15,
      253,
      98,
      11,
    ),
  );
  expect(float64Kernels().kernels !== undefined).toBe(simd);
});

describe.each(APPROXIMATE)('the float64 kernels of the form %s', (approximate) => {
  it.each(ORDERS)('give the bits of the definition, order %i', (order) => {
    const expected = definition(approximate, order, X);
    const out = new Float64Array(X.length);
    float64Forward(approximate, order, X, out);
    expect(firstDifference(out, (i) => expected[i])).toBe(-1);
    // The other lane of every vector.
    const shifted = X.subarray(1);
    float64Forward(approximate, order, shifted, out.subarray(0, shifted.length));
    expect(firstDifference(out.subarray(0, shifted.length), (i) => expected[i + 1])).toBe(-1);
  });

  it('multiply the derivative by the gradient', () => {
    const random = generator(2);
    const gradOutput = X.map((_, i) => (i % 97 === 0 ? SPECIAL[i % SPECIAL.length] : (random() - 0.5) * 4));
    const expected = definition(approximate, 1, X).map((d, i) => d * gradOutput[i]);
    const out = new Float64Array(X.length);
    float64Backward(approximate, gradOutput, X, out);
    expect(firstDifference(out, (i) => expected[i])).toBe(-1);
    const inPlace = X.slice();
    float64Backward(approximate, gradOutput, inPlace, inPlace);
    expect(firstDifference(inPlace, (i) => expected[i])).toBe(-1);
    float64Backward(approximate, gradOutput, X, gradOutput);
    expect(firstDifference(gradOutput, (i) => expected[i])).toBe(-1);
  });

  it.each(ORDERS)(
    'take any length and offset, in place, in shared memory, and touch nothing else, order %i',
    (order) => {
      const lengths = [...Array(68).keys(), 255, 256, 257, 1023, 1024, 1025, 3001];
      const random = generator(3);
      for (const length of lengths) {
        const buffer = length % 2 ? new SharedArrayBuffer(8 * (length + 4)) : new ArrayBuffer(8 * (length + 4));
        const all = new Float64Array(buffer).map(() => (random() - 0.5) * 12);
        const view = new Float64Array(buffer, 8 * (1 + (length % 3)), length);
        new Float64Array(buffer).set(all);
        const expected = definition(approximate, order, view);
        all.set(expected, 1 + (length % 3));
        float64Forward(approximate, order, view, view);
        expect(firstDifference(new Float64Array(buffer), (i) => all[i])).toBe(-1);
      }
    },
  );
});

// Browsers do not load a module anew.
describe.runIf(typeof process === 'object')('without WebAssembly', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it.each([
    ['at all', undefined],
    ['SIMD', { validate: () => false }],
  ])('%s the bits are the same', async (_, stub) => {
    vi.stubGlobal('WebAssembly', stub);
    vi.resetModules();
    const scalar = await import('./run.js');
    const kernels = await import('./module.js');
    expect(kernels.float64Kernels().kernels).toBeUndefined();
    const gradOutput = X.map((_, i) => i / 100 - 3);
    const out = new Float64Array(X.length);
    for (const approximate of APPROXIMATE) {
      for (const order of ORDERS) {
        const expected = definition(approximate, order, X);
        scalar.float64Forward(approximate, order, X, out);
        expect(firstDifference(out, (i) => expected[i])).toBe(-1);
      }
      const derivative = definition(approximate, 1, X);
      scalar.float64Backward(approximate, gradOutput, X, out);
      expect(firstDifference(out, (i) => derivative[i] * gradOutput[i])).toBe(-1);
    }
  });
});
