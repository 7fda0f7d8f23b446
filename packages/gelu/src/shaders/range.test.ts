import { expect, test } from 'vitest';
import { activation, activations, bind, defineActivation } from '../activations/index.js';
import { tooExtreme } from './range.js';
import { renderFunction } from './render.js';

test.each([
  ['silu', { beta: 1e10 }, 'beta', 'from 1e-9 to 1000000000 in size on a GPU'],
  ['silu', { beta: -1e-300 }, 'beta', 'from 1e-9 to 1000000000 in size on a GPU'],
  ['squareplus', { b: 1e-60 }, 'b', 'from 1e-18 to 1000000000000000000 in size on a GPU'],
  ['gelu', { mean: 300, std: 1 }, 'mean', "at most 256 times 'std' in size on a GPU"],
  ['calu', { location: 1, scale: 1e-6 }, 'location', "at most 256 times 'scale' in size on a GPU"],
  ['leakyRelu', { negativeSlope: 1e-40 }, 'negativeSlope', /^0 or from 1.17\S+e-38 to 3.4\S+e\+38 in size on a GPU$/],
  ['hardtanh', { minVal: -1e300, maxVal: 1 }, 'minVal', /on a GPU$/],
] as const)('%s %o: no shader, and the parameter is named', (name, parameters, parameter, expected) => {
  const bound = activation(name, parameters);
  const extreme = tooExtreme(bound);
  expect(extreme?.name).toBe(parameter);
  expect(extreme?.expected).toMatch(expected);
  expect(renderFunction(bound, 0)).toBeUndefined();
});

test('defaults are not too extreme, nor are the ends of what is allowed, 0, and activations of one’s own', () => {
  for (const definition of activations) expect(tooExtreme(bind(definition))).toBeUndefined();
  for (const [name, parameters] of [
    ['silu', { beta: 0 }],
    ['silu', { beta: -1e9 }],
    ['gelu', { mean: -256, std: 1 }],
    ['leakyRelu', { negativeSlope: 2 ** -126 }],
  ] as const)
    expect(tooExtreme(activation(name, parameters))).toBeUndefined();
  const own = defineActivation({ name: 'own', value: (x) => x / (1 + Math.exp(-x)), domain: [-110, 40] });
  expect(tooExtreme(bind(own))).toBeUndefined();
});
