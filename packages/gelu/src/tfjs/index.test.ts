import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { testPoints, worstError } from '../../test/support/errors.js';
import { errors, numbers } from '../../test/support/tfjs-errors.js';
import { gatedUnits, stochasticForm } from '../../test/support/tfjs-units.js';
import type { Approximate } from '../activations/gelu/approximate.js';
import { APPROXIMATE } from '../activations/gelu/approximate.js';
import { evaluate } from '../activations/gelu/forms.js';
import { activations, bind } from '../activations/index.js';
import type { Order } from '../activations/model/order.js';
import { defineActivation, registerActivation } from '../index.js';
import { ulp } from '../numerics.js';
import { activation, gelu } from './index.js';
import { ACTIVATION } from './kernels.js';
import { GELU } from './layers/index.js';

beforeAll(() => tf.enableProdMode());

const x = testPoints();

describe.each(['cpu', 'wasm'])('on the backend %s', (backend) => {
  let input: tf.Tensor1D;
  beforeAll(async () => {
    await tf.setBackend(backend);
    input = tf.tensor1d(x);
  });

  it.each(APPROXIMATE)('%s: value, first and second derivative', async (approximate) => {
    const [value, first, second] = await errors((t) => gelu(t, { approximate }), approximate);
    expect(Math.max(value, first, second)).toBeLessThanOrEqual(1);
    const correct = await errors((t) => gelu(t, { approximate, precision: 'correct' }), approximate);
    expect(Math.max(...correct)).toBeLessThanOrEqual(0.5001);
  });

  it('the gradient is a product, in both arguments', async () => {
    const dy = tf.linspace(-3, 3, x.length);
    const back = (g: tf.Tensor, t: tf.Tensor): tf.Tensor => tf.grads((u) => gelu(u))([t], g)[0];
    const product = await numbers(() => back(dy, input));
    const [g, derivative] = [dy.dataSync(), await numbers(() => tf.grad((t) => gelu(t))(input))];
    const off = product.map((p, i) => Math.abs(p - g[i] * derivative[i]) / ulp(p, 'float32'));
    expect(Math.max(...off.filter((error) => !Number.isNaN(error)))).toBeLessThanOrEqual(2);
    const both = tf.grads(back)([dy, input], tf.onesLike(input));
    expect(both[0].dataSync()).toEqual(derivative);
    const second = await numbers(() => tf.grad(tf.grad((t) => gelu(t)))(input));
    expect(both[1].dataSync()).toEqual(second.map((s, i) => Math.fround(g[i] * s)));
    for (const t of [dy, ...both]) t.dispose();
  });

  it('any shape, other types, no elements, what tf.tensor takes', async () => {
    const y = gelu(tf.tensor3d([[[1, 2]], [[-1, 0]]], [2, 1, 2], 'int32'));
    expect([y.shape, y.dtype]).toEqual([[2, 1, 2], 'float32']);
    expect(gelu([[true, false]], { precision: 'correct' }).arraySync()).toEqual([[Math.fround(0.8413447460685429), 0]]);
    expect(gelu(-1).shape).toEqual([]);
    expect(gelu(tf.zeros([0, 3])).shape).toEqual([0, 3]);
  });

  it('the general form, and what the form does not allow', async () => {
    const y = await numbers(() => gelu(input, { mean: 0.5, std: 2 }));
    expect(y[100]).toBe(Math.fround(evaluate({ approximate: 'none', mean: 0.5, std: 2 }, 0, x[100])));
    expect(() => gelu(input, { approximate: 'erf' as 'none' })).toThrow("'approximate' must be one of");
    expect(() => gelu(input, { precision: 'exact' as 'fast' })).toThrow("'precision' must be");
    expect(() => gelu(input, { beta: 1 } as object)).toThrow('options.beta');
    expect(() => gelu(input, null as unknown as object)).toThrow("'options' must be an object");
    expect(() => gelu(undefined as unknown as number)).toThrow("'x' must be a tensor");
    expect(() => gelu(tf.tensor(['a']))).toThrow("'x' must be a tensor of real numbers");
    expect(() => gelu('abc')).toThrow("'x' must be a tensor");
    const third = tf.grad(tf.grad(tf.grad((t: tf.Tensor) => gelu(t))));
    expect(() => third(input)).toThrow('third derivative');
  });

  it('every activation of the registry, with its derivatives', async () => {
    const points = x.filter((_, i) => i % 37 === 0 || i > x.length - 16);
    const few = tf.tensor1d(points);
    for (const definition of activations) {
      const op = (t: tf.Tensor) => activation(definition.name, t, bind(definition).parameters);
      for (const [order, f] of [op, tf.grad(op), tf.grad(tf.grad(op))].entries()) {
        const { worst, at } = worstError(bind(definition), order as Order, points, await numbers(() => f(few)));
        expect(worst, `${definition.name}, order ${order}, at ${at}`).toBeLessThanOrEqual(2);
      }
    }
    expect(await numbers(() => activation('leaky_relu', [-4], { negativeSlope: 0.25 }))).toEqual(Float32Array.of(-1));
    few.dispose();
  });

  it('gated units', gatedUnits);

  it('the stochastic form', stochasticForm);

  it("Keras's boolean", async () => {
    const tanh = await numbers(() => gelu(input, { approximate: 'tanh' }));
    expect(await numbers(() => gelu(input, { approximate: true }))).toEqual(tanh);
    expect(await numbers(() => activation('gelu', input, { approximate: true }))).toEqual(tanh);
    const exact = await numbers(() => gelu(input, { approximate: false }));
    expect(exact).toEqual(await numbers(() => gelu(input)));
  });

  it('the same bits for few elements as for many', async () => {
    const many = await numbers(() => gelu(input));
    const few = tf.tensor1d(x.subarray(5000, 5003));
    expect(await numbers(() => gelu(few))).toEqual(many.slice(5000, 5003));
    few.dispose();
  });

  it('memory that grows, and tensors that come and go', async () => {
    const expected = await numbers(() => gelu(input));
    const large = [tf.ones([6 << 20]), tf.ones([6 << 20])]; // beyond the first 16 MiB
    expect(await numbers(() => gelu(input, { approximate: 'tanh' }))).toHaveLength(x.length);
    for (let i = 0; i < 5; i++) expect(await numbers(() => gelu(input))).toEqual(expected);
    for (const t of large) {
      const [one] = await numbers(() => gelu(t));
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

test("an activation of one's own", async () => {
  registerActivation(
    defineActivation({
      name: 'logish',
      value: (v) => v * Math.log1p(1 / (1 + Math.exp(-v))),
      domain: [-110, 40],
      above: { slope: Math.LN2 },
    }),
  );
  const [y] = await numbers(() => activation('logish', [0.5]));
  expect(y).toBeCloseTo(0.5 * Math.log1p(1 / (1 + Math.exp(-0.5))), 6);
});

test('a fused product with another activation still works', async () => {
  await tf.setBackend('wasm');
  const a = tf.tensor2d([[1, -2]]);
  const y = tf.fused.matMul({ a, b: tf.eye(2), activation: 'relu' });
  expect(Array.from(gelu(y, { precision: 'correct' }).dataSync())).toEqual([Math.fround(0.8413447460685429), 0]);
});

test('a backend that is not known', async () => {
  const { cpu } = { cpu: tf.findBackendFactory('cpu') };
  tf.registerBackend('other', cpu);
  tf.copyRegisteredKernels('cpu', 'other');
  tf.unregisterKernel(ACTIVATION, 'other');
  tf.unregisterKernel(`${ACTIVATION}Grad`, 'other');
  await tf.setBackend('other');
  for (const approximate of APPROXIMATE)
    expect(
      Math.max(...(await errors((t) => gelu(t, { approximate }), approximate, { unsignedZeros: true }))),
    ).toBeLessThanOrEqual(16);
  await tf.setBackend('cpu');
});
