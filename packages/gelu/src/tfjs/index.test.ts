import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { type Approximate, evaluate, type Order } from '../activations/gelu/forms.js';
import { activations, bind } from '../activations/index.js';
import { defineActivation, registerActivation } from '../index.js';
import { activation, GELU, gelu } from './index.js';
import { ACTIVATION } from './kernels.js';

beforeAll(() => tf.enableProdMode());

const FORMS: readonly Approximate[] = ['none', 'tanh', 'sigmoid'];
/** Every exponent and the range where the functions bend; a length that is no multiple of 8. */
const x = Float32Array.from({ length: 40_003 }, (_, i) =>
  i % 4 ? (i / 40_003) * 24 - 16 : (i % 8 ? 1 : -1) * 2 ** ((i % 2048) / 8 - 128) * 1.37,
);
x.set([0, -0, Infinity, -Infinity, Number.NaN, 3.4e38, -3.4e38, 1.4e-45, -1.4e-45]);

const ulp = (y: number): number => 2 ** Math.max(-149, Math.floor(Math.log2(Math.abs(y))) - 23);

/** The largest error in ULP of the exact value (of at least `least`); NaN and infinity must be what they should. */
function worst(y: Float32Array, order: Order, approximate: Approximate, least = 0): number {
  let error = 0;
  y.forEach((value, i) => {
    const exact = evaluate({ approximate, mean: 0, std: 1 }, order, x[i]);
    if (!Number.isFinite(exact)) expect(value).toBe(exact);
    else error = Math.max(error, Math.abs(value - exact) / Math.max(ulp(exact), ulp(least)));
    if (error === Infinity || Number.isNaN(error)) throw new Error(`${value} at ${x[i]}`);
  });
  return error;
}

/** The result's numbers; checks that no other tensor is left behind. */
function numbers(f: () => tf.Tensor): Float32Array {
  const before = tf.memory().numTensors;
  const y = f();
  expect(tf.memory().numTensors).toBe(before + 1);
  const data = y.dataSync() as Float32Array;
  y.dispose();
  return data;
}

describe.each(['cpu', 'wasm'])('on the backend %s', (backend) => {
  let input: tf.Tensor1D;
  beforeAll(async () => {
    await tf.setBackend(backend);
    input = tf.tensor1d(x);
  });

  it.each(FORMS)('%s: value, first and second derivative', (approximate) => {
    for (const precision of ['fast', 'correct'] as const) {
      const f = (t: tf.Tensor) => gelu(t, { approximate, precision });
      const first = tf.grad(f);
      const second = tf.grad(first);
      const limit = precision === 'fast' ? 1 : 0.5001;
      expect(
        worst(
          numbers(() => f(input)),
          0,
          approximate,
        ),
      ).toBeLessThanOrEqual(limit);
      // Near its root the fast derivative is within 1 ULP of the larger of its addends.
      expect(
        worst(
          numbers(() => first(input)),
          1,
          approximate,
          precision === 'fast' ? 0.2 : 0,
        ),
      ).toBeLessThanOrEqual(limit);
      expect(
        worst(
          numbers(() => second(input)),
          2,
          approximate,
        ),
      ).toBeLessThanOrEqual(1);
    }
  });

  it('the gradient is a product, in both arguments', () => {
    const dy = tf.linspace(-3, 3, x.length);
    const back = (g: tf.Tensor, t: tf.Tensor): tf.Tensor => tf.grads((u) => gelu(u))([t], g)[0];
    const product = numbers(() => back(dy, input));
    const [g, derivative] = [dy.dataSync(), numbers(() => tf.grad((t) => gelu(t))(input))];
    const off = product.map((p, i) => Math.abs(p - g[i] * derivative[i]) / ulp(p));
    expect(Math.max(...off.filter((error) => !Number.isNaN(error)))).toBeLessThanOrEqual(2);
    const both = tf.grads(back)([dy, input], tf.onesLike(input));
    expect(both[0].dataSync()).toEqual(derivative);
    const second = numbers(() => tf.grad(tf.grad((t) => gelu(t)))(input));
    expect(both[1].dataSync()).toEqual(second.map((s, i) => Math.fround(g[i] * s)));
    for (const t of [dy, ...both]) t.dispose();
  });

  it('any shape, other types, no elements, what tf.tensor takes', () => {
    const y = gelu(tf.tensor3d([[[1, 2]], [[-1, 0]]], [2, 1, 2], 'int32'));
    expect([y.shape, y.dtype]).toEqual([[2, 1, 2], 'float32']);
    expect(gelu([[true, false]]).arraySync()).toEqual([[Math.fround(0.8413447460685429), 0]]);
    expect(gelu(-1).shape).toEqual([]);
    expect(gelu(tf.zeros([0, 3])).shape).toEqual([0, 3]);
  });

  it('the general form, and what the form does not allow', () => {
    const y = numbers(() => gelu(input, { mean: 0.5, std: 2 }));
    expect(y[100]).toBe(Math.fround(evaluate({ approximate: 'none', mean: 0.5, std: 2 }, 0, x[100])));
    expect(() => gelu(input, { approximate: 'erf' as 'none' })).toThrow("'approximate' must be one of");
    expect(() => gelu(input, { precision: 'exact' as 'fast' })).toThrow("'precision' must be");
    expect(() => gelu(input, { beta: 1 } as object)).toThrow('options.beta');
    expect(() => gelu(undefined as unknown as number)).toThrow("'x' must be a tensor");
    expect(() => gelu(tf.tensor(['a']))).toThrow("'x' must be a tensor of real numbers");
    expect(() => gelu('abc')).toThrow("'x' must be a tensor");
    const third = tf.grad(tf.grad(tf.grad((t: tf.Tensor) => gelu(t))));
    expect(() => third(input)).toThrow('third derivative');
  });

  it('every activation of the registry, with its derivatives', () => {
    const points = x.filter((_, i) => i > 8 && i % 37 === 0);
    const few = tf.tensor1d(points);
    for (const definition of activations) {
      const { evaluate: f } = bind(definition);
      const op = (t: tf.Tensor) => activation(definition.name, t);
      const results = [
        numbers(() => op(few)),
        numbers(() => tf.grad(op)(few)),
        numbers(() => tf.grad(tf.grad(op))(few)),
      ];
      results.forEach((y, order) => {
        points.forEach((point, i) => {
          const exact = f(order as Order, point);
          if (Math.abs(exact) < 3.4e38 && !(Math.abs(y[i] - exact) <= 2 * ulp(exact)))
            expect.fail(`${definition.name}, order ${order}: ${y[i]} at ${point} instead of ${exact}`);
        });
      });
    }
    expect(numbers(() => activation('leaky_relu', [-4], { negativeSlope: 0.25 }))[0]).toBe(-1);
    few.dispose();
  });

  it('memory that grows, and tensors that come and go', () => {
    const expected = numbers(() => gelu(input));
    const large = [tf.ones([6 << 20]), tf.ones([6 << 20])]; // beyond the first 16 MiB
    expect(numbers(() => gelu(input, { approximate: 'tanh' }))).toHaveLength(x.length);
    for (let i = 0; i < 5; i++) expect(numbers(() => gelu(input))).toEqual(expected);
    for (const t of large) {
      const [one] = numbers(() => gelu(t));
      expect(one).toBeCloseTo(0.8413447460685429, 6);
      t.dispose();
    }
  });

  it.each(['gelu', 'gelu_new', 'quick_gelu', 'gelu_pytorch_tanh'])('a Keras model with %s', async (name) => {
    const json = {
      class_name: 'Sequential',
      keras_version: '2.15.0',
      backend: 'tensorflow',
      config: {
        name: 'model',
        layers: [
          { class_name: 'Dense', config: { units: 3, activation: name, batch_input_shape: [null, 4] } },
          { class_name: 'Activation', config: { activation: name } },
        ],
      },
    };
    const approximate = { gelu: 'none', quick_gelu: 'sigmoid' }[name] ?? 'tanh';
    const model = await tfl.models.modelFromJSON({ modelTopology: json } as never);
    const batch = tf.randomNormal([5, 4], 0, 3);
    const [kernel, bias] = model.getWeights();
    const f = (t: tf.Tensor) => gelu(t, { approximate: approximate as Approximate });
    const expected = f(f(tf.add(tf.matMul(batch, kernel), bias)));
    expect((model.predict(batch) as tf.Tensor).dataSync()).toEqual(expected.dataSync());
    expect(JSON.parse(model.toJSON() as unknown as string).config.layers[1].config.activation).toBe(name);
  });

  it('trains a model by name and by layer, and leaves nothing behind', async () => {
    const model = tfl.sequential();
    model.add(tfl.layers.dense({ units: 16, activation: 'gelu' as 'relu', inputShape: [2] }));
    model.add(tfl.layers.dense({ units: 16 }));
    model.add(new GELU({ approximate: 'tanh', name: 'act' }));
    model.add(tfl.layers.dense({ units: 1 }));
    model.compile({ optimizer: tf.train.adam(0.02), loss: 'meanSquaredError' });
    const inputs = tf.randomUniform([64, 2], -1, 1, 'float32', 1);
    const targets = tf.tidy(() => tf.prod(inputs, 1, true));
    const fit = (epochs: number) => model.fit(inputs, targets, { epochs, verbose: 0, batchSize: 32 });
    await fit(1); // makes the optimizer's own
    const { numTensors } = tf.memory();
    const { history } = await fit(60);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(history.loss.at(-1)).toBeLessThan(0.1 * (history.loss[0] as number));
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      }),
    );
    const loaded = await tfl.loadLayersModel(tf.io.fromMemory(saved as tf.io.ModelArtifacts));
    expect(loaded.getLayer('act').getConfig()).toMatchObject({ approximate: 'tanh', precision: 'fast' });
    const [before, after] = [model, loaded].map((m) => (m.predict(inputs) as tf.Tensor).dataSync());
    expect(after).toEqual(before);
  });
});

test('the layer refuses what it does not know', () => {
  expect(() => new GELU({ approximate: 'erf' as 'none' })).toThrow("'approximate'");
  expect(() => new GELU({ precision: 'exact' as 'fast' })).toThrow("'precision'");
});

test('names of Keras that TensorFlow.js has not, and its own, which stay as they are', () => {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  for (const name of ['silu', 'leaky_relu', 'leakyRelu', 'hard_silu', 'celu', 'squareplus', 'log_sigmoid'])
    expect(classNameMap).toHaveProperty(name);
  const layer = (name: string) => tfl.layers.activation({ activation: name as 'relu', inputShape: [1] });
  const at = (name: string) => (layer(name).apply(tf.tensor2d([[-1]])) as tf.Tensor).dataSync()[0];
  expect(at('leaky_relu')).toBe(Math.fround(-0.2)); // Keras's slope
  expect(at('elu')).toBeCloseTo(Math.expm1(-1), 6);
});

test("an activation of one's own", () => {
  registerActivation(
    defineActivation({
      name: 'logish',
      value: (v) => v * Math.log1p(1 / (1 + Math.exp(-v))),
      domain: [-110, 40],
      above: { slope: Math.LN2 },
    }),
  );
  const [y] = numbers(() => activation('logish', [0.5]));
  expect(y).toBeCloseTo(0.5 * Math.log1p(1 / (1 + Math.exp(-0.5))), 6);
});

test('a fused product with another activation still works', async () => {
  await tf.setBackend('wasm');
  const a = tf.tensor2d([[1, -2]]);
  const y = tf.fused.matMul({ a, b: tf.eye(2), activation: 'relu' });
  expect(Array.from(gelu(y).dataSync())).toEqual([Math.fround(0.8413447460685429), 0]);
});

test('a backend that is not known', async () => {
  const { cpu } = { cpu: tf.findBackendFactory('cpu') };
  tf.registerBackend('other', cpu);
  tf.copyRegisteredKernels('cpu', 'other');
  tf.unregisterKernel(ACTIVATION, 'other');
  tf.unregisterKernel(`${ACTIVATION}Grad`, 'other');
  await tf.setBackend('other');
  const input = tf.tensor1d(x);
  for (const approximate of FORMS) {
    const f = (t: tf.Tensor) => gelu(t, { approximate });
    expect(
      worst(
        numbers(() => f(input)),
        0,
        approximate,
      ),
    ).toBeLessThanOrEqual(16);
    expect(
      worst(
        numbers(() => tf.grad(f)(input)),
        1,
        approximate,
        0.2,
      ),
    ).toBeLessThanOrEqual(16);
    expect(
      worst(
        numbers(() => tf.grad(tf.grad(f))(input)),
        2,
        approximate,
        0.5,
      ),
    ).toBeLessThanOrEqual(16);
  }
  await tf.setBackend('cpu');
});
