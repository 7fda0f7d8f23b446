import { lax, numpy as np } from '@jax-js/jax';
import { beforeAll, expect, test } from 'vitest';
import { gradientErrors, type LossWith } from '../../test/support/check-gradients.js';
import { random } from '../numbers/random.js';
import { startEngine } from '../training/engine.js';
import { modelActivation } from './activations.js';
import { meanSquaredError } from './autoencoder.js';
import { logits as convNet, initialize as initializeConvNet, PAPER_CONV_NET } from './conv-net.js';
import { convolution, maxPool } from './convolution.js';
import { crossEntropy } from './mlp.js';
import { blocksOf, initialize as initializeResnet, logits as resnet, WRN_40_4 } from './wide-resnet.js';

beforeAll(startEngine);

const images = (n: number, side: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: n * 3 * side * side }, (_, i) => Math.sin(i * 1.7));
const keepAll = (x: np.Array): np.Array => x;
const gelu = modelActivation('gelu').apply;

test('a convolution is the sum over its window, with zeros beyond the edge', async () => {
  const p = { 'c.weight': np.array(images(1, 3), { shape: [1, 3, 3, 3] }), 'c.bias': np.array([[[[0.5]]]]) };
  const w = images(1, 3);
  const x = images(1, 4);
  const actual = convolution(p, 'c', np.array(x, { shape: [1, 3, 4, 4] })).js() as number[][][][];
  let expected = 0.5;
  for (let c = 0; c < 3; c++)
    for (let i = 1; i < 3; i++)
      for (let j = 0; j < 3; j++) expected += w[9 * c + 3 * i + j] * (x[16 * c + 4 * (i - 1) + j + 1] ?? 0);
  expect(actual[0][0][0][2]).toBeCloseTo(expected, 5);
});

test('pooling takes the largest of each square', () => {
  const x = np.array([
    [
      [
        [1, 5, 2, 0],
        [3, 4, 8, 1],
        [0, 0, -1, -2],
        [0, 9, -3, -4],
      ],
    ],
  ]);
  expect(maxPool(x).js()).toEqual([
    [
      [
        [5, 8],
        [9, -1],
      ],
    ],
  ]);
});

test('the networks of the paper have their sizes', async () => {
  const count = (p: Record<string, np.Array>): number =>
    Object.values(p).reduce((sum, array) => {
      const { size } = array;
      array.dispose();
      return sum + size;
    }, 0);
  // 96 and 192 channels: 2592 + 2 · 82944 + 165888 + 3 · 331776 + 2 · 36864 weights, and those of the classes, padded to 12.
  const weights = 2592 + 2 * 82_944 + 165_888 + 3 * 331_776 + 2 * 36_864 + 192 * 12;
  expect(count(initializeConvNet(PAPER_CONV_NET, random(1, 'w')))).toBe(weights + 3 * (3 * 96 + 6 * 192) + 12);
  expect(blocksOf(WRN_40_4)).toHaveLength(18);
  expect(blocksOf(WRN_40_4).filter(({ stride }) => stride === 2)).toHaveLength(2);
});

/** Images enough that batch norm never has but a few values to take the mean of: with two it is a step function. */
const N = 4;
const SIDE = 16;
const NINE = { widths: [4, 4], classes: 4 } as const;
const NINE_BATCH = {
  x: { shape: [N, 3, SIDE, SIDE], values: images(N, SIDE) },
  y: { shape: [N, 4], values: Float32Array.from({ length: 4 * N }, (_, i) => Math.cos(i)) },
};
/** The squared error instead of cross-entropy, so that a short step can be taken over max-pooling's kinks. */
const nineLayers =
  (drop: (x: np.Array, i: number) => np.Array): LossWith =>
  (act, p, { x, y }) =>
    meanSquaredError(convNet(NINE, act, drop, p, x), y);
const nineErrors = (drop: (x: np.Array, i: number) => np.Array, only?: string[]) =>
  gradientErrors(nineLayers(drop), gelu, initializeConvNet(NINE, random(1, 'w')), NINE_BATCH, {
    tolerance: 2e-4,
    step: 1e-5,
    ...(only && { only }),
  });

test('gradients of the nine layers agree with differences in float64', async () => {
  expect(await nineErrors(keepAll)).toEqual([]);
}, 60_000);

test('a gradient that is 1 % wrong behind the first pooling is found before it, and only there', async () => {
  const wrong = (x: np.Array, i: number): np.Array =>
    i === 0 ? x.ref.mul(1.01).sub(lax.stopGradient(x.mul(0.01))) : x;
  const errors = await nineErrors(wrong, ['conv.0.weight', 'norm.2.scale', 'conv.3.weight', 'norm.8.scale']);
  expect(new Set(errors.map(({ parameter }) => parameter))).toEqual(new Set(['conv.0.weight', 'norm.2.scale']));
}, 60_000);

test('the nine layers give a logit a class, the padding out of reach', () => {
  const shape = { widths: [4, 4], classes: 10 } as const;
  const x = np.array(images(2, 12), { shape: [2, 3, 12, 12] });
  const rows = convNet(shape, gelu, keepAll, initializeConvNet(shape, random(1, 'w')), x).js() as number[][];
  expect(rows.map((row) => row.length)).toEqual([12, 12]);
  for (const row of rows) {
    for (const logit of row.slice(0, 10)) expect(Math.abs(logit)).toBeLessThan(100);
    for (const logit of row.slice(10)) expect(logit).toBeLessThan(-1e8);
  }
});

test('gradients of a residual network agree with differences in float64', async () => {
  const shape = { blocks: 1, widths: [4, 8], classes: 4 };
  const labels = { shape: [2, 4], values: Float32Array.of(1, 0, 0, 0, 0, 0, 1, 0) };
  const errors = await gradientErrors(
    (act, p, { x, y }) => crossEntropy(resnet(shape, act, keepAll, p, x), y),
    gelu,
    initializeResnet(shape, random(1, 'w')),
    { x: { shape: [2, 3, 8, 8], values: images(2, 8) }, y: labels },
  );
  expect(errors).toEqual([]);
});
