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
    expect(() => activation('gelu_new', {}, 'Keras')).toThrow('(source Keras)');
    expect(() => activation(7 as unknown as string)).toThrow(GeluTypeError);
  });
});

describe('what is said of an unknown name', () => {
  const said = (name: string): string => {
    try {
      activation(name);
    } catch (error) {
      return (error as Error).message;
    }
    return 'known';
  };

  it.each([
    ['gelu_nwe', 'gelu_new'],
    ['geluu', 'gelu'],
    ['gleu', 'gelu'],
    ['gelu_exact', 'gelu'],
    ['quickgleu', 'quick_gelu'],
    ['sillu', 'silu'],
    ['leakyrelu6', 'leakyRelu'],
    ['hardswsih', 'hardswish'],
    ['softpls', 'softplus'],
    ['sigmod', 'sigmoid'],
    ['mihs', 'mish'],
  ])('%s: the function that is meant comes first', (name, meant) => {
    const first = /such as '([^']*)'/.exec(said(name))?.[1];
    expect(activation(first as string).definition, `'${first}'`).toBe(activation(meant).definition);
  });

  it.each([
    ['geglu', '`geglu`'],
    ['GEGLU', '`geglu`'],
    ['gated-gelu', '`geglu`'],
    ['geglu_quick', '`geglu`'],
    ['swiglu', '`swiglu`'],
    ['swiglu_oai', '`swiglu`'],
    ['gated-silu', '`swiglu`'],
    ['fast-swiglu', '`swiglu`'],
    ['reglu', '`reglu`'],
    ['glu', '`glu`'],
    ['BilinearGLU', '`bilinear`'],
  ])('%s is a gated unit', (name, unit) => expect(said(name)).toContain(`use ${unit}`));

  it('names no function that is far, and tells what is of rows', () => {
    expect(said('softmax')).toContain('whole rows');
    expect(said('log_softmax')).toContain('whole rows');
    for (const name of ['snake', 'maxout', 'erf', 'xyz', 'cos', '']) expect(said(name)).not.toContain('such as');
  });
});

describe('parameters', () => {
  const refused: [string, Record<string, unknown>, typeof GeluTypeError | typeof GeluRangeError, string][] = [
    ['relu', { slope: 1 }, GeluTypeError, "'slope' must be absent: there are no parameters"],
    ['leakyRelu', { slope: 1 }, GeluTypeError, "'slope' must be absent: the parameters are negativeSlope"],
    ['leakyRelu', { negativeSlope: '1' }, GeluTypeError, "'negativeSlope' must be a number"],
    ['leakyRelu', { negativeSlope: Number.NaN }, GeluRangeError, "'negativeSlope' must be finite"],
    ['elu', { alpha: Infinity }, GeluRangeError, "'alpha' must be finite"],
    ['celu', { alpha: 0 }, GeluRangeError, "'alpha' must be finite and not 0"],
    ['silu', { beta: -Infinity }, GeluRangeError, "'beta'"],
    ['softplus', { beta: 0 }, GeluRangeError, "'beta' must be finite and not 0"],
    ['softplus', { threshold: Number.NaN }, GeluRangeError, "'threshold'"],
    ['rrelu', { lower: 0.5 }, GeluRangeError, "'lower' must be at most upper"],
    ['softshrink', { lambd: -1 }, GeluRangeError, "'lambd' must be finite and at least 0"],
    ['xielu', { eps: 1 }, GeluRangeError, "'eps' must be from -0.125 to 0"],
    ['clippedGelu', { minVal: 0 }, GeluRangeError, "'minVal' must be finite and less than 0"],
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
    for (const name of ['GEGLU', 'swiglu', 'GLU', 'bilinear', 'stochasticGelu', 'StochasticGELU'])
      expect(() => registerActivation(defineActivation({ name, value, domain: [-110, 30] }))).toThrow(`'${name}`);
  });

  it('must be well defined', () => {
    expect(() => defineActivation({ name: 'a b', value, domain: [0, 1] })).toThrow(GeluTypeError);
    expect(() => defineActivation({ name: 'a', value: 3 as never, domain: [0, 1] })).toThrow(GeluTypeError);
    expect(() => defineActivation({ name: 'a', value, domain: [1, 0] })).toThrow(GeluRangeError);
    expect(() => defineActivation({ name: 'a', value, domain: [0, Infinity] })).toThrow(GeluTypeError);
    expect(() => defineActivation({ name: 'a', value: Math.log, domain: [-1, 1] })).toThrow('finite on its domain');
    expect(() => defineActivation({ name: 'a', value, domain: [-1, 1], breaks: [0] })).toThrow("'breaks'");
  });

  it.each([
    [
      'a line that begins elsewhere',
      { value: (x: number) => x, domain: [-5, 5] },
      "'below' must be the line that the value becomes at -5, where it is -5, got 0",
    ],
    [
      'above, too',
      { value: () => 0, domain: [-5, 5] },
      "'above' must be the line that the value becomes at 5, where it is 0, got 5",
    ],
    [
      'a value that throws',
      { value: (x: number) => (x > 4 ? (BigInt(x) as never) : x), domain: [0, 5.5] },
      "'value' must be a number at every point",
    ],
    [
      'a value that is no number',
      { value: () => '1' as never, domain: [0, 1] },
      "'value' must be finite on its domain, got 1 at 0",
    ],
    [
      'a slope that is NaN',
      { value: (x: number) => x, derivative: (x: number) => (x > 4 ? Number.NaN : 1), domain: [0, 5] },
      "'derivative' must be finite on its domain, got NaN at 4",
    ],
    ['a slope that differences cannot find', { value: Math.sqrt, domain: [0, 1] }, 'state the derivative'],
    [
      'a derivative of another function',
      { value: (x: number) => x, derivative: () => 2, domain: [0, 5] },
      "'derivative' must be the value's, 1",
    ],
    [
      'a second derivative that throws',
      {
        value: (x: number) => x,
        derivative: () => 1,
        secondDerivative: () => {
          throw new Error('no');
        },
        domain: [0, 5],
      },
      'Error: no',
    ],
  ] as const)('refuses %s', (_, own, message) => {
    const definition = { name: 'a', ...own } as unknown as Parameters<typeof defineActivation>[0];
    expect(() => defineActivation(definition)).toThrow(GeluRangeError);
    expect(() => defineActivation(definition)).toThrow(message);
  });

  it('takes kinks with a convention of their own, and clamps', () => {
    const derivative = (x: number): number => (x < 0 ? 0 : x > 0 ? 1 : 0.5);
    const ramp = defineActivation({
      name: 'ramp',
      value: (x) => Math.max(x, 0),
      derivative,
      secondDerivative: () => 0,
      domain: [-4, 4],
      breaks: [0],
    });
    expect(bind(ramp).evaluate(1, 0)).toBe(0.5);
    const clip = {
      value: (x: number) => Math.min(Math.max(x, -1), 1),
      derivative: (x: number) => Number(Math.abs(x) < 1),
      secondDerivative: () => 0,
    };
    expect(() =>
      defineActivation({
        name: 'clip',
        ...clip,
        domain: [-2, 2],
        breaks: [-1, 1],
        below: { intercept: -1 },
        above: { intercept: 1, slope: 0 },
      }),
    ).not.toThrow();
  });
});
