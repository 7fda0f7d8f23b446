import { init, numpy as np } from '@jax-js/jax';
import { beforeAll, expect, test } from 'vitest';
import { random } from '../numbers/random.js';
import type { Arrays } from '../training/task.js';
import { ACTIVATIONS } from './activations.js';
import { crossEntropy, initialize, logits, preActivations } from './mlp.js';
import type { MlpShape } from './mlp-shape.js';

const SHAPE: MlpShape = { inputs: 8, width: 4, hidden: 2, classes: 3 };
const IMAGES = Float32Array.from({ length: 16 }, (_, i) => Math.sin(i));

beforeAll(() => init('wasm'));

test('every unit starts with incoming weights of norm 1, the padding with 0', () => {
  const parameters = initialize(SHAPE, random(1, 'weights'));
  const last = parameters['weights.2'].js() as number[][];
  const norms = [0, 1, 2, 3].map((column) => Math.hypot(...last.map((row) => row[column])));
  for (const norm of norms.slice(0, 3)) expect(norm).toBeCloseTo(1, 6);
  expect(norms[3]).toBe(0);
  expect([0, 1, 2].flatMap((layer) => parameters[`biases.${layer}`].js() as number[])).toEqual(new Array(12).fill(0));
});

test.each(['gelu', 'relu', 'elu'])('the forward pass with %s agrees with one written out in float64', (name) => {
  const parameters = initialize(SHAPE, random(1, 'weights'));
  const [w0, w1, w2] = weightsOf(parameters);
  const given = np.array(IMAGES, { shape: [2, 8] });
  const actual = logits(SHAPE, ACTIVATIONS[name].apply, parameters, given).js() as number[][];
  const f = FLOAT64[name];
  for (const row of [0, 1]) {
    const image = [...IMAGES.subarray(8 * row, 8 * row + 8)];
    const expected = times(times(times(image, w0).map(f), w1).map(f), w2);
    for (let i = 0; i < 3; i++) expect(actual[row][i]).toBeCloseTo(expected[i], 5);
    expect(actual[row][3]).toBe(-1e9);
  }
});

test('pre-activations are what the activations are given', () => {
  const parameters = initialize(SHAPE, random(1, 'weights'));
  const [w0, w1] = weightsOf(parameters);
  const z = preActivations(SHAPE, ACTIVATIONS.relu.apply, parameters, np.array(IMAGES, { shape: [2, 8] }));
  const first = times([...IMAGES.subarray(0, 8)], w0);
  const second = times(first.map(FLOAT64.relu), w1);
  const [z0, z1] = z.map((layer) => (layer.js() as number[][])[0]);
  for (const [i, value] of z0.entries()) expect(value).toBeCloseTo(first[i], 5);
  for (const [i, value] of z1.entries()) expect(value).toBeCloseTo(second[i], 5);
});

test('cross-entropy of even logits is ln(classes), the padding not counted', () => {
  const even = np.array([[5, 5, 5, -1e9]]);
  expect(crossEntropy(even, np.array([[0, 1, 0, 0]])).js()).toBeCloseTo(Math.log(3), 5);
});

function weightsOf(parameters: Arrays): number[][][] {
  return [0, 1, 2].map((layer) => parameters[`weights.${layer}`].ref.js() as number[][]);
}

/** Written apart from the library: Φ by the series x·φ(x)·Σ x²ⁿ/(1·3·…·(2n+1)). */
const FLOAT64: Record<string, (x: number) => number> = {
  relu: (x) => Math.max(x, 0),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  gelu: (x) => {
    let term = x;
    let sum = 0;
    for (let n = 1; n < 200; n += 2) {
      sum += term;
      term *= (x * x) / (n + 2);
    }
    return x * (0.5 + (sum * Math.exp(-x * x * 0.5)) / Math.sqrt(2 * Math.PI));
  },
};

function times(x: readonly number[], w: readonly (readonly number[])[]): number[] {
  return w[0].map((_, column) => x.reduce((sum, value, row) => sum + value * w[row][column], 0));
}
