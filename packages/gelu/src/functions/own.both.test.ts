import { expect, test } from 'vitest';
import {
  activationFunction,
  activationLayer,
  defineActivation,
  glu,
  layerFromJSON,
  registerActivation,
  silu,
} from '../index.js';

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const definition = defineActivation({
  name: 'twinOfSilu',
  value: (x) => x * logistic(x),
  domain: [-110, 40],
  zeros: [[0], [-1.2784645427610737]],
});
const twin = activationFunction(definition);

test('has functions on every type, and a layer', () => {
  expect(twin(-1)).toBeCloseTo(silu(-1), 14);
  expect(twin.derivative(0.3)).toBeCloseTo(silu.derivative(0.3), 10);
  const x = Float32Array.from({ length: 100 }, (_, i) => Math.sin(i) * 9);
  const expected = silu(x);
  twin(x).forEach((y, i) => {
    expect(Math.abs(y - expected[i])).toBeLessThanOrEqual(2 ** -23 * Math.abs(y));
  });
  const bits = Uint16Array.of(0x3c00, 0xbc00);
  expect(twin(bits, { dtype: 'float16' })).toEqual(silu(bits, { dtype: 'float16' }));
  expect(glu(Float64Array.of(2, 1), { columns: 2, activation: twin })[0]).toBeCloseTo(2 * silu(1), 13);
  const Twin = activationLayer(definition);
  const layer = new Twin();
  expect(String(layer)).toBe('TwinOfSilu()');
  expect(layer.forward(x)).toEqual(twin(x));
  expect(layer.backward(x)).toEqual(twin.backward(x, x));
});

test('once registered, its layers come back from JSON', () => {
  const layer = new (activationLayer(definition))();
  expect(() => layerFromJSON(JSON.stringify(layer))).toThrow("'TwinOfSilu'");
  registerActivation(definition);
  expect(layerFromJSON(JSON.stringify(layer))).toBeInstanceOf(activationLayer(definition));
});

test('two of one name are kept apart', () => {
  const [one, two] = [1, 2].map((slope) =>
    activationFunction(
      defineActivation({ name: 'same', value: (x) => slope * x, domain: [-1, 1], below: { slope }, above: { slope } }),
    ),
  );
  const bits = Uint16Array.of(0x3c00);
  expect([one, two].map((f) => f(bits, { dtype: 'float16' })[0])).toEqual([0x3c00, 0x4000]);
  expect([one, two].map((f) => f(Float32Array.of(0.5))[0])).toEqual([0.5, 1]);
});
