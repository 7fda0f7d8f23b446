import { describe, expect, test } from 'vitest';
import {
  type GatedFunction,
  GEGLU,
  GeluRangeError,
  GeluStateError,
  GeluTypeError,
  GLU,
  geglu,
  gelu,
  glu,
  layerFromJSON,
  SwiGLU,
  sigmoid,
  silu,
  swiglu,
} from '../../index.js';
import { SMALL_FLOATS } from '../../kernels/dtypes.js';
import { decode, encode } from '../../numerics/small-floats.js';
import { ulpError } from '../../numerics/ulp.js';

const numbers = (length: number, seed: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(i * 1.37 + seed) * 5);

describe('gate and value as two arrays', () => {
  const [gate, value, g] = [numbers(9000, 1), numbers(9000, 2), numbers(9000, 3)];

  test('float64: the formula element by element, in place too', () => {
    const y = gate.map((x, i) => value[i] * silu(x, { beta: 2 }));
    expect(swiglu(gate, value, { beta: 2 })).toEqual(y);
    for (const place of ['gate', 'value'] as const) {
      const [a, b] = [gate.slice(), value.slice()];
      const out = place === 'gate' ? a : b;
      expect(swiglu(a, b, { beta: 2, out })).toBe(out);
      expect(out).toEqual(y);
    }
    const gradValue = gate.map((x, i) => g[i] * silu(x));
    const gradGate = gate.map((x, i) => g[i] * value[i] * silu.derivative(x));
    expect(swiglu.backward(g, gate, value)).toEqual({ gradGate, gradValue });
    const [a, b] = [gate.slice(), value.slice()];
    const inPlace = swiglu.backward(g, a, b, { out: { gradGate: b, gradValue: a } });
    expect(inPlace.gradGate).toBe(b);
    expect(inPlace).toEqual({ gradGate, gradValue });
    const over = g.slice();
    expect(swiglu.backward(over, gate, value, { out: { gradValue: over } })).toEqual({ gradGate, gradValue });
  });

  test('float32: at most 1.5 ULP', () => {
    const [a, b, c] = [gate, value, g].map((x) => Float32Array.from(x));
    const y = geglu(a, b, { approximate: 'tanh' });
    const { gradGate, gradValue } = geglu.backward(c, a, b, { approximate: 'tanh' });
    for (let i = 0; i < a.length; i++)
      for (const [actual, exact] of [
        [y[i], b[i] * gelu(a[i], { approximate: 'tanh' })],
        [gradValue[i], c[i] * gelu(a[i], { approximate: 'tanh' })],
        [gradGate[i], c[i] * b[i] * gelu.derivative(a[i], { approximate: 'tanh' })],
      ])
        if (!(ulpError(actual, exact, 0, 'float32') <= 1.5)) expect.fail(`${actual} for ${exact}, at ${i}`);
  });

  test('numbers and nested arrays, of any shape', () => {
    expect(swiglu(1, 3)).toBe(3 * silu(1));
    expect(swiglu([[1, 2]], [[3, 4]])).toEqual([[3 * silu(1), 4 * silu(2)]]);
    expect(swiglu.backward([[1, 2]], [[1, 2]], [[3, 4]])).toEqual({
      gradGate: [[3 * silu.derivative(1), 8 * silu.derivative(2)]],
      gradValue: [[silu(1), 2 * silu(2)]],
    });
    expect(swiglu.backward(2, 1, 3)).toEqual({ gradGate: 6 * silu.derivative(1), gradValue: 2 * silu(1) });
    expect(swiglu([], [])).toEqual([]);
    expect(swiglu(new Float32Array(0), new Float32Array(0))).toEqual(new Float32Array(0));
  });
});

describe('an axis', () => {
  // [2, 2·3, 4]: convolutional models halve the channels.
  const x = numbers(48, 4);
  const at = (b: number, c: number, l: number): number => x[(b * 6 + c) * 4 + l];
  const expected = Float64Array.from({ length: 24 }, (_, i) => {
    const [b, c, l] = [Math.floor(i / 12), Math.floor(i / 4) % 3, i % 4];
    return at(b, c, l) * sigmoid(at(b, c + 3, l));
  });
  const nested = [0, 1].map((b) => [0, 1, 2, 3, 4, 5].map((c) => [0, 1, 2, 3].map((l) => at(b, c, l))));

  test('of a typed array with its shape, and of nested arrays', () => {
    for (const dim of [1, -2]) {
      expect(glu(x, { shape: [2, 6, 4], dim })).toEqual(expected);
      expect((glu(nested, { dim }) as number[][][]).flat(2)).toEqual(Array.from(expected));
    }
    expect(glu([[1, 2, 0, 0]])).toEqual([[0.5, 1]]);
    expect(
      glu(
        [
          [1, 2],
          [0, 0],
        ],
        { dim: 0 },
      ),
    ).toEqual([[0.5, 1]]);
    expect(glu([[0, 0, 1, 2]], { order: 'gateFirst' })).toEqual([[0.5, 1]]);
    expect(glu(new Float32Array(0), { shape: [0, 4] })).toEqual(new Float32Array(0));
  });

  test('its gradient', () => {
    const g = numbers(24, 5);
    const gradient = glu.backward(g, x, { shape: [2, 6, 4], dim: 1 });
    const rows = [0, 1].map((b) => [0, 1, 2].map((c) => Array.from(g.subarray((b * 3 + c) * 4, (b * 3 + c + 1) * 4))));
    expect((glu.backward(rows, nested, { dim: 1 }) as number[][][]).flat(2)).toEqual(Array.from(gradient));
    for (let i = 0; i < 48; i++) {
      const [b, c, l] = [Math.floor(i / 24), Math.floor(i / 4) % 6, i % 4];
      const from = g[(b * 3 + (c % 3)) * 4 + l];
      const exact = c < 3 ? from * sigmoid(at(b, c + 3, l)) : from * at(b, c - 3, l) * sigmoid.derivative(at(b, c, l));
      expect(gradient[i]).toBe(exact);
    }
  });
});

test.each(['float16', 'bfloat16'] as const)('%s: each step rounded, forward and backward', (dtype) => {
  const format = SMALL_FLOATS[dtype];
  const read = (bits: Uint16Array): number[] => Array.from(bits, (b) => decode(b, format));
  const bits = (seed: number): Uint16Array => Uint16Array.from(numbers(500, seed), (v) => encode(v, format));
  const [gate, value, g] = [bits(1), bits(2), bits(3)];
  const [a, v, d] = [gate, value, g].map(read);
  const round = (y: number): number => decode(encode(y, format), format);
  const acted = read(gelu(gate, { dtype }));
  expect(read(geglu(gate, value, { dtype }))).toEqual(acted.map((y, i) => round(y * v[i])));
  const { gradGate, gradValue } = geglu.backward(g, gate, value, { dtype });
  expect(read(gradValue)).toEqual(acted.map((y, i) => round(y * d[i])));
  expect(read(gradGate)).toEqual(a.map((x, i) => round(round(d[i] * v[i]) * gelu.derivative(x))));
  const both = new Uint16Array(1000);
  for (let i = 0; i < 500; i++) both.set([value[i], gate[i]], 2 * i);
  expect(geglu(both, { columns: 2, dtype })).toEqual(geglu(gate, value, { dtype }));
  const gradient = geglu.backward(g, both, { columns: 2, dtype });
  expect(gradient.filter((_, i) => i % 2 === 1)).toEqual(gradGate);
});

test('bad input is refused before anything is written', () => {
  const [x, y] = [new Float32Array(4), new Float32Array(4)];
  const call = geglu as unknown as (...values: unknown[]) => unknown;
  const back = geglu.backward as unknown as (...values: unknown[]) => unknown;
  const bad: [() => unknown, unknown, string][] = [
    [() => call(x, new Float64Array(4)), GeluTypeError, 'value'],
    [() => call(x, new Float32Array(3)), GeluRangeError, 'value'],
    [() => call(x, [1, 2, 3, 4]), GeluTypeError, 'value'],
    [() => call(x, 1), GeluTypeError, 'value'],
    [() => call(1, [1]), GeluTypeError, 'value'],
    [() => call([1], 1), GeluTypeError, 'value'],
    [() => call([1, 2], [1]), GeluRangeError, 'value'],
    [() => call([[1], 2], [[1], 2]), GeluTypeError, 'gate[1]'],
    [() => call([[1], [2, 3]], [[1], [2, 3]]), GeluRangeError, 'gate[1]'],
    [() => call(x, y, { columns: 2 }), GeluTypeError, 'columns'],
    [() => call(x, y, { dim: 1 }), GeluTypeError, 'dim'],
    [() => call(x, y, { out: x.subarray(0, 3) }), GeluRangeError, 'out'],
    [() => call([1], [2], { out: [3] }), GeluTypeError, 'out'],
    [() => call([1, 2], { columns: 2 }), GeluTypeError, 'columns'],
    [() => call([1, 2, 3]), GeluRangeError, 'shape'],
    [() => call([1, 2], { dim: 1 }), GeluRangeError, 'dim'],
    [() => call([1, 2], { dim: 0.5 }), GeluRangeError, 'dim'],
    [() => call([1, '2']), GeluTypeError, 'input[1]'],
    [() => call(x, { shape: [2, 3] }), GeluRangeError, 'shape'],
    [() => call(x, { shape: [-2, -2] }), GeluRangeError, 'shape'],
    [() => call(x, { shape: [4, 1], dim: 1 }), GeluRangeError, 'shape'],
    [() => call(x, { shape: [4], columns: 4 }), GeluTypeError, 'columns'],
    [() => call(x, { columns: 2, dim: 0 }), GeluTypeError, 'shape'],
    [() => call(new Int8Array(4), new Int8Array(4)), GeluTypeError, 'gate'],
    [() => call(new Uint16Array(4), new Uint16Array(4)), GeluTypeError, 'dtype'],
    [() => call(), GeluTypeError, 'input'],
    [() => call('1', '2'), GeluTypeError, 'input'],
    [() => back(x, x, y, { out: { gradGate: x, gradValue: x } }), GeluRangeError, 'out'],
    [() => back(x, x, y, { out: { gate: x } }), GeluTypeError, 'gate'],
    [() => back(new Float32Array(3), x, y), GeluRangeError, 'gradOutput'],
    [() => back([1], [[1]], [[1]]), GeluRangeError, 'gradOutput'],
    [() => back(1, [1], [1]), GeluTypeError, 'gradOutput'],
  ];
  for (const [i, [f, type, name]] of bad.entries()) {
    expect(f, `case ${i}`).toThrow(type as never);
    expect(f, `case ${i}`).toThrow(name);
  }
  expect(x.every((v) => v === 0) && y.every((v) => v === 0)).toBe(true);
});

describe('layers', () => {
  test('with dim, as convolutional models use it', () => {
    const layer = new GLU({ dim: 1 });
    expect(String(layer)).toBe('GLU(dim=1)');
    expect(String(new SwiGLU({ dim: 1 }))).toBe('SwiGLU(dim=1)');
    expect(String(layerFromJSON(JSON.stringify(layer)))).toBe('GLU(dim=1)');
    const x = numbers(48, 4);
    expect(layer.forward(x, { shape: [2, 6, 4] })).toEqual(glu(x, { shape: [2, 6, 4], dim: 1 }));
    const g = numbers(24, 5);
    expect(layer.backward(g)).toEqual(glu.backward(g, x, { shape: [2, 6, 4], dim: 1 }));
    expect(() => layer.forward(x, { columns: 6 })).toThrow("'shape'");
    expect(layer.forward([[[1], [0]]])).toEqual([[[0.5]]]);
    expect(() => new GLU({ dim: 0.5 })).toThrow(GeluRangeError);
    expect(() => new GLU({ dim: '1' as never })).toThrow(GeluTypeError);
  });

  test('with two arrays, in place, and what they keep is safe', () => {
    const layer = new GEGLU({ approximate: 'tanh' });
    const [gate, value, g] = [numbers(8, 1), numbers(8, 2), numbers(8, 3)];
    const expected = geglu.backward(g, gate, value, { approximate: 'tanh' });
    expect(layer.forward(gate, value)).toEqual(geglu(gate, value, { approximate: 'tanh' }));
    expect(layer.backward(g)).toEqual(expected);
    const inPlace = gate.slice();
    layer.forward(inPlace, value, { out: inPlace });
    expect(layer.backward(g)).toEqual(expected);
    layer.forward(gate, value);
    expect(() => layer.backward(g, { out: { gradGate: value } })).toThrow(GeluRangeError);
    const x = numbers(8, 4);
    layer.forward(x, { columns: 4 });
    expect(() => layer.backward(g.subarray(0, 4), { out: x })).toThrow(GeluRangeError);
    expect(() => layer.eval().backward(g)).toThrow(GeluStateError);
    expect(layer.forward(1, 2)).toBe(2 * gelu(1, { approximate: 'tanh' }));
  });

  test('numbers that JSON has not survive it', () => {
    const layer = new SwiGLU({ beta: -0 });
    expect(JSON.parse(JSON.stringify(layer)).beta).toBe('-0');
    expect(String(layerFromJSON(JSON.stringify(layer)))).toBe(String(layer));
    const soft = new GLU({ activation: 'softplus', parameters: { threshold: Infinity } });
    const again = layerFromJSON(JSON.stringify(soft)) as GLU;
    expect(again.forward(Float64Array.of(1, 30), { columns: 2 })).toEqual(
      soft.forward(Float64Array.of(1, 30), { columns: 2 }),
    );
  });
});

test('types: one unit serves all ways', () => {
  const unit: GatedFunction<{ readonly beta?: number | undefined }> = swiglu;
  const y: Float32Array = unit(Float32Array.of(1), Float32Array.of(2), { beta: 1 });
  const rows: number[][] = unit([[1]], [[2]]);
  const z: number = unit(1, 2);
  expect([y.length, rows.length, z]).toEqual([1, 1, 2 * silu(1)]);
});
