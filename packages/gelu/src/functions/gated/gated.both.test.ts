import { describe, expect, test } from 'vitest';
import {
  type ActivationFunction,
  activationFunction,
  activations,
  BilinearGLU,
  bilinear,
  type GatedFunction,
  GEGLU,
  GeluRangeError,
  GeluStateError,
  GeluTypeError,
  GLU,
  geglu,
  gelu,
  glu,
  identity,
  layerFromJSON,
  ReGLU,
  reglu,
  relu,
  SwiGLU,
  sigmoid,
  silu,
  swiglu,
} from '../../index.js';
import { ulpError } from '../../numerics/ulp.js';

const units: [string, GatedFunction, ActivationFunction, object][] = [
  ['glu', glu, sigmoid, {}],
  ['geglu', geglu, gelu, {}],
  ['geglu, tanh', geglu, gelu, { approximate: 'tanh' }],
  ['reglu', reglu, relu, {}],
  ['swiglu', swiglu, silu, {}],
  ['swiglu, beta 2', swiglu, silu, { beta: 2 }],
  ['bilinear', bilinear, identity, {}],
];

// A row that is longer than a block, rows that share one, one row, no row.
const shapes = [
  [3, 5],
  [700, 7],
  [2, 5000],
  [1, 1],
  [0, 4],
] as const;

const numbers = (length: number, seed: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(i * 1.37 + seed) * 5);

describe.each(units)('%s', (_, unit, act, parameters) => {
  test.each(shapes)('float64 [%d, 2·%d], both orders: the formula element by element', (rows, n) => {
    const x = numbers(rows * 2 * n, 1);
    const g = numbers(rows * n, 2);
    for (const order of ['valueFirst', 'gateFirst'] as const) {
      const options = { ...parameters, columns: 2 * n, order };
      const [value, gate] = order === 'valueFirst' ? [0, n] : [n, 0];
      const at = (i: number, half: number): number => Math.floor(i / n) * 2 * n + half + (i % n);
      const y = Float64Array.from({ length: rows * n }, (_, i) => x[at(i, value)] * act(x[at(i, gate)], parameters));
      expect(unit(x, options)).toEqual(y);
      const gradient = new Float64Array(x.length);
      for (let i = 0; i < g.length; i++) {
        gradient[at(i, value)] = g[i] * act(x[at(i, gate)], parameters);
        gradient[at(i, gate)] = g[i] * x[at(i, value)] * act.derivative(x[at(i, gate)], parameters);
      }
      expect(unit.backward(g, x, options)).toEqual(gradient);
      const inPlace = x.slice();
      expect(unit.backward(g, inPlace, { ...options, out: inPlace })).toEqual(gradient);
      const out = new Float64Array(rows * n);
      expect(unit(x, { ...options, out })).toBe(out);
      expect(out).toEqual(y);
    }
  });

  test('float32: at most 1.5 ULP, forward and backward', () => {
    const n = 2000;
    const x = Float32Array.from(numbers(2 * n, 3));
    const g = Float32Array.from(numbers(n, 4));
    const y = unit(x, { ...parameters, columns: 2 * n });
    const gradient = unit.backward(g, x, { ...parameters, columns: 2 * n });
    for (let i = 0; i < n; i++) {
      const [a, z] = [act(x[n + i], parameters), act.derivative(x[n + i], parameters)];
      for (const [actual, exact] of [
        [y[i], x[i] * a],
        [gradient[i], g[i] * a],
        [gradient[n + i], g[i] * x[i] * z],
      ])
        if (!(ulpError(actual, exact, 0, 'float32') <= 1.5)) expect.fail(`${actual} for ${exact}, at ${i}`);
    }
  });
});

test('any activation as the gate, by name or function', () => {
  const x = numbers(6, 5);
  for (const definition of activations) {
    const f = activationFunction(definition);
    const expected = x.subarray(0, 3).map((v, i) => v * f(x[3 + i]));
    expect(glu(x, { columns: 6, activation: definition.name })).toEqual(expected);
    expect(glu(x, { columns: 6, activation: f })).toEqual(expected);
  }
  expect(glu(x, { columns: 6, activation: 'gelu_new' })).toEqual(geglu(x, { columns: 6, approximate: 'tanh' }));
  const steep = { columns: 6, activation: 'swish', parameters: { beta: 3 } };
  expect(glu(x, steep)).toEqual(swiglu(x, { columns: 6, beta: 3 }));
});

test('bad input', () => {
  const x = new Float32Array(12);
  expect(() => glu(x, { columns: 3 })).toThrow(GeluRangeError);
  expect(() => glu(x, { columns: 8 })).toThrow("a divisor of the input's length, 12");
  expect(() => glu(x, {} as never)).toThrow("'columns' must be the size of the last axis");
  expect(() => (glu as unknown as (x: unknown) => unknown)(x)).toThrow(GeluTypeError);
  expect(() => glu(x, { columns: 4, order: 'first' as never })).toThrow("'valueFirst' or 'gateFirst'");
  expect(() => glu(x, { columns: 4, activation: 'sillu' })).toThrow(GeluRangeError);
  expect(() => glu(x, { columns: 4, activation: 3 as never })).toThrow(GeluTypeError);
  expect(() => glu(x, { columns: 4, approximate: 'tanh' } as never)).toThrow("'options.approximate'");
  expect(() => geglu(x, { columns: 4, approximate: 'x' as never })).toThrow(GeluRangeError);
  expect(() => glu([1, 2] as never, { columns: 2 })).toThrow(GeluTypeError);
  expect(() => glu(new Uint16Array(2) as never, { columns: 2 })).toThrow(GeluTypeError);
  expect(() => glu(x, { columns: 4, out: x.subarray(0, 6) })).toThrow('memory apart from the input');
  expect(() => glu(x, { columns: 4, out: new Float32Array(12) })).toThrow('of length 6, half of the input');
  expect(() => glu.backward(x, x, { columns: 4 })).toThrow('of length 6, half of the input');
  const both = new Float32Array(18);
  expect(() => glu.backward(both.subarray(0, 6), x, { columns: 4, out: both.subarray(4, 16) })).toThrow('gradOutput');
});

describe('layers', () => {
  test.each([
    [new GLU(), 'GLU(dim=-1)'],
    [new GLU({ activation: 'silu', parameters: { beta: 2 } }), "GLU(dim=-1, activation='silu', beta=2.0)"],
    [new GEGLU(), "GEGLU(approximate='none')"],
    [new GEGLU({ approximate: 'tanh', order: 'gateFirst' }), "GEGLU(approximate='tanh', order='gateFirst')"],
    [new ReGLU(), 'ReGLU()'],
    [new SwiGLU({ beta: 1 }), 'SwiGLU()'],
    [new SwiGLU({ beta: 0.5 }), 'SwiGLU(beta=0.5)'],
    [new BilinearGLU(), 'BilinearGLU()'],
  ])('%s', (layer, text) => {
    expect(String(layer)).toBe(text);
    const again = layerFromJSON(JSON.stringify(layer)) as typeof layer;
    expect(again).toBeInstanceOf(layer.constructor);
    expect(String(again)).toBe(text);
    const x = numbers(12, 6);
    expect(again.forward(x, { columns: 4 })).toEqual(layer.forward(x, { columns: 4 }));
    expect(() => layer.eval().backward(new Float64Array(6))).toThrow(GeluStateError);
  });

  test('forward and backward are the functions', () => {
    const layer = new GEGLU({ approximate: 'tanh', order: 'gateFirst' });
    expect(() => layer.backward(new Float64Array(6))).toThrow(GeluStateError);
    const [x, g] = [numbers(12, 7), numbers(6, 8)];
    const options = { columns: 4, approximate: 'tanh', order: 'gateFirst' } as const;
    expect(layer.forward(x, { columns: 4 })).toEqual(geglu(x, options));
    expect(layer.backward(g)).toEqual(geglu.backward(g, x, options));
  });

  test('refuse what is wrong', () => {
    expect(() => new SwiGLU({ beta: Infinity })).toThrow(GeluRangeError);
    expect(() => new GLU({ activation: 'none of them' })).toThrow(GeluRangeError);
    expect(() => new ReGLU({ order: 'x' as never })).toThrow(GeluRangeError);
    expect(() => new GEGLU({ beta: 1 } as never)).toThrow(GeluTypeError);
    expect(() => new GLU().forward(numbers(4, 1), { columns: 4, order: 'gateFirst' } as never)).toThrow(GeluTypeError);
    expect(() => JSON.stringify(new GLU({ activation: silu }))).toThrow(GeluTypeError);
  });
});
