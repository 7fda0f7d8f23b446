import { describe, expect, it } from 'vitest';
import { GeluRangeError, GeluTypeError } from '../shared/errors.js';
import { type Activation, activation, activations, bind, defineActivation, registerActivation } from './index.js';
import type { ParameterValues } from './model/parameters.js';

describe('the registry', () => {
  it('has each name once', () => {
    const names = activations.flatMap(({ name, layer }) => [
      name,
      ...(layer.toLowerCase() === name.toLowerCase() ? [] : [layer]),
    ]);
    expect(new Set(names.map((n) => n.toLowerCase())).size).toBe(names.length);
  });

  it.each(activations.map((a) => [a.name, a] as const))('finds %s by its names', (name, definition) => {
    for (const own of [
      name,
      definition.layer,
      name.toUpperCase(),
      name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
    ]) {
      expect(activation(own).definition).toBe(definition);
      expect(activation(own).parameters).toEqual(bind(definition).parameters);
    }
  });

  const aliases = activations.flatMap((definition) => definition.aliases.map((alias) => ({ ...alias, definition })));
  it.each(aliases)('$source means $definition.name by $name', ({ name, source, parameters = {}, definition }) => {
    const found = activation(name, {}, source);
    expect(found.definition).toBe(definition);
    expect(found.parameters).toEqual(bind(definition, parameters).parameters);
    // Without a source the same name must lead to the same activation.
    expect(activation(name).definition).toBe(definition);
  });

  it('knows what the names of other libraries mean', () => {
    const table: [string, string, ParameterValues][] = [
      ['swish', 'silu', { beta: 1 }],
      ['gelu_new', 'gelu', { approximate: 'tanh' }],
      ['NewGELU', 'gelu', { approximate: 'tanh' }],
      ['gelu_fast', 'gelu', { approximate: 'tanh' }],
      ['gelu_accurate', 'gelu', { approximate: 'tanh' }],
      ['gelu_pytorch_tanh', 'gelu', { approximate: 'tanh' }],
      ['gelu_python', 'gelu', { approximate: 'none' }],
      ['gelu', 'gelu', { approximate: 'none' }],
      ['quick_gelu', 'gelu', { approximate: 'sigmoid' }],
      ['QuickGELUActivation', 'gelu', { approximate: 'sigmoid' }],
      ['relu2', 'reluSquared', {}],
      ['linear', 'identity', {}],
      ['leaky_relu', 'leakyRelu', { negativeSlope: 0.01 }],
      ['hard_silu', 'hardswish', {}],
      ['softplus', 'softplus', { beta: 1, threshold: 20 }],
    ];
    for (const [name, own, parameters] of table) {
      expect(activation(name).definition.name).toBe(own);
      expect(activation(name).parameters).toMatchObject(parameters);
    }
    expect(activation('gelu', {}, 'JAX').parameters).toMatchObject({ approximate: 'tanh' });
    expect(activation('leaky_relu', {}, 'Keras').parameters).toMatchObject({ negativeSlope: 0.2 });
    expect(activation('leaky_relu', { negativeSlope: 0.5 }, 'Keras').parameters).toMatchObject({ negativeSlope: 0.5 });
    expect(activation('softplus', {}, 'JAX').evaluate(0, 21)).toBeGreaterThan(21);
    expect(activation('softplus').evaluate(0, 21)).toBe(21);
  });

  it('names the nearest for an unknown name', () => {
    expect(() => activation('sillu')).toThrow(GeluRangeError);
    expect(() => activation('sillu')).toThrow("'silu'");
    expect(() => activation('laplace')).toThrow(GeluRangeError);
    expect(() => activation('gelu_new', {}, 'Keras')).toThrow('(source Keras)');
    expect(() => activation(7 as unknown as string)).toThrow(GeluTypeError);
  });
});

describe('parameters', () => {
  const refused: [string, Record<string, unknown>, typeof GeluTypeError | typeof GeluRangeError, string][] = [
    ['relu', { slope: 1 }, GeluTypeError, "'slope' must be absent: there are no parameters"],
    ['leakyRelu', { slope: 1 }, GeluTypeError, "'slope' must be absent: the parameters are negativeSlope"],
    ['leakyRelu', { negativeSlope: '1' }, GeluTypeError, "'negativeSlope' must be a number"],
    ['leakyRelu', { negativeSlope: Number.NaN }, GeluRangeError, "'negativeSlope' must be finite"],
    ['elu', { alpha: 0 }, GeluRangeError, "'alpha' must be finite and greater than 0"],
    ['silu', { beta: -1 }, GeluRangeError, "'beta'"],
    ['softplus', { threshold: 0 }, GeluRangeError, "'threshold'"],
    ['hardtanh', { minVal: 2 }, GeluRangeError, "'minVal' must be less than maxVal"],
    ['gelu', { approximate: 'erf' }, GeluRangeError, "'approximate' must be one of"],
    ['gelu', { approximate: 1 }, GeluTypeError, "'approximate' must be one of"],
    ['gelu', { approximate: 'tanh', std: 2 }, GeluRangeError, "'std'"],
    ['calu', { location: 1e300, scale: 1e-300 }, GeluRangeError, "'location'"],
  ];
  it.each(refused)('%s refuses %o', (name, parameters, type, message) => {
    expect(() => activation(name, parameters as ParameterValues)).toThrow(type);
    expect(() => activation(name, parameters as ParameterValues)).toThrow(message);
  });

  it('makes keys that tell functions apart', () => {
    expect(activation('elu').key).toBe('elu(alpha=1)');
    expect(activation('elu', { alpha: 1 }).key).toBe(activation('ELU').key);
    expect(activation('elu', { alpha: 2 }).key).not.toBe(activation('elu').key);
    expect(activation('gelu_new').key).toBe('gelu(approximate=tanh,mean=0,std=1)');
  });
});

describe('an activation of one’s own', () => {
  const value = (x: number): number => x / (1 + Math.exp(-x));
  const own = defineActivation({ name: 'ownSilu', value, domain: [-110, 30] });

  it('follows the function and its derivatives', () => {
    const [mine, exact] = [bind(own), activation('silu')];
    for (let x = -100; x < 30; x += 0.37)
      for (const [order, bound] of [
        [0, 1e-14],
        [1, 1e-11],
        [2, 1e-8],
      ] as const) {
        const size = Math.max(Math.abs(exact.evaluate(0, x)), Math.abs(exact.evaluate(order, x)));
        expect(Math.abs(mine.evaluate(order, x) - exact.evaluate(order, x)) / size, `${x}`).toBeLessThan(bound);
      }
    expect(mine.evaluate(0, -Infinity)).toBe(0);
    expect(mine.evaluate(0, Infinity)).toBe(Infinity);
    expect(mine.evaluate(1, 1e300)).toBe(1);
    expect(mine.evaluate(0, Number.NaN)).toBeNaN();
  });

  it('is found once it is registered, and takes no taken name', () => {
    registerActivation(own);
    expect(activation('own_silu').definition).toBe(own);
    expect(() => registerActivation(own)).toThrow(GeluRangeError);
    expect(() => registerActivation({ ...own, name: 'swish' } as Activation)).toThrow("'swish'");
  });

  it('must be well defined', () => {
    expect(() => defineActivation({ name: 'a b', value, domain: [0, 1] })).toThrow(GeluTypeError);
    expect(() => defineActivation({ name: 'a', value: 3 as never, domain: [0, 1] })).toThrow(GeluTypeError);
    expect(() => defineActivation({ name: 'a', value, domain: [1, 0] })).toThrow(GeluRangeError);
    expect(() => defineActivation({ name: 'a', value, domain: [0, Infinity] })).toThrow(GeluTypeError);
    expect(() => defineActivation({ name: 'a', value: Math.log, domain: [-1, 1] })).toThrow('finite on its domain');
    expect(() => defineActivation({ name: 'a', value, domain: [-1, 1], breaks: [0] })).toThrow("'breaks'");
  });
});
