import { describe, expect, test } from 'vitest';
import { biasGelu, biasGeluBackward, GeluRangeError, GeluTypeError, gelu, geluBackward } from '../index.js';

describe.each([Float32Array, Float64Array])('%o', (Type) => {
  // 3 columns do not divide the chunks that the work is done in.
  const rows = 5000;
  const columns = 3;
  const make = (f: (i: number) => number, length: number) =>
    (Type as Float32ArrayConstructor).from({ length }, (_, i) => f(i));
  const input = make((i) => Math.sin(i) * 4, rows * columns);
  const bias = make((i) => i - 1.3, columns);
  const gradOutput = make((i) => Math.cos(i), rows * columns);
  const sum = input.map((x, i) => x + bias[i % columns]);

  test('forward is gelu of the sum', () => {
    expect(biasGelu(input, bias)).toEqual(gelu(sum));
    const inPlace = input.slice();
    expect(biasGelu(inPlace, bias, { out: inPlace, approximate: 'tanh' })).toBe(inPlace);
    expect(inPlace).toEqual(gelu(sum, { approximate: 'tanh' }));
  });

  test('backward is the product, and its sum by column', () => {
    const expected = geluBackward(gradOutput, sum);
    const { gradInput, gradBias } = biasGeluBackward(gradOutput, input, bias);
    expect(gradInput).toEqual(expected);
    for (let column = 0; column < columns; column++) {
      const total = expected.filter((_, i) => i % columns === column).reduce((a, b) => a + b, 0);
      expect(gradBias[column]).toBe(Type.of(total)[0]);
    }
    const inPlace = gradOutput.slice();
    expect(biasGeluBackward(inPlace, input, bias, { out: inPlace }).gradInput).toEqual(expected);
  });
});

test('bad input', () => {
  const x = new Float32Array(6);
  expect(() => biasGelu(x, new Float32Array(4))).toThrow(GeluRangeError);
  expect(() => biasGelu(x, new Float32Array(0))).toThrow("'bias' must be of a length that divides the input's, 6");
  expect(() => biasGelu(x, new Float64Array(3) as never)).toThrow(GeluTypeError);
  expect(() => biasGelu([1] as never, x)).toThrow("'input' must be a Float32Array or a Float64Array");
  expect(() => biasGelu(x, x.subarray(0, 3), { out: x })).toThrow("'out' must be memory apart from the bias");
  expect(() => biasGeluBackward(new Float32Array(5), x, x)).toThrow("'gradOutput'");
});
