import { expect, test } from 'vitest';
import { gelu } from '../activations/gelu/definition.js';
import { activation } from '../activations/index.js';
import { GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { type GainOptions, gain } from './gain.js';

test('GELU: 1/√E[gelu(z)²], by name, definition or with parameters', () => {
  expect(gain('gelu')).toBeCloseTo(1 / Math.sqrt(0.4252214825702987), 14);
  expect(gain(gelu)).toBe(gain('gelu'));
  expect(gain(activation('gelu', { approximate: 'tanh' }))).toBeCloseTo(gain('gelu'), 3);
  expect(gain('gelu', { keep: 'backward' })).toBeCloseTo(1 / Math.sqrt(0.45585086564928712), 14);
  expect(gain('gelu', { keep: 'both' })).toBe(gain('gelu', { keep: 'backward' }));
  expect(gain('gelu', { residualLayers: 4 })).toBe(gain('gelu') / 2);
});

test('ReLU: √2 at every q; the names of calculate_gain, and its conventions when asked for', () => {
  for (const q of [1e-3, 1, 1e3]) expect(gain('relu', { q })).toBeCloseTo(Math.SQRT2, 13);
  for (const name of ['linear', 'conv1d', 'conv_transpose3d', 'identity']) expect(gain(name)).toBeCloseTo(1, 13);
  expect(gain('leaky_relu')).toBeCloseTo(Math.sqrt(2 / (1 + 0.01 ** 2)), 13);
  const pytorch = ['tanh', 'sigmoid', 'selu', 'linear', 'relu', 'leaky_relu'].map((n) =>
    gain(n, { source: 'PyTorch' }),
  );
  expect(pytorch).toEqual([5 / 3, 1, 0.75, 1, Math.SQRT2, Math.sqrt(2 / (1 + 0.01 ** 2))]);
  expect(gain('selu')).toBeCloseTo(1, 12); // it keeps mean 0 and variance 1 by itself (Klambauer et al. 2017)
  expect(gain('tanh')).toBeCloseTo(1.5925374, 6); // not 5/3
});

test.each<[string, unknown, new () => Error, RegExp]>([
  ['geluu', {}, GeluRangeError as never, /name/],
  ['gelu', { keep: 'all' }, GeluRangeError as never, /'keep' must be 'forward' or 'backward' or 'both'/],
  ['gelu', { q: -1 }, GeluRangeError as never, /'q'/],
  ['gelu', { q: '1' }, GeluTypeError as never, /'q' must be a number/],
  ['gelu', { source: 'PyTorch' }, GeluRangeError as never, /one that PyTorch has a gain for/],
  ['gelu', { residualLayers: 0.5 }, GeluRangeError as never, /residualLayers/],
  ['gelu', { kep: 'both' }, GeluTypeError as never, /options\.kep.*keep, q, residualLayers, source/],
  ['gelu', null, GeluTypeError as never, /'options' must be an object/],
])('gain(%s, %j) is refused', (name, options, type, message) => {
  const call = () => gain(name, options as GainOptions);
  expect(call).toThrow(type);
  expect(call).toThrow(message);
});
