import { expect, test } from 'vitest';
import { gelu as definition } from '../activations/gelu/definition.js';
import { bind } from '../activations/model/activation.js';
import { GeluRangeError, GeluTypeError, gelu, geluParameterGradients } from '../index.js';
import { SMALL_FLOATS } from '../kernels/dtypes.js';
import { encode } from '../numerics/small-floats.js';

const x = Float64Array.from({ length: 50 }, (_, i) => Math.sin(i * 1.3) * 4);
const g = x.map((_, i) => Math.cos(i));

test.each([
  [0, 1],
  [0.5, 2],
  [-1, 0.25],
])('are the derivatives of the summed output: mean %d, std %d', (mean, std) => {
  const loss = (form: { mean: number; std: number }): number => gelu(x, form).reduce((sum, y, i) => sum + y * g[i], 0);
  const h = 1e-4 * std;
  const slope = (by: (d: number) => { mean: number; std: number }): number =>
    (8 * (loss(by(h)) - loss(by(-h))) - (loss(by(2 * h)) - loss(by(-2 * h)))) / (12 * h);
  const gradients = geluParameterGradients(g, x, { mean, std });
  expect(gradients.mean).toBeCloseTo(
    slope((d) => ({ mean: mean + d, std })),
    9,
  );
  expect(gradients.std).toBeCloseTo(
    slope((d) => ({ mean, std: std + d })),
    9,
  );
});

test('take all kinds of input, and sum the definition', () => {
  const { parameters } = bind(definition, { mean: 0.5, std: 2 });
  const own = { mean: 0.5, std: 2 };
  const [mean, std] = (definition.trained ?? []).map(({ gradient }) => gradient(parameters, 1.5));
  const one = { mean: 3 * mean, std: 3 * std };
  expect(geluParameterGradients(3, 1.5, own)).toEqual(one);
  expect(geluParameterGradients([[3], []], [[1.5], []], own)).toEqual(one);
  expect(geluParameterGradients(Float32Array.of(3), Float32Array.of(1.5), own)).toEqual(one);
  const bits = (v: number): Uint16Array => Uint16Array.of(encode(v, SMALL_FLOATS.bfloat16));
  expect(geluParameterGradients(bits(3), bits(1.5), { ...own, dtype: 'bfloat16' })).toEqual(one);
});

test('refuse what does not fit', () => {
  expect(() => geluParameterGradients(g, x, { approximate: 'tanh' })).toThrow(GeluRangeError);
  expect(() => geluParameterGradients(g, x.subarray(1))).toThrow(GeluRangeError);
  expect(() => geluParameterGradients('1' as never, 1 as never)).toThrow(GeluTypeError);
  expect(() => geluParameterGradients(new Uint16Array(1), new Uint16Array(1))).toThrow("'dtype'");
});
