import { nn, numpy as np } from '@jax-js/jax';
import { beforeAll, expect, test } from 'vitest';
import { gradientErrors } from '../../test/support/check-gradients.js';
import type { HostArray } from '../numbers/host-array.js';
import { random } from '../numbers/random.js';
import { startEngine } from '../training/engine.js';
import { dropoutMask, normalNoise } from '../training/noise.js';
import { ACTIVATIONS } from './activations.js';
import * as autoencoder from './autoencoder.js';
import * as bert from './bert.js';
import { initialize as initializeGpt } from './gpt.js';
import * as mlp from './mlp.js';
import type { MlpShape } from './mlp-shape.js';
import * as tagger from './tagger.js';
import * as vit from './vit.js';

// Every model's gradient, as training computes it, against central differences in float64. GPT has its own in gpt.test.ts.

beforeAll(startEngine);

const gelu = ACTIVATIONS.gelu.apply;
const { normal } = random(1, 'inputs');
const numbers = (...shape: number[]): HostArray => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, normal),
});
const labels = (rows: number, columns: number, classes: number): HostArray => {
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) values[row * columns + ((3 * row + 1) % classes)] = 1;
  return { shape: [rows, columns], values };
};

test('the classifier, with dropout', async () => {
  const shape: MlpShape = { inputs: 8, width: 4, hidden: 2, classes: 3 };
  const errors = await gradientErrors(
    (f, p, { x, y, m0, m1 }) =>
      mlp.crossEntropy(
        mlp.logits(shape, (z, l) => f(z).mul(l === 0 ? m0 : m1), p, x),
        y,
      ),
    gelu,
    mlp.initialize(shape, random(1, 'weights')),
    {
      x: numbers(5, 8),
      y: labels(5, 4, 3),
      m0: dropoutMask(0.7, [5, 4], 1, 'a', 1),
      m1: dropoutMask(0.7, [5, 4], 1, 'b', 1),
    },
  );
  expect(errors).toEqual([]);
});

test('the classifier in the stochastic form', async () => {
  const shape: MlpShape = { inputs: 8, width: 4, hidden: 1, classes: 3 };
  const errors = await gradientErrors(
    (_, p, { x, y, n }) => {
      const gate: mlp.LayerActivation = (z) => z.ref.mul(np.lessEqual(n, z).astype(np.float32));
      return mlp.crossEntropy(mlp.logits(shape, gate, p, x), y);
    },
    gelu,
    mlp.initialize(shape, random(1, 'weights')),
    { x: numbers(5, 8), y: labels(5, 4, 3), n: normalNoise([5, 4], 1, 'gate', 1) },
  );
  expect(errors).toEqual([]);
});

test('the autoencoder, whose padding learns nothing', async () => {
  const sizes = [8, 6, 3, 6, 8];
  const loss = (
    f: (x: np.Array) => np.Array,
    p: Parameters<typeof autoencoder.reconstruct>[2],
    x: np.Array,
  ): np.Array => autoencoder.meanSquaredError(autoencoder.reconstruct(sizes, f, p, x.ref), x);
  const start = (): ReturnType<typeof autoencoder.initialize> => autoencoder.initialize(sizes, random(1, 'weights'));
  expect(await gradientErrors((f, p, { x }) => loss(f, p, x), gelu, start(), { x: numbers(5, 8) })).toEqual([]);
  const shapes = Object.values(start()).map((p) => p.shape);
  expect(shapes).toEqual([[8, 8], [8], [8, 4], [4], [4, 8], [8], [8, 8], [8]]);
});

test.each([9, null])('the tagger, vocabulary %s', async (vocabulary) => {
  const shape: tagger.TaggerShape = { vocabulary, dimension: 4, width: 8, classes: 5 };
  const ids: HostArray = { shape: [4, 3], values: Int32Array.from({ length: 12 }, (_, i) => (5 * i) % 9) };
  const errors = await gradientErrors(
    (f, p, { x, y }) => mlp.crossEntropy(tagger.logits(shape, f, p, x), y),
    gelu,
    tagger.initialize(shape, random(1, 'weights')),
    { x: vocabulary === null ? numbers(4, 12) : ids, y: labels(4, 8, 5) },
  );
  expect(errors).toEqual([]);
});

test('the vision transformer', async () => {
  const shape: vit.VitShape = { layers: 1, width: 8, heads: 2, inner: 12, gated: false, classes: 3 };
  const parameters = vit.initialize(shape, random(1, 'weights'));
  parameters['head.weight'].dispose();
  parameters['head.weight'] = np.array(numbers(8, 4).values, { shape: [8, 4] });
  const images = numbers(2, 784);
  const errors = await gradientErrors(
    (f, p, { x, y }) => mlp.crossEntropy(vit.logits(shape, f, p, x), y),
    gelu,
    parameters,
    { x: { shape: [32, 52], values: vit.patches(images.values as Float32Array, 2) }, y: labels(2, 4, 3) },
  );
  expect(errors).toEqual([]);
});

test('patches hold each pixel once', () => {
  const image = Float32Array.from({ length: 784 }, (_, i) => i + 1);
  const cut = vit.patches(image, 1);
  expect([...cut].filter((v) => v !== 0).sort((a, b) => a - b)).toEqual([...image]);
  expect(cut.subarray(52, 52 + 8)).toEqual(Float32Array.of(8, 9, 10, 11, 12, 13, 14, 36));
});

test('the masked model', async () => {
  const shape: bert.BertShape = { layers: 1, width: 8, heads: 2, inner: 12, gated: false, vocabulary: 7, context: 8 };
  const tokens = Int32Array.from({ length: 16 }, (_, i) => (i * i) % 6);
  const { hidden, weights } = bert.hide(tokens, 6, random(1, 'hide'));
  const errors = await gradientErrors(
    (f, p, b) => bert.loss(shape, f, p, b),
    gelu,
    initializeGpt(shape, random(1, 'weights')),
    {
      hidden: { shape: [2, 8], values: hidden },
      tokens: { shape: [2, 8], values: tokens },
      weights: { shape: [2, 8], values: weights },
    },
  );
  expect(errors).toEqual([]);
});

test('of the hidden tokens 80 % are masked, 10 % random, 10 % as they were', () => {
  const tokens = new Int32Array(100_000).fill(3);
  const { hidden, weights } = bert.hide(tokens, 50, random(1, 'hide'));
  const chosen = [...hidden].filter((_, i) => weights[i] > 0);
  expect(chosen.length).toBe(15_000);
  expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
  expect(chosen.filter((id) => id === 50).length / 15_000).toBeCloseTo(0.8, 1);
  expect(chosen.filter((id) => id === 3).length / 15_000).toBeCloseTo(0.1, 1);
  expect(hidden.every((id, i) => weights[i] > 0 || id === 3)).toBe(true);
});

test('a wrong gradient is found', async () => {
  const errors = await gradientErrors(
    (f, { w }) => f(w).sum(),
    (x) => nn.relu(x),
    { w: np.array([0.3, -0.2, 0.9, 1.1]) },
    {},
  );
  expect(errors.length).toBeGreaterThan(0);
});
