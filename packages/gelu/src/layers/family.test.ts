import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { activations } from '../activations/index.js';
import * as library from '../complete.js';
import {
  type ActivationFunction,
  activationLayer,
  CELU,
  ELU,
  GELU,
  GeluRangeError,
  GeluStateError,
  GeluTypeError,
  Hardtanh,
  type LayerClass,
  LeakyReLU,
  layerFromJSON,
  PReLU,
  SiLU,
  Softplus,
} from '../complete.js';

type AnyClass = LayerClass;
const exported = library as unknown as Record<string, unknown>;

test.each([
  ['GELU', "GELU(approximate='none')"],
  ['ReLU', 'ReLU()'],
  ['LeakyReLU', 'LeakyReLU(negative_slope=0.01)'],
  ['PReLU', 'PReLU(num_parameters=1)'],
  ['ReLU6', 'ReLU6()'],
  ['ELU', 'ELU(alpha=1.0)'],
  ['SELU', 'SELU()'],
  ['CELU', 'CELU(alpha=1.0)'],
  ['SiLU', 'SiLU()'],
  ['Mish', 'Mish()'],
  ['Softplus', 'Softplus(beta=1.0, threshold=20.0)'],
  ['Softsign', 'Softsign()'],
  ['Tanh', 'Tanh()'],
  ['Sigmoid', 'Sigmoid()'],
  ['LogSigmoid', 'LogSigmoid()'],
  ['Hardsigmoid', 'Hardsigmoid()'],
  ['Hardswish', 'Hardswish()'],
  ['Hardtanh', 'Hardtanh(min_val=-1.0, max_val=1.0)'],
  ['Identity', 'Identity()'],
  ['Hardshrink', 'Hardshrink(lambd=0.5)'],
  ['Softshrink', 'Softshrink(lambd=0.5)'],
  ['Tanhshrink', 'Tanhshrink()'],
  ['Threshold', 'Threshold(threshold=1.0, value=0.0)'],
  ['RReLU', 'RReLU(lower=0.125, upper=0.3333333333333333)'],
])('%s prints as in PyTorch', (name, text) => {
  expect(String(new (exported[name] as AnyClass)())).toBe(text);
});

test('floats print as in Python', () => {
  expect(String(new LeakyReLU({ negativeSlope: 1e-5 }))).toBe('LeakyReLU(negative_slope=1e-05)');
  expect(String(new LeakyReLU({ negativeSlope: 0.0001 }))).toBe('LeakyReLU(negative_slope=0.0001)');
  expect(String(new ELU({ alpha: 1e16 }))).toBe('ELU(alpha=1e+16)');
  expect(String(new ELU({ alpha: 123456789 }))).toBe('ELU(alpha=123456789.0)');
  expect(String(new Softplus({ threshold: Infinity }))).toBe('Softplus(beta=1.0, threshold=inf)');
  expect(String(new Hardtanh({ minVal: -0, maxVal: 2.5 }))).toBe('Hardtanh(min_val=-0.0, max_val=2.5)');
  expect(String(new SiLU({ beta: 2 }))).toBe('SiLU(beta=2.0)');
  expect(String(new CELU({ alpha: 1.25e-7 }))).toBe('CELU(alpha=1.25e-07)');
});

// RReLU is another function in training: rrelu.test.ts.
const plain = activations.filter(({ name }) => name !== 'rrelu');

describe.each(plain.map((definition) => [definition.layer, definition] as const))('%s', (name, definition) => {
  const Class = exported[name] as AnyClass;
  const f = exported[definition.name] as ActivationFunction;
  const x = Float32Array.from({ length: 40 }, (_, i) => Math.sin(i) * 5);
  const g = x.map((_, i) => Math.cos(i));

  test('is the class that the definition gives', () => {
    expect(activationLayer(definition)).toBe(Class);
    expect(Class.name).toBe(name);
    expect(inspect(new Class())).toBe(String(new Class()));
  });

  test('forward and backward are the functions', () => {
    const layer = new Class();
    expect(layer.forward(x)).toEqual(f(x));
    expect(layer.backward(g)).toEqual(f.backward(g, x));
    expect(layer.forward(-0.5)).toBe(f(-0.5));
    expect(layer.backward(2)).toBe(f.backward(2, -0.5));
    expect(layer.forward([[1], [-2, 3]])).toEqual(f([[1], [-2, 3]]));
    expect(layer.backward([[1], [1, 1]])).toEqual(f.backward([[1], [1, 1]], [[1], [-2, 3]]));
    const inPlace = x.slice();
    layer.forward(inPlace, { out: inPlace });
    const gradient = g.slice();
    layer.backward(gradient, { out: gradient });
    expect(gradient).toEqual(f.backward(g, x));
  });

  test('train and eval', () => {
    const layer = new Class();
    expect(layer.training).toBe(true);
    expect(() => layer.backward(1)).toThrow(GeluStateError);
    expect(layer.eval()).toBe(layer);
    expect(layer.forward(1)).toBe(f(1));
    expect(() => layer.backward(1)).toThrow('train()');
    layer.train().forward(1);
    expect(layer.backward(1)).toBe(f.backward(1, 1));
    expect(() => layer.eval().train().backward(1)).toThrow(GeluStateError);
  });

  test('to JSON and back', () => {
    const layer = new Class();
    for (const again of [Class.fromJSON(JSON.stringify(layer)), layerFromJSON(JSON.stringify(layer))]) {
      expect(again).toBeInstanceOf(Class);
      expect(String(again)).toBe(String(layer));
      expect(again.toJSON()).toEqual(layer.toJSON());
    }
    expect(() => Class.fromJSON({ type: 'Other' })).toThrow(GeluRangeError);
  });

  test('refuses unknown options', () => {
    expect(() => new Class({ slope: 1 } as never)).toThrow(GeluTypeError);
    expect(() => new Class(3 as never)).toThrow(GeluTypeError);
    expect(() => new Class().forward(x, { alpha: 1 } as never)).toThrow("'options.alpha'");
  });
});

test('backward reads the input as forward did', () => {
  const layer = new ELU();
  const bits = Uint16Array.of(0x3c00, 0xbc00);
  layer.forward(bits, { dtype: 'float16' });
  expect(layer.backward(bits)).toEqual(library.elu.backward(bits, bits, { dtype: 'float16' }));
});

test('parameters are fields, survive JSON and count', () => {
  const layer = new Hardtanh({ minVal: -2 });
  expect([layer.minVal, layer.maxVal]).toEqual([-2, 1]);
  const again = Hardtanh.fromJSON(layer.toJSON());
  expect(again.forward(-5)).toBe(-2);
  expect(Softplus.fromJSON(JSON.stringify(new Softplus({ threshold: Infinity }))).threshold).toBe(Infinity);
  expect(() => new CELU({ alpha: 0 })).toThrow(GeluRangeError);
  const leaky: LeakyReLU = new LeakyReLU({ negativeSlope: 0.5 });
  leaky.negativeSlope = 0.25;
  expect(leaky.forward(-4)).toBe(-1);
});

test('layerFromJSON names what it knows', () => {
  expect(() => layerFromJSON({ type: 'Relu' })).toThrow(activations.map(({ layer }) => layer).join(', '));
  expect(() => layerFromJSON({ type: 'toString' })).toThrow(GeluRangeError);
  expect(() => layerFromJSON({} as never)).toThrow(GeluRangeError);
  expect(() => layerFromJSON('[')).toThrow("'json'");
  expect(() => layerFromJSON(null as never)).toThrow(GeluTypeError);
});

test('a trainable GELU finds the gradients of mean and std', () => {
  const layer = new GELU({ mean: 0.5, std: 2, trainable: true });
  expect(String(layer)).toBe("GELU(approximate='none', mean=0.5, std=2, trainable=True)");
  const x = Float64Array.of(-1, 0.5, 2);
  const g = Float64Array.of(1, -2, 3);
  layer.forward(x);
  const expected = library.geluParameterGradients(g, x, { mean: 0.5, std: 2 });
  layer.mean = 7; // what the forward pass had counts
  const out = g.slice();
  expect(layer.backward(out, { out })).toEqual(library.geluBackward(g, x, { mean: 0.5, std: 2 }));
  expect({ mean: layer.gradMean, std: layer.gradStd }).toEqual(expected);
  expect(GELU.fromJSON(layer.toJSON()).trainable).toBe(true);
  expect(() => new GELU({ trainable: true, approximate: 'tanh' })).toThrow(GeluRangeError);
  expect(() => new GELU({ trainable: 1 as never })).toThrow(GeluTypeError);
});

test('gradient descent on mean and std finds the function that made the data', () => {
  const x = Float64Array.from({ length: 64 }, (_, i) => (i - 32) / 8);
  const target = library.gelu(x, { mean: 0.5, std: 0.7 });
  const layer = new GELU({ trainable: true });
  for (let step = 0; step < 2000; step++) {
    const y = layer.forward(x);
    layer.backward(y.map((v, i) => (2 * (v - target[i])) / x.length));
    layer.mean -= layer.gradMean;
    layer.std -= layer.gradStd;
  }
  expect(layer.mean).toBeCloseTo(0.5, 4);
  expect(layer.std).toBeCloseTo(0.7, 4);
});

test('PReLU with several weights', () => {
  const layer = new PReLU({ numParameters: 2, init: 0.5 });
  expect(String(layer)).toBe('PReLU(num_parameters=2)');
  const x = Float32Array.of(-1, -2, 3, -4);
  expect(layer.forward(x)).toEqual(Float32Array.of(-0.5, -1, 3, -2));
  expect(layer.backward(Float32Array.of(1, 1, 1, 1))).toEqual(Float32Array.of(0.5, 0.5, 1, 0.5));
  expect(layer.gradWeight).toEqual(Float64Array.of(-1, -6));
  layer.weight[1] = 0;
  expect(layer.forward(x, { shape: [1, 2, 2] })).toEqual(Float32Array.of(-0.5, -1, 3, 0));
  layer.backward(Float32Array.of(1, 1, 1, 1));
  expect(layer.gradWeight).toEqual(Float64Array.of(-3, -4));
  expect(PReLU.fromJSON(JSON.stringify(layer)).weight).toEqual(Float64Array.of(0.5, 0));
  expect(() => PReLU.fromJSON({ type: 'PReLU', weight: [1, 2] })).toThrow(GeluRangeError);
  expect(() => PReLU.fromJSON({ type: 'PReLU', weight: 'x' })).toThrow(GeluTypeError);
  expect(() => new PReLU({ numParameters: 0 })).toThrow(GeluRangeError);
  expect(() => new PReLU({ init: NaN })).toThrow(GeluRangeError);
});

describe('by name', () => {
  test('a function keeps what its name fixes', () => {
    const tanh = library.activationFunction('gelu_new');
    expect(tanh(1)).toBe(library.gelu(1, { approximate: 'tanh' }));
    expect(tanh.derivative(1)).toBe(library.geluDerivative(1, { approximate: 'tanh' }));
    expect(tanh(Float32Array.of(1, -2))).toEqual(library.gelu(Float32Array.of(1, -2), { approximate: 'tanh' }));
    expect(tanh(1, { approximate: 'sigmoid' } as object)).toBe(library.gelu(1, { approximate: 'sigmoid' }));
    expect(library.activationFunction('leaky_relu', 'Keras')(-1)).toBe(-0.2);
    expect(library.activationFunction(library.activation('elu', { alpha: 3 }))(-1)).toBe(library.elu(-1, { alpha: 3 }));
    expect(library.activationFunction('prelu')).toBe(library.prelu);
    expect(library.activationFunction('swish')(2)).toBe(library.silu(2));
    expect(() => library.activationFunction('nonsense')).toThrow(library.GeluRangeError);
    expect(() => tanh(1, { std: 2 } as object)).toThrow("'std'");
  });

  test('a layer keeps what its name fixes', () => {
    const Tanh = library.activationLayer('gelu_new');
    expect(String(new Tanh())).toBe("GELU(approximate='tanh')");
    expect(Tanh.name).toBe('GELU');
    expect(library.activationLayer('gelu_new')).toBe(Tanh);
    expect(new Tanh()).toBeInstanceOf(library.GELU);
    expect(String(library.layerFromJSON(JSON.stringify(new Tanh())))).toBe("GELU(approximate='tanh')");
    expect(library.activationLayer('mish')).toBe(library.Mish);
    expect(String(new (library.activationLayer('leaky_relu', 'Keras'))())).toBe('LeakyReLU(negative_slope=0.2)');
    const Steep = library.activationLayer(library.activation('prelu', { weight: 0.5 }));
    expect(new Steep().forward(-1)).toBe(-0.5);
  });
});

test('JSON keeps −0 and the infinities', () => {
  const zero = new library.LeakyReLU({ negativeSlope: -0 });
  const back = library.layerFromJSON(JSON.stringify(zero)) as library.LeakyReLU;
  expect(back.negativeSlope).toBe(-0);
  expect((library.layerFromJSON(JSON.stringify(new library.GELU({ mean: -0 }))) as library.GELU).mean).toBe(-0);
  const prelu = new library.PReLU({ init: -0 });
  expect((library.layerFromJSON(JSON.stringify(prelu)) as library.PReLU).weight).toEqual(Float64Array.of(-0));
  const soft = new library.Softplus({ threshold: Infinity });
  expect((library.layerFromJSON(JSON.stringify(soft)) as library.Softplus).threshold).toBe(Infinity);
});

test('backward refuses to write over the input that it keeps', () => {
  for (const layer of [new library.GELU(), new library.SiLU(), new library.PReLU()] as library.ActivationLayer[]) {
    const x = Float32Array.of(-2, -1, 0.5);
    const g = Float32Array.of(1, 1, 1);
    layer.forward(x);
    expect(() => layer.backward(g, { out: x })).toThrow(library.GeluRangeError);
    expect(x).toEqual(Float32Array.of(-2, -1, 0.5));
    expect(layer.backward(g)).toEqual(layer.backward(g));
  }
});
