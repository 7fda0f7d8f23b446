import { SVD } from 'ml-matrix';
import { expect, test } from 'vitest';
import { activationNamed } from '../console/activation-spec.js';
import { random } from '../numbers/random.js';
import { drawWeights, INITIALIZATIONS, type Initialization } from './initialization.js';
import { norm } from './matrix.js';
import { measureJacobians, measureLayers } from './measure.js';
import { Stack } from './stack.js';

const WIDTH = 6;
const DEPTH = 4;
const BATCH = 4;
const { normal } = random(3, 'stack test');
const draw = (n: number): Float64Array => Float64Array.from({ length: n }, normal);
const weights = drawWeights('he', DEPTH, WIDTH, 1, { normal } as ReturnType<typeof random>);
const x = draw(BATCH * WIDTH);

const finish = <T>(steps: Generator<unknown, T>): T => {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value as T;
  }
};

function output(stack: Stack, at: Float64Array): Float64Array {
  return [...stack.forward(at)][DEPTH - 1].output;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

test.each([
  ['gelu', false, false],
  ['gelu', true, false],
  ['silu', true, true],
  ['tanh', false, true],
] as const)('%s, residual %s, layer norm %s: derivatives agree with differences', (name, residual, normalize) => {
  const stack = new Stack({ width: WIDTH, weights, activation: activationNamed(name), residual, normalize });
  const direction = draw(x.length);
  const step = 1e-5;
  const moved = (by: number) =>
    output(
      stack,
      x.map((value, i) => value + by * direction[i]),
    );
  const [above, below] = [moved(step), moved(-step)];
  const difference = above.map((value, i) => (value - below[i]) / (2 * step));

  output(stack, x);
  let tangent = direction;
  for (let i = 0; i < DEPTH; i++) tangent = stack.push(i, tangent);
  difference.forEach((value, i) => {
    expect(tangent[i]).toBeCloseTo(value, 7);
  });

  // The backward pass is the transpose: ⟨g, J·t⟩ = ⟨Jᵀ·g, t⟩.
  const gradient = draw(x.length);
  let back: Float64Array = gradient;
  for (let i = DEPTH - 1; i >= 0; i--) back = stack.pull(i, back).input;
  expect(dot(back, direction)).toBeCloseTo(dot(gradient, tangent), 10);
});

test('the gradient of the weights agrees with differences', () => {
  const stack = new Stack({
    width: WIDTH,
    weights,
    activation: activationNamed('gelu'),
    residual: true,
    normalize: true,
  });
  const source = () => random(5, 'top');
  const measured = finish(measureLayers(stack, x, source()));
  const top = Float64Array.from({ length: x.length }, source().normal);
  const square = weights[1].reduce((sum, weight, i) => {
    const at = (value: number): number => {
      weights[1][i] = value;
      const changed = new Stack({
        width: WIDTH,
        weights,
        activation: activationNamed('gelu'),
        residual: true,
        normalize: true,
      });
      return dot(top, output(changed, x));
    };
    const slope = (at(weight + 1e-5) - at(weight - 1e-5)) / 2e-5;
    weights[1][i] = weight;
    return sum + slope ** 2;
  }, 0);
  expect(measured[1].weightGradientRms).toBeCloseTo(Math.sqrt(square) / WIDTH, 6);
});

test('the largest singular value is that of the Jacobian', () => {
  const stack = new Stack({
    width: WIDTH,
    weights,
    activation: activationNamed('elu'),
    residual: false,
    normalize: false,
  });
  output(stack, x);
  const [{ largestSingularValue }] = finish(measureJacobians(stack, [DEPTH], random(1, 'v')));
  const exact = [0, 1, 2, 3].map((row) => {
    const columns = Array.from({ length: WIDTH }, (_, k) => {
      let tangent: Float64Array = new Float64Array(x.length);
      tangent[row * WIDTH + k] = 1;
      for (let i = 0; i < DEPTH; i++) tangent = stack.push(i, tangent);
      return [...tangent.subarray(row * WIDTH, (row + 1) * WIDTH)];
    });
    return new SVD(columns).diagonal[0];
  });
  exact.sort((a, b) => a - b);
  expect(largestSingularValue / ((exact[1] + exact[2]) / 2)).toBeCloseTo(1, 3);
});

test('identity layers of rotations keep every norm', () => {
  const rotations = drawWeights('orthogonal', DEPTH, WIDTH, 1, random(1, 'rotations'));
  const stack = new Stack({
    width: WIDTH,
    weights: rotations,
    activation: activationNamed('identity'),
    residual: false,
    normalize: false,
  });
  const layers = finish(measureLayers(stack, x, random(1, 'g')));
  for (const layer of layers) {
    expect(layer.activationRms).toBeCloseTo(layers[0].activationRms, 12);
    expect(layer.gradientRms).toBeCloseTo(layers[0].gradientRms, 12);
    expect(layer.dead + layer.saturated).toBe(0);
  }
  const [jacobian] = finish(measureJacobians(stack, [DEPTH], random(1, 'v')));
  expect(jacobian.largestSingularValue).toBeCloseTo(1, 12);
});

test.each<[Initialization, number]>([
  ['unit', 1 / 64],
  ['he', 2 / 64],
  ['xavier', 1 / 64],
  ['orthogonal', 1 / 64],
])('%s weights have the variance %d', (name, variance) => {
  const drawn = INITIALIZATIONS[name](64, random(1, name).normal);
  expect(norm(drawn) ** 2 / drawn.length / variance).toBeCloseTo(1, name === 'unit' || name === 'orthogonal' ? 10 : 1);
  if (name === 'unit') expect(norm(drawn.subarray(64, 128))).toBeCloseTo(1, 12);
});
