import { describe, expect, test } from 'vitest';
import {
  activationLayer,
  GeluRangeError,
  GeluStateError,
  GeluTypeError,
  layerFromJSON,
  RReLU,
  rrelu,
  stochasticRrelu,
  stochasticRreluBackward,
} from '../index.js';

const n = 20000;
const x = Float64Array.from({ length: n }, (_, i) => Math.sin(i) * 3);
const ones = new Float64Array(n).fill(1);

describe('the function in training', () => {
  const options = { seed: 7, lower: -0.5, upper: 1.5 };
  const slopes = stochasticRreluBackward(ones, x, options);

  test('draws a slope for each element below 0, uniformly between lower and upper', () => {
    const below = Array.from(slopes.filter((_, i) => x[i] <= 0)).sort((a, b) => a - b);
    expect(slopes.every((slope, i) => x[i] <= 0 || slope === 1)).toBe(true);
    // Kolmogorov and Smirnov: the distance from the distribution function is above 1.63/√n once in 100 times.
    const distance = Math.max(...below.map((slope, i) => Math.abs((slope + 0.5) / 2 - (i + 0.5) / below.length)));
    expect(distance).toBeLessThan(1.63 / Math.sqrt(below.length));
  });

  test('multiplies by what the backward pass multiplies by', () => {
    expect(stochasticRrelu(x, options)).toEqual(x.map((v, i) => (v > 0 ? v : v * slopes[i])));
    const g = x.map((_, i) => Math.cos(i));
    expect(stochasticRreluBackward(g, x, options)).toEqual(g.map((v, i) => v * slopes[i]));
  });

  test('has the same numbers in parts, and others in other calls and for other seeds', () => {
    const whole = stochasticRrelu(x, options);
    const part = stochasticRrelu(x.subarray(3000, 5000), { ...options, offset: 3000 });
    expect(part).toEqual(whole.subarray(3000, 5000));
    expect(stochasticRrelu(x, { ...options, call: 1 })).not.toEqual(whole);
    expect(stochasticRrelu(x, { ...options, seed: 8 })).not.toEqual(whole);
  });

  test('works on all floating-point types, in place', () => {
    const single = Float32Array.from(x);
    const rounded = single.map((v, i) => (v > 0 ? v : v * Math.fround(slopes[i])));
    expect(stochasticRrelu(single, { ...options, out: single })).toEqual(rounded);
    const bits = Uint16Array.of(0x3c00, 0xbc00, 0x7e00, 0xfc00);
    const half = { seed: 1, lower: 0.5, upper: 0.5, dtype: 'float16' } as const;
    expect(stochasticRrelu(bits, half)).toEqual(Uint16Array.of(0x3c00, 0xb800, 0x7e00, 0xfc00));
    expect(stochasticRreluBackward(bits, bits, { ...half, dtype: 'bfloat16' }).length).toBe(4);
  });

  test('refuses bad arguments before it writes', () => {
    const out = Float64Array.of(5);
    const bad: [object, unknown][] = [
      [{ seed: -1 }, GeluRangeError],
      [{ seed: 1.5 }, GeluRangeError],
      [{}, GeluTypeError],
      [{ seed: 1, lower: 2 }, GeluRangeError],
      [{ seed: 1, slope: 2 }, GeluTypeError],
      [{ seed: 1, dtype: 'float32' }, GeluTypeError],
    ];
    for (const [options, type] of bad)
      expect(() => stochasticRrelu(Float64Array.of(1), { ...options, out } as never)).toThrow(type as never);
    expect(() => stochasticRrelu(new Int8Array(1), { seed: 1 })).toThrow(GeluTypeError);
    expect(() => stochasticRrelu([1] as never, { seed: 1 })).toThrow(GeluTypeError);
    expect(() => stochasticRreluBackward(ones, out, { seed: 1 })).toThrow(GeluRangeError);
    expect(out[0]).toBe(5);
  });
});

describe('the layer', () => {
  test('is random in training and the mean slope in evaluation', () => {
    const layer = new RReLU({ seed: 3 });
    expect(activationLayer('rrelu')).toBe(RReLU);
    const first = layer.forward(x);
    expect(first).toEqual(stochasticRrelu(x, { seed: 3 }));
    const g = x.map((_, i) => Math.cos(i));
    expect(layer.backward(g)).toEqual(stochasticRreluBackward(g, x, { seed: 3 }));
    expect(layer.forward(x)).not.toEqual(first);
    expect(layer.calls).toBe(2);
    expect(layer.eval().forward(x)).toEqual(rrelu(x));
    expect(() => layer.backward(g)).toThrow(GeluStateError);
    expect(layer.calls).toBe(2);
  });

  test('keeps the input that it works on in place, and refuses to write over the other', () => {
    const layer = new RReLU({ seed: 3 });
    const inPlace = x.slice();
    layer.forward(inPlace, { out: inPlace });
    expect(layer.backward(ones)).toEqual(stochasticRreluBackward(ones, x, { seed: 3 }));
    layer.forward(inPlace);
    expect(() => layer.backward(ones, { out: inPlace })).toThrow(GeluRangeError);
  });

  test('goes on where its JSON was written', () => {
    const layer = new RReLU({ lower: -0, upper: 0.5, seed: 11 });
    layer.forward(x);
    const again = layerFromJSON(JSON.stringify(layer)) as RReLU;
    expect(again.lower).toBe(-0);
    expect(again.forward(x)).toEqual(layer.forward(x));
    expect(String(again)).toBe('RReLU(lower=-0.0, upper=0.5)');
    expect(new RReLU().seed).not.toBe(new RReLU().seed);
    expect(() => new RReLU({ lower: 1, upper: 0 })).toThrow(GeluRangeError);
    expect(() => new RReLU({ slope: 1 } as never)).toThrow(GeluTypeError);
  });
});
