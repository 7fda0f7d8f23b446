import { describe, expect, test } from 'vitest';
import { activations } from '../activations/index.js';
import { type Activation, bind } from '../activations/model/activation.js';
import type { ParameterValues } from '../activations/model/parameters.js';
import * as library from '../index.js';
import { type ActivationFunction, activationFunction, GeluRangeError, GeluTypeError } from '../index.js';
import { SMALL_FLOATS } from '../kernels/dtypes.js';
import { decode, encode } from '../numerics/small-floats.js';
import { ulpError } from '../numerics/ulp.js';

/** Every activation as it is, and once with other parameters where it has any. */
const cases = activations.flatMap((definition) => [
  { name: definition.name, definition, parameters: {} },
  ...Object.entries(definition.parameters)
    .filter(([, spec]) => typeof spec.default === 'number')
    .slice(0, 1)
    .map(([parameter, spec]) => {
      const parameters: ParameterValues = { [parameter]: (spec.default as number) / 2 };
      return { name: `${definition.name} with ${parameter}`, definition, parameters };
    }),
]);
const exported = (definition: Activation): ActivationFunction<object> =>
  (library as unknown as Record<string, ActivationFunction<object>>)[definition.name];

const SPECIAL = [
  0,
  -0,
  1e-310,
  -1e-310,
  1e-40,
  -1e-40,
  1,
  -1,
  3,
  -3,
  6,
  88,
  -104,
  1e38,
  -1e38,
  Infinity,
  -Infinity,
  NaN,
];
const numbers = [...SPECIAL, ...Array.from({ length: 300 }, (_, i) => Math.sin(i) * 2 ** ((i % 12) - 6))];

describe.each(cases)('$name', ({ definition, parameters }) => {
  const f = exported(definition);
  const { evaluate } = bind(definition, parameters);
  const orders = [
    [0, f],
    [1, f.derivative],
    [2, f.secondDerivative],
  ] as const;

  test('is the definition, on numbers, nested and typed arrays', () => {
    for (const [order, g] of orders) {
      const expected = numbers.map((x) => evaluate(order, x));
      expect(numbers.map((x) => g(x, parameters))).toEqual(expected);
      expect(g([numbers, [[1]]], parameters)).toEqual([expected, [[evaluate(order, 1)]]]);
      expect(g(Float64Array.from(numbers), parameters)).toEqual(Float64Array.from(expected));
      const single = Float32Array.from(numbers);
      const result = g(single, parameters);
      single.forEach((x, i) => {
        const exact = evaluate(order, x);
        if (!Number.isFinite(Math.fround(exact))) expect(result[i]).toBe(Math.fround(exact));
        else expect(ulpError(result[i], exact, 0, 'float32'), `order ${order} at ${x}`).toBeLessThanOrEqual(1);
      });
    }
  });

  test('float16 and bfloat16 are rounded to nearest', () => {
    const bits = Uint16Array.from({ length: 8192 }, (_, i) => i * 8 + (i % 8));
    for (const dtype of ['float16', 'bfloat16'] as const) {
      const format = SMALL_FLOATS[dtype];
      const result = f(bits, { ...parameters, dtype });
      bits.forEach((b, i) => {
        const y = evaluate(0, decode(b, format));
        // A float64 that lies in the middle is decided by what it left out: either neighbour is right here.
        const near = Number.isNaN(y) ? [encode(y, format)] : [y, -1, 1].map((rest) => encode(y, format, rest));
        if (!near.includes(result[i])) expect.fail(`${dtype} at ${decode(b, format)}: ${decode(result[i], format)}`);
      });
    }
  });

  test('quantized', () => {
    const q = Int8Array.from({ length: 256 }, (_, i) => i - 128);
    const result = f(q, { ...parameters, quantization: { scale: 0.05, zeroPoint: 3, outputScale: 0.04 } });
    q.forEach((x, i) => {
      const real = evaluate(0, 0.05 * (x - 3)) / 0.04 + 3;
      expect(Math.abs(result[i] - Math.min(Math.max(real, -128), 127))).toBeLessThanOrEqual(0.5 + 1e-9);
    });
  });

  test('backward is the product with the derivative, in place too', () => {
    const x = Float64Array.from({ length: 200 }, (_, i) => Math.sin(i) * 8);
    const g = x.map((_, i) => Math.cos(i));
    const expected = x.map((v, i) => g[i] * evaluate(1, v));
    expect(f.backward(g, x, parameters)).toEqual(expected);
    expect(f.backward(2, 0.5, parameters)).toBe(2 * evaluate(1, 0.5));
    expect(f.backward([[2]], [[0.5]], parameters)).toEqual([[2 * evaluate(1, 0.5)]]);
    const single = Float32Array.from(x);
    const gradInput = f.backward(Float32Array.from(g), single, parameters);
    single.forEach((v, i) => {
      const exact = Math.fround(g[i]) * evaluate(1, v);
      expect(ulpError(gradInput[i], exact, 0, 'float32')).toBeLessThanOrEqual(1);
    });
    const inPlace = g.slice();
    expect(f.backward(inPlace, x, { ...parameters, out: inPlace })).toBe(inPlace);
    expect(inPlace).toEqual(expected);
    const out = x.slice();
    expect(f(out, { ...parameters, out })).toBe(out);
    expect(out).toEqual(f(x, parameters));
  });

  test('is what activationFunction makes of the definition', () => {
    expect(f.name).toBe(definition.name);
    expect(activationFunction(definition)(0.3, parameters as never)).toBe(f(0.3, parameters));
  });

  test('refuses what it does not know', () => {
    const wrong = { slope: 1 } as unknown as ParameterValues;
    expect(() => f(1, wrong)).toThrow(GeluTypeError);
    const known = [...Object.keys(definition.parameters), ...(definition.name === 'prelu' ? ['shape'] : [])];
    const listed = [...known, 'out', 'dtype', 'quantization', 'precision'].join(', ');
    expect(() => f(1, wrong)).toThrow(`'options.slope' must be absent: the options are ${listed}`);
    for (const g of [f, f.derivative, f.secondDerivative]) expect(() => g('1' as never)).toThrow(GeluTypeError);
    expect(() => f(1, 3 as never)).toThrow(GeluTypeError);
    expect(() => f(1, { out: new Float64Array(1) } as never)).toThrow("'out' must be absent");
    expect(() => f.backward([1, 2], [1])).toThrow(GeluRangeError);
    expect(() => f.backward(new Float32Array(1), new Float64Array(1) as never)).toThrow(GeluTypeError);
    for (const [name, spec] of Object.entries(definition.parameters)) {
      expect(() => f(1, { [name]: null as never })).toThrow(GeluTypeError);
      const bad = typeof spec.default === 'number' ? NaN : 'none of them';
      expect(() => f(1, { [name]: bad })).toThrow(GeluRangeError);
    }
  });
});

test('parameters are typed', () => {
  expect(library.leakyRelu(-1, { negativeSlope: 0.5 })).toBe(-0.5);
  // @ts-expect-error: not a parameter of leakyRelu
  expect(() => library.leakyRelu(Float32Array.of(1), { slope: 1 })).toThrow();
  // @ts-expect-error: of another type
  expect(() => library.elu(1, { alpha: '1' })).toThrow();
  const y: Float32Array = library.mish(Float32Array.of(1), { out: new Float32Array(1) });
  const nested: number[][] = library.relu([[-1, 2]]);
  expect([y.length, nested]).toEqual([1, [[0, 2]]]);
});

test('16-bit ties at the smallest numbers go the way that the curvature says, exact ones to even', () => {
  const smallest = Uint16Array.of(1, 0x8001, 3, 0x8003); // ±1 and ±3 units
  for (const dtype of ['float16', 'bfloat16'] as const) {
    // x/2 + c·x², c > 0: ½, −½, 1½, −1½ units and a little more.
    const up = Uint16Array.of(1, 0x8000, 2, 0x8001);
    const functions: ActivationFunction[] = [library.silu, library.hardswish, library.calu];
    for (const f of functions) expect(f(smallest, { dtype })).toEqual(up);
    const leaky = library.leakyRelu(smallest, { dtype, negativeSlope: 0.5 });
    expect(leaky).toEqual(Uint16Array.of(1, 0x8000, 3, 0x8002));
  }
});
