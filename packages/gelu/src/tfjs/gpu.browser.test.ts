import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { testPoints, worstError } from '../../test/support/errors.js';
import { GPU } from '../../test/support/gpu-accuracy.js';
import { errors, numbers } from '../../test/support/tfjs-errors.js';
import { gatedUnits, stochasticForm } from '../../test/support/tfjs-units.js';
import { APPROXIMATE } from '../activations/gelu/approximate.js';
import { activations, bind, activation as named } from '../activations/index.js';
import type { Order } from '../activations/model/order.js';
import { activation, gelu } from './index.js';
import { GELU } from './layers/index.js';

/** Some with parameters that change their text. */
const OTHERS = [
  named('gelu', { mean: 0.5, std: 2 }),
  named('softplus', { beta: 2, threshold: 15 }),
  named('lalu', { location: 0.5, scale: 2 }),
  named('calu', { location: -1, scale: 0.5 }),
];

describe.each(['webgl', 'webgpu'])('on the backend %s', (backend) => {
  beforeAll(async () => {
    tf.enableProdMode();
    expect(await tf.setBackend(backend)).toBe(true);
  });

  it.each(APPROXIMATE)('%s: value, first and second derivative', async (approximate) => {
    const [value, first, second] = await errors((t) => gelu(t, { approximate }), approximate, GPU);
    expect(value).toBeLessThanOrEqual(2);
    expect(first).toBeLessThanOrEqual(2);
    expect(second).toBeLessThanOrEqual(10);
  });

  it('the gradient is a product, in both arguments', async () => {
    const [x, dy] = [tf.tensor2d([[-1, 0.5, 2]]), tf.tensor2d([[2, -3, 0.25]])];
    const back = (g: tf.Tensor, t: tf.Tensor): tf.Tensor => tf.grads((u) => gelu(u))([t], g)[0];
    const slope = await numbers(() => tf.grad((t) => gelu(t))(x));
    const bend = await numbers(() => tf.grad(tf.grad((t) => gelu(t)))(x));
    const product = await numbers(() => back(dy, x));
    const [ofDy, ofX] = tf.grads(back)([dy, x], tf.onesLike(x));
    const g = [2, -3, 0.25];
    expect(product).toEqual(slope.map((s, i) => Math.fround(g[i] * s)));
    expect(await ofDy.data()).toEqual(slope);
    expect(await ofX.data()).toEqual(bend.map((s, i) => Math.fround(g[i] * s)));
  });

  it('any shape, and more elements than one dimension of a dispatch has', async () => {
    for (const shape of [[], [0, 2], [3], [1, 2, 3, 2, 1, 2]]) {
      const y = gelu(tf.ones(shape));
      expect(y.shape).toEqual(shape);
      for (const v of await y.data()) expect(v).toBeCloseTo(0.8413447, 6);
    }
    const n = 65536 * 128 + 1;
    const y = tf.tidy(() => tf.slice(gelu(tf.ones([n])), [n - 3], [3]));
    for (const v of await y.data()) expect(v).toBeCloseTo(0.8413447, 6);
    y.dispose();
  });

  it('every activation of the registry, with its derivatives', async () => {
    const points = testPoints().filter((_, i, { length }) => i % 37 === 0 || i > length - 16);
    const x = tf.tensor1d(points);
    for (const bound of [...activations.map((a) => bind(a)), ...OTHERS]) {
      const { definition, parameters, key } = bound;
      const op = (t: tf.Tensor) => activation(definition.name, t, parameters);
      for (const [order, f] of [op, tf.grad(op), tf.grad(tf.grad(op))].entries()) {
        const rule = { ...GPU, least: order === 0 ? 0 : 0.2 };
        const { worst, at } = worstError(bound, order as Order, points, await numbers(() => f(x)), rule);
        expect(worst, `${key}, order ${order}, at ${at}`).toBeLessThanOrEqual(6);
      }
    }
  });

  it('parameters are uniforms: new ones make no new shader', async () => {
    const { binaryCache, pipelineCache } = tf.backend() as unknown as { [cache: string]: object };
    const programs = (): number => Object.keys(binaryCache ?? pipelineCache).length;
    const x = tf.tensor([-1, 0.5, 2], [1, 1, 1, 3, 1, 1]);
    const at = async (beta: number): Promise<void> => {
      const y = activation('silu', x, { beta });
      const slope = tf.grad((t: tf.Tensor) => activation('silu', t, { beta }))(x);
      const { evaluate } = named('silu', { beta });
      const [values, slopes] = [await y.data(), await slope.data()];
      for (const [i, v] of [-1, 0.5, 2].entries()) {
        expect(values[i]).toBeCloseTo(evaluate(0, v), 6);
        expect(slopes[i]).toBeCloseTo(evaluate(1, v), 6);
      }
    };
    await at(1.5);
    const before = programs();
    for (let i = 2; i < 12; i++) await at(i / 7.5);
    expect(programs()).toBe(before);
  });

  it('parameters far from the usual', async () => {
    const x = Float32Array.of(-3e30, -1, -2e-31, 0, 2e-31, 1e-9, 2.5, 3e30);
    for (const bound of [
      named('silu', { beta: 100 }),
      named('celu', { alpha: 1e-3 }),
      named('gelu', { mean: 12 }),
      named('xielu', { alphaP: 1, alphaN: 3, beta: 1, eps: -1e-6 }),
    ]) {
      const op = (t: tf.Tensor) => activation(bound.definition.name, t, bound.parameters);
      const input = tf.tensor1d(x);
      for (const [order, f] of [op, tf.grad(op)].entries()) {
        const { worst, at } = worstError(bound, order as Order, x, await numbers(() => f(input)), GPU);
        expect(worst, `${bound.key}, order ${order}, at ${at}`).toBeLessThanOrEqual(5);
      }
      input.dispose();
    }
  });

  it('gated units and the stochastic form', async () => {
    await gatedUnits();
    await stochasticForm();
  });

  it('trains a model, and leaves nothing behind', async () => {
    const model = tfl.sequential();
    model.add(tfl.layers.dense({ units: 8, activation: 'gelu' as 'relu', inputShape: [2] }));
    model.add(new GELU({ approximate: 'tanh' }));
    model.add(tfl.layers.dense({ units: 1 }));
    model.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' });
    const inputs = tf.randomUniform([64, 2], -1, 1, 'float32', 1);
    const targets = tf.tidy(() => tf.prod(inputs, 1, true));
    const fit = (epochs: number) => model.fit(inputs, targets, { epochs, verbose: 0, batchSize: 64 });
    await fit(1);
    const { numTensors } = tf.memory();
    const { history } = await fit(15);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(history.loss.at(-1)).toBeLessThan(0.7 * (history.loss[0] as number));
  });
});
