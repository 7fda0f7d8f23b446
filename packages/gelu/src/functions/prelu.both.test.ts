import { expect, test } from 'vitest';
import { GeluRangeError, GeluTypeError, PReLU, prelu, preluBackward } from '../index.js';

const x = Float64Array.from({ length: 24 }, (_, i) => Math.sin(i * 1.7) * 3);
const g = x.map((_, i) => Math.cos(i));
const weight = [0.25, -1, 0];

test('one weight for each channel, on the last axis or on axis 1', () => {
  expect(prelu(x, { weight })).toEqual(x.map((v, i) => prelu(v, { weight: weight[i % 3] })));
  const shaped = { weight: Float32Array.from(weight), shape: [2, 3, 4] };
  const channel = (i: number): number => weight[Math.floor(i / 4) % 3];
  expect(prelu(x, shaped)).toEqual(x.map((v, i) => prelu(v, { weight: channel(i) })));
  expect(prelu.derivative(x, shaped)).toEqual(x.map((v, i) => prelu.derivative(v, { weight: channel(i) })));
  expect(prelu.secondDerivative(x, shaped)).toEqual(new Float64Array(24));
  expect(prelu.backward(g, x, shaped)).toEqual(x.map((v, i) => prelu.backward(g[i], v, { weight: channel(i) })));
  const single = Float32Array.from(x);
  expect(prelu(single, shaped)).toEqual(
    Float32Array.from(single, (v, i) => channel(i) * Math.min(v, 0) + Math.max(v, 0)),
  );
});

test('special values as with one weight', () => {
  const special = Float64Array.of(0, -0, Infinity, -Infinity, NaN, -5e-324);
  for (const w of [0.5, 0, -2]) {
    const both = { weight: [w, w] };
    expect(prelu(special, both)).toEqual(special.map((v) => prelu(v, { weight: w })));
    expect(prelu.derivative(special, both)).toEqual(special.map((v) => prelu.derivative(v, { weight: w })));
  }
});

test('gradWeight is the derivative of the summed output', () => {
  const loss = (w: readonly number[], shape?: number[]): number =>
    prelu(x, { weight: w, shape }).reduce((sum, y, i) => sum + y * g[i], 0);
  for (const shape of [undefined, [2, 3, 4]]) {
    const { gradInput, gradWeight } = preluBackward(g, x, { weight, shape });
    expect(gradInput).toEqual(prelu.backward(g, x, { weight, shape }));
    weight.forEach((w, c) => {
      const moved = (d: number): number[] => weight.with(c, w + d);
      // Linear in the weights, so a difference is exact but for the rounding.
      expect(gradWeight[c]).toBeCloseTo(loss(moved(0.5), shape) - loss(moved(-0.5), shape), 12);
    });
  }
  const sum = x.reduce((s, v, i) => s + g[i] * Math.min(v, 0), 0);
  expect(preluBackward(g, x).gradWeight).toEqual(Float64Array.of(sum));
  expect(preluBackward(g, x, { weight: [0.25] }).gradInput).toEqual(prelu.backward(g, x));
  expect(preluBackward(2, -3)).toEqual({ gradInput: 0.5, gradWeight: Float64Array.of(-6) });
});

test('out may be what is read', () => {
  for (const own of [{ weight: 0.5 }, { weight }]) {
    const expected = preluBackward(g, x, own);
    const out = g.slice();
    expect(preluBackward(out, x, { ...own, out })).toEqual(expected);
    const input = x.slice();
    expect(preluBackward(g, input, { ...own, out: input })).toEqual(expected);
  }
});

test('bad weights', () => {
  expect(() => prelu(x, { weight: new Float64Array(5) })).toThrow(GeluRangeError);
  expect(() => prelu(x, { weight: [] })).toThrow(GeluRangeError);
  expect(() => prelu(x, { weight, shape: [3, 8] })).toThrow("'weight' must be of length 8");
  expect(() => prelu(x, { weight, shape: [2, 3] })).toThrow("'shape' must be of at least two axes and 24 elements");
  expect(() => prelu(x, { weight, shape: 3 as never })).toThrow(GeluTypeError);
  expect(() => prelu(x, { weight: [1, NaN] })).toThrow("'weight[1]' must be finite");
  expect(() => prelu(x, { weight: ['1', 2] as never })).toThrow(GeluTypeError);
  const quantization = { scale: 0.1, zeroPoint: 0 };
  expect(() => prelu(new Int8Array(2), { weight: [1, 2], quantization })).toThrow('with several weights');
  expect(() => prelu(new Uint16Array(2), { weight: [1, 2] })).toThrow("'dtype' must be 'float16' or 'bfloat16'");
  expect(() => prelu(3, { weight: [1, 2] })).toThrow('with several weights');
  expect(() => prelu(x, { weight, slope: 1 } as never)).toThrow("'options.slope'");
  expect(() => preluBackward(g.subarray(1), x, { weight })).toThrow(GeluRangeError);
});

test.each([
  [[-3, 2, -4], 'shape[0]'],
  [[-3, 2, 1, -4], 'shape[0]'],
  [[12, 2, 1.5], 'shape[2]'],
  [['2', 2], 'shape[0]'],
  [Object.assign(new Array(4), { 0: 2, 1: 2, 3: 6 }), 'shape[2]'],
  [[Infinity, 2, 0], 'shape[0]'],
  [[2, 2, Number.NaN], 'shape[2]'],
  [[2, 2, null], 'shape[2]'],
])('axes that are no sizes: %s', (shape, argument) => {
  for (const call of [
    () => prelu(x, { weight: [1, 2], shape: shape as number[] }),
    () => prelu.derivative(x, { weight: [1, 2], shape: shape as number[] }),
    () => preluBackward(g, x, { weight: [1, 2], shape: shape as number[] }),
    () => new PReLU({ numParameters: 2 }).forward(x, { shape: shape as number[] }),
  ])
    expect(call).toThrow(expect.objectContaining({ argument }));
});

test('what is like an array, but is none', () => {
  for (const length of [0.5, 1e15, -2, Number.NaN, undefined, '2'])
    expect(() => prelu(x, { weight: { length, 0: 2 } as never })).toThrow(GeluRangeError);
  expect(() => prelu(new Float32Array(0), { weight: { length: 1e15, 0: 2 } as never })).toThrow(GeluRangeError);
  expect(prelu(x, { weight: Object.assign({ length: 3 }, weight) })).toEqual(prelu(x, { weight }));
  expect(() => new PReLU({ numParameters: 2 ** 45 })).toThrow(GeluRangeError);
});

test('empty inputs', () => {
  for (const shape of [undefined, [3, 2, 0], [0, 2, 4]]) {
    const { gradInput, gradWeight } = preluBackward(new Float32Array(0), new Float32Array(0), {
      weight: [1, 2],
      shape,
    });
    expect([gradInput, gradWeight]).toEqual([new Float32Array(0), new Float64Array(2)]);
  }
});

test('the result must not lie over the weights', () => {
  const memory = Float64Array.of(2, 3, 7, 7);
  const options = { weight: memory.subarray(0, 2), out: memory };
  expect(() => prelu(new Float64Array(4).fill(-1), options)).toThrow('memory apart from the weight');
  expect(() => preluBackward(new Float64Array(4), new Float64Array(4), options)).toThrow(
    'memory apart from the weight',
  );
  expect(memory).toEqual(Float64Array.of(2, 3, 7, 7));
});

test('nested arrays: axis 1, or the only one', () => {
  const nested = (all: Float64Array): number[][][] =>
    [0, 1].map((i) => [0, 1, 2].map((c) => Array.from(all.subarray(12 * i + 4 * c, 12 * i + 4 * c + 4))));
  const options = { weight, shape: [2, 3, 4] };
  expect(prelu(nested(x), { weight })).toEqual(nested(prelu(x, options)));
  expect(prelu.derivative(nested(x), { weight })).toEqual(nested(prelu.derivative(x, options)));
  expect(prelu.backward(nested(g), nested(x), { weight })).toEqual(nested(prelu.backward(g, x, options)));
  const { gradInput, gradWeight } = preluBackward(g, x, options);
  expect(preluBackward(nested(g), nested(x), { weight })).toEqual({ gradInput: nested(gradInput), gradWeight });
  expect(new PReLU({ numParameters: 3, init: 0.1 }).forward([[-1, 2, -3]])).toEqual([[-0.1, 2, -0.30000000000000004]]);
  expect(prelu([-1, -1], { weight: [2, 3] })).toEqual([-2, -3]);
  expect(() => prelu([[-1, -1, 1]], { weight: [2, 3] })).toThrow("'weight' must be of length 3, as axis 1");
  expect(() => prelu([[-1, -1], [1]], { weight: [2, 3] })).toThrow("'input[1]' must be of length 2");
  expect(() => prelu([[-1, 'x']] as never, { weight: [2, 3] })).toThrow("'input[0][1]'");
  expect(() => prelu([[-1, -1]], { weight: [2, 3], shape: [1, 2] })).toThrow("'shape' must be absent");
  expect(() => prelu([[-1, -1]], { weight: [2, 3], dtype: 'float64' } as never)).toThrow("'dtype' must be absent");
  expect(() => preluBackward([[1]], [[-1, -1]], { weight: [2, 3] })).toThrow("'gradOutput' must be of shape [1, 2]");
});

test.each(['float16', 'bfloat16'] as const)('several weights in %s', (dtype) => {
  const bits = (of: (i: number) => number) => Uint16Array.from({ length: 24 }, (_, i) => of(i));
  const input = bits((i) => 0x3c00 + 37 * i + (i % 2 ? 0x8000 : 0));
  const gradient = bits((i) => 0x3b80 + 29 * i);
  const exact = { weight: [0.25, -1, 0.5], shape: [2, 3, 4], dtype };
  const one = (f: (w: number, i: number) => Uint16Array): Uint16Array =>
    bits((i) => f(exact.weight[Math.floor(i / 4) % 3], i)[0]);
  const at = (all: Uint16Array, i: number) => all.slice(i, i + 1);
  expect(prelu(input, exact)).toEqual(one((w, i) => prelu(at(input, i), { weight: w, dtype })));
  const { gradInput, gradWeight } = preluBackward(gradient, input, exact);
  expect(gradInput).toEqual(one((w, i) => prelu.backward(at(gradient, i), at(input, i), { weight: w, dtype })));
  const sums = [0, 0, 0];
  for (let i = 0; i < 24; i++)
    sums[Math.floor(i / 4) % 3] += preluBackward(at(gradient, i), at(input, i), { weight: 1, dtype }).gradWeight[0];
  expect(Array.from(gradWeight)).toEqual(sums);
  const out = input.slice();
  expect(prelu(out, { ...exact, out })).toBe(out);
  expect(out).toEqual(prelu(input, exact));
});
