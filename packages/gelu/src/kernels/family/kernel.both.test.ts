import { describe, expect, it } from 'vitest';
import { activation, activations, defineActivation } from '../../activations/index.js';
import { type Bound, bind } from '../../activations/model/activation.js';
import { ulp } from '../../numerics/ulp.js';
import { familyTable } from './family-table.js';
import { familyKernel } from './kernel.js';
import { evaluateRow } from './table.js';

/** Every exponent, both signs, the range where functions bend, and special values. */
function stratified(n: number): Float32Array {
  const x = new Float32Array(n);
  const bits = new Uint32Array(x.buffer);
  let state = 12345;
  for (let i = 0; i < n; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    if (i % 2 === 0) bits[i] = (((i >> 1) % 512) << 23) ^ (state >>> 9);
    else x[i] = -30 + (state / 2 ** 32) * 50;
  }
  x.set([
    0,
    -0,
    Infinity,
    -Infinity,
    Number.NaN,
    2 ** -149,
    -(2 ** -149),
    3.4028234663852886e38,
    -3.4028234663852886e38,
  ]);
  x.set([3, -3, 6, 1, -1, 20, -0.75, -1.2784645, 5.9604645e-8, -5.9604645e-8], 9);
  return x;
}

const x = stratified(1 << 15);
const gradients = Float32Array.from(x, (_, i) => Math.cos(i) * 2 ** ((i % 60) - 30));

/** The largest error in units in the last place; zeros must have the right sign, infinities and NaN be the same. */
function worstError(actual: Float32Array, expected: (i: number) => number): number {
  let worst = 0;
  for (let i = 0; i < actual.length; i++) {
    const y = expected(i);
    const rounded = Math.fround(y);
    const same = Object.is(actual[i], rounded);
    if (same && !Number.isFinite(rounded)) continue;
    const error = same || (actual[i] !== 0 && rounded !== 0) ? Math.abs(actual[i] - y) / ulp(y, 'float32') : Infinity;
    const nearZero = rounded === 0 && Math.abs(actual[i]) === 2 ** -149 ? Math.abs(actual[i] - y) / 2 ** -149 : error;
    worst = Math.max(worst, Number.isNaN(error) ? Infinity : Math.min(error, nearZero));
  }
  return worst;
}

const others: readonly Bound[] = [
  activation('silu', { beta: 0.1 }),
  activation('silu', { beta: 50 }),
  activation('elu', { alpha: 2.5 }),
  activation('celu', { alpha: 0.3 }),
  activation('celu', { alpha: 100 }),
  activation('celu', { alpha: -0.7 }),
  activation('elu', { alpha: -2 }),
  activation('elu', { alpha: 0 }),
  activation('silu', { beta: -1.3 }),
  activation('silu', { beta: 0 }),
  activation('softplus', { beta: -3 }),
  activation('softplus', { beta: 2, threshold: -2 }),
  activation('softplus', { threshold: 0 }),
  activation('clippedGelu', { maxVal: 2 }),
  activation('laplace', { mu: 3, sigma: 2 }),
  activation('xielu', { alphaP: 0.3, alphaN: 0.4, beta: 0.9 }),
  activation('softshrink', { lambd: 0.3 }),
  activation('threshold', { threshold: 0.1, value: -20 }),
  activation('softplus', { beta: 3, threshold: 2 }),
  activation('softplus', { threshold: Infinity }),
  activation('squareplus', { b: 0.01 }),
  activation('lalu', { location: 0.3, scale: 0.7 }),
  activation('calu', { location: -3, scale: 1 }),
  activation('calu', { location: 30, scale: 0.1 }),
  activation('leakyRelu', { negativeSlope: -0.3 }),
  activation('gelu', { mean: 0.5, std: 0.3 }),
];
const bounds = [...activations.map((definition) => bind(definition)), ...others];
const cases = bounds.flatMap((bound) => [0 as const, 1 as const].map((order) => ({ name: bound.key, bound, order })));

// What a row may be off comes on top of the half unit of rounding.
const BOUND = 0.5 + 2 ** -5 + 2 ** -7;

describe.each(cases)('float32 kernel of $name, order $order', ({ bound, order }) => {
  const kernel = familyKernel(bound, order);

  it('is within 0.54 ULP of the definition, zeros, infinities and NaN as there', () => {
    const out = new Float32Array(x.length);
    kernel?.forward(x, out, 'correct');
    expect(worstError(out, (i) => bound.evaluate(order, x[i]))).toBeLessThanOrEqual(BOUND);
  });

  it('runs in WebAssembly', () => {
    if (bound.definition.name === 'gelu' || bound.shape.kind === 'algebraic') return;
    expect(kernel?.program?.('correct')).toBeDefined();
  });

  it('works in place, at any offset and length and on shared memory', () => {
    const expected = new Float32Array(x.length);
    kernel?.forward(x, expected, 'fast');
    const moved = new Float32Array(new SharedArrayBuffer(4 * 1013 + 4), 4, 1013);
    moved.set(x.subarray(0, 1013));
    kernel?.forward(moved, moved, 'fast');
    expect(Array.from(moved)).toEqual(Array.from(expected.subarray(0, 1013)));
  });

  it('multiplies by a gradient and rounds once', () => {
    if (order === 0) return;
    const out = gradients.slice();
    kernel?.backward(out, x, out, 'correct');
    const product = (i: number): number => gradients[i] * bound.evaluate(1, x[i]);
    expect(worstError(out, product)).toBeLessThanOrEqual(BOUND);
  });

  it('gives the same bits without WebAssembly', () => {
    if (bound.shape.kind === 'piecewise') return;
    const table = familyTable(bound, order);
    if (!table) throw new Error('no table');
    const simd = new Float32Array(x.length);
    kernel?.forward(x, simd, 'correct');
    const rows = Float64Array.from(x, (v) => {
      const at = table.map.locate(v);
      if (!table.fit(at)) throw new Error(`no row at ${v}`);
      return evaluateRow(table.data, at, v);
    });
    expect(simd).toEqual(Float32Array.from(rows));
    kernel?.backward(gradients, x, simd, 'correct');
    expect(simd).toEqual(Float32Array.from(rows, (y, i) => gradients[i] * y));
  });
});

describe("a user's own activation gets its kernel from a float64 function and its domain", () => {
  const own = [
    defineActivation({
      name: 'gumbelGate',
      value: (v) => v * Math.exp(-Math.exp(-v)),
      domain: [-4.8, 25],
      below: { intercept: -0, slope: -0 },
    }),
    defineActivation({
      name: 'ripple',
      value: (v) => v + (Math.sin(3 * v) ** 2 / 3) * Math.exp(-v * v),
      domain: [-9, 9],
      below: { slope: 1 },
    }),
    defineActivation({
      name: 'softStep',
      value: (v) => Math.log1p(Math.exp(v)) - Math.log1p(Math.exp(v - 4)),
      derivative: (v) => (Math.exp(v) * -Math.expm1(-4)) / ((1 + Math.exp(v)) * (1 + Math.exp(v - 4))),
      domain: [-104, 40],
      above: { intercept: 4, slope: 0 },
    }),
  ];

  it.each(own.map((definition) => ({ name: definition.name, bound: bind(definition) })))('$name', ({ bound }) => {
    for (const order of [0, 1] as const) {
      const kernel = familyKernel(bound, order);
      const out = new Float32Array(x.length);
      kernel?.forward(x, out, 'correct');
      expect(worstError(out, (i) => bound.evaluate(order, x[i]))).toBeLessThanOrEqual(BOUND);
    }
  });

  it('two that share a name have kernels of their own', () => {
    const make = (factor: number): Bound =>
      bind(defineActivation({ name: 'twin', value: (v) => v / (1 + Math.exp(-factor * v)), domain: [-120, 120] }));
    const out = new Float32Array(1);
    familyKernel(make(1), 0)?.forward(Float32Array.of(-1), out, 'correct');
    expect(out[0]).toBe(Math.fround(-1 / (1 + Math.E)));
    familyKernel(make(2), 0)?.forward(Float32Array.of(-1), out, 'correct');
    expect(out[0]).toBe(Math.fround(-1 / (1 + Math.exp(2))));
  });
});

it('no kernel where no table can follow: the scalar definition does the work', () => {
  const rough = defineActivation({
    name: 'rough',
    value: (v) => Math.sin(1e6 * v) * Math.exp(-v * v),
    domain: [-9, 9],
    above: { slope: 0 },
  });
  expect(familyKernel(bind(rough), 0)).toBeUndefined();
});
