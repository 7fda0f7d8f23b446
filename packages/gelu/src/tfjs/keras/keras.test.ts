import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { activation as inRegistry } from '../../activations/index.js';
import { activation, geglu, glu, swiglu } from '../index.js';
import { GEGLU, GELU, GLU, loadLayersModel, StochasticGELU, SwiGLU } from '../layers/index.js';
import { modelNames } from './names.js';
import { sparsemax } from './sparsemax.js';

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

const X = [-7, -3, -2, -1, -0.25, 0, 0.5, 1, 2, 3, 7, 9];
const x = () => tf.tensor2d([X]);
const digits = (t: tf.Tensor | tf.Tensor[]): number[] =>
  Array.from((t as tf.Tensor).dataSync(), (v) => Number(v.toPrecision(5)) + 0);

type Json = { [key: string]: unknown };

const handlerOf = (modelTopology: object) =>
  tf.io.fromMemory({ modelTopology, weightSpecs: [], weightData: new ArrayBuffer(0) });

/** A file of Keras with one layer. */
const file = (layer: Json, version = '2.15.0'): Json => ({
  keras_version: version,
  backend: 'tensorflow',
  model_config: { class_name: 'Sequential', config: { name: 's', layers: [layer] } },
});
const layerJson = (className: string, config: Json): Json => ({
  class_name: className,
  config: { name: 'l', batch_input_shape: [null, X.length], ...config },
});
const act = (activation: unknown): Json => layerJson('Activation', { activation });

async function saved(model: tfl.LayersModel): Promise<Json> {
  let topology: unknown;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      topology = JSON.parse(JSON.stringify(artifacts.modelTopology));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  return topology as Json;
}

/** What the model of a file computes, the same again after it was saved and loaded. */
async function out(topology: object): Promise<number[]> {
  const model = await tfl.loadLayersModel(handlerOf(topology));
  const y = digits(model.predict(x()) as tf.Tensor);
  const again = await tfl.loadLayersModel(handlerOf(await saved(model)));
  expect(digits(again.predict(x()) as tf.Tensor)).toEqual(y);
  return y;
}

const exactly = (f: (v: number) => number): number[] => X.map((v) => Number(Math.fround(f(v)).toPrecision(5)) + 0);
const leaky = (slope: number) => exactly((v) => (v > 0 ? v : slope * v));
const of = (name: string, parameters = {}) => exactly((v) => inRegistry(name, parameters).evaluate(0, v));
const hard2 = exactly((v) => Math.min(Math.max(0.2 * v + 0.5, 0), 1));
const hard3 = exactly((v) => Math.min(Math.max(v / 6 + 0.5, 0), 1));

describe('layers of Keras, loaded as Keras means them, and again after saving', () => {
  it.each<[string, Json, number[]]>([
    ['LeakyReLU of Keras 3', layerJson('LeakyReLU', { negative_slope: 0.1 }), leaky(0.1)],
    ['LeakyReLU of Keras 2', layerJson('LeakyReLU', { alpha: 0.1 }), leaky(0.1)],
    ['LeakyReLU without a slope', layerJson('LeakyReLU', {}), leaky(0.3)],
    ['ReLU', layerJson('ReLU', { max_value: null, negative_slope: 0, threshold: 0 }), leaky(0)],
    ['ReLU with a slope', layerJson('ReLU', { max_value: null, negative_slope: 0.1, threshold: 0 }), leaky(0.1)],
    [
      'ReLU with all three',
      layerJson('ReLU', { max_value: 6, negative_slope: 0.1, threshold: 1 }),
      exactly((v) => (v >= 6 ? 6 : v >= 1 ? v : 0.1 * (v - 1))),
    ],
    [
      'ReLU with a threshold alone',
      layerJson('ReLU', { max_value: null, negative_slope: 0, threshold: 0.5 }),
      exactly((v) => (v >= 0.5 ? v : 0)),
    ],
    [
      'ReLU whose threshold is above its largest value',
      layerJson('ReLU', { max_value: 1, negative_slope: 0.5, threshold: 2 }),
      exactly((v) => (v >= 1 ? 1 : 0.5 * (v - 2))),
    ],
    ['ELU', layerJson('ELU', { alpha: 0.5 }), of('elu', { alpha: 0.5 })],
    ['ELU with alpha 1', layerJson('ELU', { alpha: 1 }), of('elu')],
    ['ThresholdedReLU', layerJson('ThresholdedReLU', { theta: 2 }), exactly((v) => (v > 2 ? v : 0))],
  ])('%s', async (_, layer, expected) => {
    expect(await out(file(layer))).toEqual(expected);
    expect(await out(file(layer, '3.8.0'))).toEqual(expected);
  });
});

describe('activations that are objects', () => {
  const keras3 = (className: string, config: Json): Json => ({
    module: 'keras.layers',
    class_name: className,
    config: { name: 'a', trainable: true, dtype: { module: 'keras', class_name: 'DTypePolicy' }, ...config },
    registered_name: null,
  });
  it.each<[string, unknown, number[]]>([
    ['a layer of Keras 3', keras3('LeakyReLU', { negative_slope: 0.1 }), leaky(0.1)],
    ['a layer of Keras 2', { class_name: 'LeakyReLU', config: { name: 'a', alpha: 0.2 } }, leaky(0.2)],
    ['a layer without parameters', keras3('LeakyReLU', {}), leaky(0.3)],
    [
      'ReLU with a slope',
      keras3('ReLU', { negative_slope: 0.5, max_value: 2, threshold: 0 }),
      exactly((v) => (v >= 2 ? 2 : v >= 0 ? v : 0.5 * v)),
    ],
    ['ELU', keras3('ELU', { alpha: 2 }), of('elu', { alpha: 2 })],
    ['ThresholdedReLU', keras3('ThresholdedReLU', { theta: 1 }), exactly((v) => (v > 1 ? v : 0))],
    ['a function with parameters', { class_name: 'leaky_relu', config: { negative_slope: 0.1 } }, leaky(0.1)],
    [
      'GELU with approximate',
      { class_name: 'gelu', config: { approximate: true } },
      of('gelu', { approximate: 'tanh' }),
    ],
    ['GELU without', { class_name: 'gelu', config: { approximate: false } }, of('gelu')],
    ['elu with alpha', { class_name: 'elu', config: { alpha: 0.5 } }, of('elu', { alpha: 0.5 })],
    [
      'relu with max_value',
      { class_name: 'relu', config: { max_value: 2.5 } },
      exactly((v) => Math.min(Math.max(v, 0), 2.5)),
    ],
    ['celu', { class_name: 'celu', config: { alpha: 2 } }, of('celu', { alpha: 2 })],
    ['squareplus', { class_name: 'squareplus', config: { b: 1 } }, of('squareplus', { b: 1 })],
    ['swish with beta', { class_name: 'swish', config: { beta: 2 } }, of('silu', { beta: 2 })],
    [
      'a function of another module',
      { module: 'builtins', class_name: 'function', config: 'silu', registered_name: 'function' },
      of('silu'),
    ],
    [
      'a function of Keras’s packages',
      { class_name: 'function', config: 'keras_hub>gelu_approximate' },
      of('gelu', { approximate: 'tanh' }),
    ],
    ['its name alone', 'keras_nlp>quick_gelu', of('gelu', { approximate: 'sigmoid' })],
    ['an Activation as an activation', keras3('Activation', { activation: 'mish' }), of('mish')],
  ])('%s', async (_, written, expected) => {
    expect(await out(file(act(written), '3.8.0'))).toEqual(expected);
  });

  it('in layers of every kind, the recurrent ones too', async () => {
    const written = { class_name: 'LeakyReLU', config: { name: 'a', negative_slope: 0.5 } };
    const config = {
      name: 'r',
      units: 2,
      recurrent_initializer: 'glorot_uniform',
      activation: written,
      recurrent_activation: written,
      batch_input_shape: [null, 3, 2],
    };
    for (const [name, times] of [
      ['LSTM', 2],
      ['GRU', 2],
      ['SimpleRNN', 1],
      ['Dense', 1],
    ] as const) {
      const { recurrent_activation, ...simple } = config;
      const json = file({ class_name: name, config: times === 2 ? { ...simple, recurrent_activation } : simple });
      const again = JSON.stringify(await saved(await tfl.loadLayersModel(handlerOf(json), { strict: false })));
      expect(again.match(/"negative_slope":0.5/g)?.length, name).toBe(times);
    }
  });

  it.each<[string, unknown, RegExp]>([
    [
      'a parameter that is none',
      { class_name: 'gelu', config: { approximat: true } },
      /approximat.*parameters of gelu/,
    ],
    ['one that is not allowed', { class_name: 'elu', config: { alpha: 'x' } }, /alpha/],
    ['a function that is not known', { class_name: 'function', config: 'my_function' }, /'myFunction'/],
    ['a PReLU as an activation', keras3('PReLU', {}), /PReLU/],
    ['a class that is not known', { class_name: 'Mystery', config: {} }, /Mystery/],
  ])('%s is refused', async (_, written, message) => {
    await expect(tfl.loadLayersModel(handlerOf(file(act(written))))).rejects.toThrow(message);
  });

  it("a program's own class of the same name is left alone", async () => {
    class Own extends tf.serialization.Serializable {
      static readonly className = 'squareplus';
      readonly factor: number;
      constructor({ factor }: { factor: number }) {
        super();
        this.factor = factor;
      }
      apply(t: tf.Tensor): tf.Tensor {
        return tf.mul(t, this.factor);
      }
      getConfig() {
        return { factor: this.factor };
      }
    }
    const { classNameMap } = tf.serialization.SerializationMap.getMap();
    const ours = classNameMap.squareplus;
    tf.serialization.registerClass(Own);
    const model = await tfl.loadLayersModel(handlerOf(file(act({ class_name: 'squareplus', config: { factor: 3 } }))));
    expect(digits(model.predict(x()) as tf.Tensor)).toEqual(exactly((v) => 3 * v));
    classNameMap.squareplus = ours;
  });
});

describe('hard_sigmoid', () => {
  it('is that of the version that wrote the file', async () => {
    expect(await out(file(act('hard_sigmoid'), '2.15.0'))).toEqual(hard2);
    expect(await out(file(act('hard_sigmoid'), '3.8.0'))).toEqual(hard3);
    expect(await out(file(act({ class_name: 'function', config: 'hard_sigmoid' }), '3.8.0'))).toEqual(hard3);
  });

  it("is TensorFlow.js's in an operation and in a layer, in both spellings", () => {
    for (const name of ['hard_sigmoid', 'hardSigmoid']) {
      expect(digits(activation(name, x()))).toEqual(hard2);
      const layer = tfl.layers.activation({ activation: name as 'hardSigmoid', inputShape: [X.length] });
      expect(digits(layer.apply(x()) as tf.Tensor)).toEqual(hard2);
    }
  });

  it('through a handler of a program’s own, by loadLayersModel of gelu/tfjs/layers', async () => {
    const artifacts = { modelTopology: file(act('hard_sigmoid'), '3.8.0') };
    expect(digits((await loadLayersModel({ load: async () => artifacts })).predict(x()) as tf.Tensor)).toEqual(hard3);
    expect(artifacts.modelTopology).toEqual(file(act('hard_sigmoid'), '3.8.0'));
    tf.io.registerLoadRouter(
      (url) => (String(url).startsWith('own://') ? { load: async () => artifacts } : null) as never,
    );
    expect(digits((await loadLayersModel('own://model')).predict(x()) as tf.Tensor)).toEqual(hard3);
    await expect(loadLayersModel(5 as never)).rejects.toThrow("'source' must be");
  });
});

test('one name is one function: in an operation, in a layer, saved and loaded', async () => {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  for (const name of modelNames()) {
    expect(classNameMap, name).toHaveProperty([name]);
    const operation = digits(activation(name, x()));
    const made = tfl.sequential({
      layers: [tfl.layers.activation({ activation: name as 'relu', inputShape: [X.length] })],
    });
    expect(digits(made.predict(x()) as tf.Tensor), name).toEqual(operation);
    const again = await tfl.loadLayersModel(handlerOf(await saved(made)));
    expect(digits(again.predict(x()) as tf.Tensor), name).toEqual(operation);
  }
});

test('every name of Keras 2 and 3 is known', () => {
  const names =
    `relu leaky_relu relu6 softmax celu elu selu softplus softsign squareplus silu swish gelu glu tanh sigmoid
    hard_sigmoid hard_silu hard_swish hard_tanh linear mish log_softmax log_sigmoid sparsemax`.split(/\s+/);
  for (const name of names)
    expect(() => tfl.layers.activation({ activation: name as 'relu', inputShape: [2] }), name).not.toThrow();
});

test('sparsemax: a projection onto the simplex, and its gradient', () => {
  const [a, b] = [
    tf.tensor2d([
      [0.5, 0.2, -1],
      [3, 0, 0],
    ]),
    tf.tensor2d([
      [1, 2, 4],
      [1, 2, 4],
    ]),
  ];
  expect(digits(sparsemax(a))).toEqual([0.65, 0.35, 0, 1, 0, 0]);
  expect(digits(sparsemax(tf.transpose(a), 0))).toEqual([0.65, 1, 0.35, 0, 0, 0]);
  expect(digits(tf.grad((t: tf.Tensor) => tf.mul(b, sparsemax(t)))(a))).toEqual([-0.5, 0.5, 0, 0, 0, 0]);
});

test('layers of this library: made, saved and loaded', async () => {
  const model = tfl.sequential();
  model.add(new GELU({ approximate: true, inputShape: [X.length] }));
  model.add(new GEGLU({ order: 'gateFirst' }));
  model.add(new StochasticGELU({ seed: 5 }));
  expect(model.outputs[0].shape).toEqual([null, X.length / 2]);
  const again = await tfl.loadLayersModel(handlerOf(await saved(model)));
  expect(digits(again.predict(x()) as tf.Tensor)).toEqual(digits(model.predict(x()) as tf.Tensor));
  expect(again.layers.map((layer) => layer.getConfig())).toMatchObject([
    { approximate: 'tanh' },
    { order: 'gateFirst', axis: -1 },
    { seed: 5, calls: 0 },
  ]);
});

test('layers of gated units: the parameters of the gate, saved and loaded; an error for what they have not', async () => {
  for (const [layer, options, unit] of [
    [GEGLU, { approximate: true }, (t: tf.Tensor) => geglu(t, { approximate: 'tanh' })],
    [SwiGLU, { beta: 2 }, (t: tf.Tensor) => swiglu(t, { beta: 2 })],
    [
      GLU,
      { activation: 'elu', parameters: { alpha: 0.5 } },
      (t: tf.Tensor) => glu(t, { activation: 'elu', parameters: { alpha: 0.5 } }),
    ],
  ] as const) {
    const Layer = layer as typeof GLU;
    const model = tfl.sequential({ layers: [new Layer({ ...options, inputShape: [X.length] } as object)] });
    const again = await tfl.loadLayersModel(handlerOf(await saved(model)));
    for (const one of [model, again]) expect(digits(one.predict(x()) as tf.Tensor)).toEqual(digits(unit(x())));
  }
  expect(() => new GEGLU({ beta: 2 } as object)).toThrow("'args.beta' must be absent");
});
