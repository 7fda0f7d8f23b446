import { expect, test } from 'vitest';
import { activationNamed, activationsNamed } from './activation-spec.js';
import { UsageError } from './errors.js';

test.each([
  ['gelu', 'GELU', 'gelu(approximate=none,mean=0,std=1)'],
  ['gelu_new', 'GELU, tanh form', 'gelu(approximate=tanh,mean=0,std=1)'],
  ['JAX/gelu', 'GELU, tanh form', 'gelu(approximate=tanh,mean=0,std=1)'],
  ['gelu:approximate=sigmoid', 'GELU, sigmoid form', 'gelu(approximate=sigmoid,mean=0,std=1)'],
  ['gelu:mean=0.5,std=2', 'GELU, mean 0.5, std 2', 'gelu(approximate=none,mean=0.5,std=2)'],
  ['leakyRelu:negativeSlope=0.2', 'LeakyReLU, negativeSlope 0.2', 'leakyRelu(negativeSlope=0.2)'],
  ['Keras/leaky_relu', 'LeakyReLU, negativeSlope 0.2', 'leakyRelu(negativeSlope=0.2)'],
])('%s', (spec, label, key) => {
  const named = activationNamed(spec);
  expect([named.spec, named.label, named.bound.key]).toEqual([spec, label, key]);
  const x = Float64Array.of(-1, 0.5);
  for (const order of [0, 1, 2] as const)
    expect([...named.evaluate(order, x)]).toEqual([...x].map((v) => named.bound.evaluate(order, v)));
});

test('a list may hold parameters, separated by commas too', () => {
  const specs = activationsNamed('gelu:mean=1,std=2, relu,leakyRelu:negativeSlope=0.3').map(({ spec }) => spec);
  expect(specs).toEqual(['gelu:mean=1,std=2', 'relu', 'leakyRelu:negativeSlope=0.3']);
});

test.each<[string, RegExp]>([
  ['geluu', /geluu.*'gelu'/],
  ['', /'name' must be the name of an activation/],
  ['PyTorch/gelu_new', /source PyTorch/],
  ['relu:slope=1', /relu:slope=1: 'slope' must be absent/],
  ['silu:beta', /'beta' is not of the form parameter=value/],
  ['leakyRelu:negativeSlope=steep', /negativeSlope/],
  ['gelu:approximate=erf', /approximate.*'none', 'tanh', 'sigmoid'/],
  ['gelu:std=0', /std.*greater than 0/],
])('%s is refused', (spec, message) => {
  expect(() => activationNamed(spec)).toThrow(UsageError);
  expect(() => activationNamed(spec)).toThrow(message);
});
