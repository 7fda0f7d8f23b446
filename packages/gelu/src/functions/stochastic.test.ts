import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  GeluRangeError,
  GeluStateError,
  GeluTypeError,
  gelu,
  layerFromJSON,
  StochasticGELU,
  stochasticGelu,
  stochasticGeluBackward,
} from '../complete.js';
import { keepProbability } from '../functions/stochastic.js';
import { SMALL_FLOATS } from '../kernels/dtypes.js';
import { philox, uniforms } from '../numerics/philox.js';
import { decode } from '../numerics/small-floats.js';

describe('Philox 4×32-10', () => {
  // The known answers that the authors of Random123 publish.
  test.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('%j', (start, [key0, key1], expected) => {
    const counter = Uint32Array.from(start);
    philox(counter, key0, key1);
    expect(counter).toEqual(Uint32Array.from(expected));
  });

  test('the same numbers in any division, also where the counter passes 32 bits', () => {
    for (const first of [0, 2 ** 33 - 5]) {
      const whole = new Float64Array(100);
      uniforms(2 ** 40 + 3, 5, first, whole);
      for (const start of [1, 2, 7, 50]) {
        const part = new Float64Array(9);
        uniforms(2 ** 40 + 3, 5, first + start, part);
        expect(part).toEqual(whole.subarray(start, start + 9));
      }
      expect(new Set(whole).size).toBe(100);
      expect(whole.every((u) => u >= 0 && u < 1)).toBe(true);
    }
    const streams = [
      [1, 0, 0],
      [2, 0, 0],
      [1 + 2 ** 32, 0, 0],
      [1, 1, 0],
      [1, 2 ** 32, 0],
      [1, 0, 2 ** 33],
    ].map(([seed, call, first]) => {
      const out = new Float64Array(1);
      uniforms(seed, call, first, out);
      return out[0];
    });
    expect(new Set(streams).size).toBe(streams.length);
  });
});

test('the probability is Φ(x)', () => {
  expect([0, -0, 1e-300, -5e-324].map(keepProbability)).toEqual([0.5, 0.5, 0.5, 0.5]);
  expect([Infinity, 1e300, -Infinity, -1e300].map(keepProbability)).toEqual([1, 1, 0, 0]);
  expect(keepProbability(NaN)).toBeNaN();
  // Φ(1), Φ(−3) to 17 digits.
  expect(keepProbability(1)).toBeCloseTo(0.84134474606854293, 15);
  expect(keepProbability(-3) / 0.0013498980316300946).toBeCloseTo(1, 14);
});

// With a fixed seed the test is deterministic. For another seed each of the 20 statistics would leave its bounds, 4.5
// standard errors, with probability 7e-6: all together hold with confidence 99.98 %.
test.each([-3, -2, -1, -0.7518, -0.25, 0.25, 0.7518, 1, 2, 3])('mean and variance over many draws at x = %d', (x) => {
  const n = 200_000;
  const { output } = stochasticGelu(new Float64Array(n).fill(x), { seed: 20160627 });
  const mean = output.reduce((sum, y) => sum + y, 0) / n;
  const variance = output.reduce((sum, y) => sum + (y - mean) ** 2, 0) / (n - 1);
  const p = keepProbability(x);
  const exact = x * x * p * (1 - p);
  expect(Math.abs(mean - gelu(x)) / Math.sqrt(exact / n)).toBeLessThan(4.5);
  // The variance of x·m has itself the variance (μ₄ − σ⁴)/n, μ₄ = x⁴·p·(1 − p)·(1 − 3p·(1 − p)). (Never 0 for these x.)
  const fourth = x ** 4 * p * (1 - p) * (1 - 3 * p * (1 - p));
  expect(Math.abs(variance - exact) / Math.sqrt((fourth - exact ** 2) / n + (exact / n) ** 2)).toBeLessThan(4.5);
});

const x = Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i) * 3);

test('neighbours and calls are uncorrelated', () => {
  const draw = (call: number): Float64Array =>
    Float64Array.from(stochasticGelu(new Float32Array(100_000).fill(1e-30), { seed: 3, call }).mask, (m) => 2 * m - 1);
  const [a, b] = [draw(0), draw(1)];
  const correlation = (shift: number, other: Float64Array): number =>
    a.reduce((sum, m, i) => sum + m * other[(i + shift) % other.length], 0) / Math.sqrt(a.length);
  for (const z of [correlation(1, a), correlation(2, a), correlation(0, b), correlation(1, b)])
    expect(Math.abs(z)).toBeLessThan(4.5);
});

test('keeps or drops; the same for the same seed and call, in any division', () => {
  const options = { seed: 7, call: 2 };
  const { output, mask } = stochasticGelu(x, options);
  x.forEach((v, i) => {
    expect(output[i]).toBe(mask[i] ? v : 0);
  });
  expect(stochasticGelu(x, options)).toEqual({ output, mask });
  for (const start of [1, 1024, 3333])
    expect(stochasticGelu(x.subarray(start), { ...options, offset: start }).mask).toEqual(mask.subarray(start));
  expect(stochasticGelu(Float64Array.from(x), options).mask).toEqual(mask);
  expect(stochasticGelu(x, { seed: 7 }).mask).not.toEqual(mask);
  expect(stochasticGelu(x, { seed: 8, call: 2 }).mask).not.toEqual(mask);
  const inPlace = x.slice();
  expect(stochasticGelu(inPlace, { ...options, out: inPlace }).output).toBe(inPlace);
  expect(inPlace).toEqual(output);
});

test('special values and 16-bit types', () => {
  const special = Float64Array.of(Infinity, -Infinity, NaN, 0, 100, -100);
  const { output } = stochasticGelu(special, { seed: 0 });
  expect(output).toEqual(Float64Array.of(Infinity, 0, NaN, 0, 100, 0));
  const bits = Uint16Array.from({ length: 4096 }, (_, i) => i * 16 + 1);
  for (const dtype of ['float16', 'bfloat16'] as const) {
    const values = Float64Array.from(bits, (b) => decode(b, SMALL_FLOATS[dtype]));
    const { output, mask } = stochasticGelu(bits, { seed: 1, dtype });
    expect(mask).toEqual(stochasticGelu(values, { seed: 1 }).mask);
    expect(output).toEqual(bits.map((b, i) => (mask[i] ? b : 0)));
  }
});

test('backward is the mask', () => {
  const { mask } = stochasticGelu(x, { seed: 9 });
  const g = x.map((_, i) => i + 1);
  const expected = g.map((v, i) => v * mask[i]);
  expect(stochasticGeluBackward(g, mask)).toEqual(expected);
  expect(stochasticGeluBackward(g, mask, { out: g })).toBe(g);
  expect(g).toEqual(expected);
});

describe('the layer', () => {
  test('draws anew in training, is gelu in evaluation', () => {
    const layer = new StochasticGELU({ seed: 5 });
    expect(inspect(layer)).toBe('StochasticGELU(seed=5)');
    expect(() => layer.backward(x)).toThrow(GeluStateError);
    const first = layer.forward(x);
    expect(first).toEqual(stochasticGelu(x, { seed: 5 }).output);
    const second = layer.forward(x);
    const expected = stochasticGelu(x, { seed: 5, call: 1 });
    expect(second).toEqual(expected.output);
    expect(layer.backward(x)).toEqual(stochasticGeluBackward(x, expected.mask));
    expect(layer.eval().forward(x)).toEqual(gelu(x));
    expect(() => layer.backward(x)).toThrow('train()');
    const again = layerFromJSON(JSON.stringify(layer)) as StochasticGELU;
    expect(again).toBeInstanceOf(StochasticGELU);
    expect(again.forward(x)).toEqual(layer.train().forward(x));
  });

  test('without a seed it draws one and tells it', () => {
    const layer = new StochasticGELU();
    expect(Number.isSafeInteger(layer.seed)).toBe(true);
    expect(layer.forward(x)).toEqual(new StochasticGELU({ seed: layer.seed }).forward(x));
    expect(new StochasticGELU().seed).not.toBe(layer.seed);
  });
});

test('bad input', () => {
  expect(() => stochasticGelu(x, {} as never)).toThrow("'seed' must be a number");
  expect(() => (stochasticGelu as (x: unknown) => unknown)(x)).toThrow(GeluTypeError);
  expect(() => stochasticGelu(x, { seed: -1 })).toThrow(GeluRangeError);
  expect(() => stochasticGelu(x, { seed: 0.5 })).toThrow(GeluRangeError);
  expect(() => stochasticGelu(x, { seed: 1, call: 2 ** 53 })).toThrow(GeluRangeError);
  expect(() => stochasticGelu(x, { seed: 1, p: 1 } as never)).toThrow("'options.p'");
  expect(() => stochasticGelu([1] as never, { seed: 1 })).toThrow(GeluTypeError);
  expect(() => stochasticGelu(new Int8Array(1), { seed: 1 })).toThrow(GeluTypeError);
  expect(() => stochasticGelu(new Uint16Array(1), { seed: 1 })).toThrow("'dtype'");
  expect(() => stochasticGelu(x, { seed: 1, out: new Float32Array(1) })).toThrow(GeluRangeError);
  expect(() => stochasticGeluBackward(x, new Uint8Array(1))).toThrow(GeluRangeError);
  expect(() => stochasticGeluBackward(x, [1] as never)).toThrow(GeluTypeError);
  expect(() => new StochasticGELU({ seed: '1' as never })).toThrow(GeluTypeError);
  expect(() => new StochasticGELU({ p: 1 } as never)).toThrow(GeluTypeError);
});
