import { activation } from 'gelu';
import { expect, test } from 'vitest';
import { points, SHAPES } from './data.js';
import { Network } from './network.js';
import { Race, winInterval } from './race.js';
import { verdict } from './seeds.js';

const input = {
  specs: ['gelu', 'relu'],
  shape: 'moons',
  noise: 0.1,
  layers: 2,
  width: 12,
  rate: 0.02,
  seed: 1,
} as const;

test('the gradient is that of the loss', () => {
  const { x, y } = points('circles', 16, 0.05, 3);
  const network = new Network({ hidden: [5, 4], activation: activation('gelu'), seed: 2 });
  const before = network.weights;
  const { loss } = network.score(x, y);
  network.train(x, y, 1e-3);
  // The first step of Adam goes by the rate against the sign of each gradient.
  const moved = network.weights.map((w, i) => w.map((value, k) => value - before[i][k]));
  for (const layer of moved) for (const change of layer) expect(Math.abs(change)).toBeLessThan(1.01e-3);
  expect(network.score(x, y).loss).toBeLessThan(loss);
});

test('both learn the moons to 95 % and better', () => {
  const race = new Race(input);
  for (let i = 0; i < 400; i++) race.advance();
  for (const network of race.networks) expect(network.score(race.test.x, race.test.y).accuracy).toBeGreaterThan(0.95);
  expect(race.gradients.map((sizes) => sizes.length)).toEqual([3, 3]);
  expect(race.networks[0].dead(race.train.x).map((units) => units.length)).toEqual([12, 12]);
});

test('another activation goes on with the same weights', () => {
  const race = new Race(input);
  for (let i = 0; i < 20; i++) race.advance();
  const [network] = race.networks;
  const weights = network.weights;
  const logits = network.forward(race.test.x).slice();
  network.use(activation('tanh'));
  expect(network.weights).toEqual(weights);
  expect(network.forward(race.test.x)).not.toEqual(logits);
});

test('shapes have both classes within the map', () => {
  for (const shape of SHAPES) {
    const { x, y } = points(shape, 200, 0, 1);
    expect(y.reduce((a, b) => a + b, 0)).toBe(100);
    expect(Math.max(...x.map(Math.abs))).toBeLessThan(1.1);
  }
});

test('no seed alone ranks, and no interval that holds one half', () => {
  const result = (a: number, b: number) => ({ seed: 1, losses: [a, b], accuracies: [], maps: [] });
  expect(verdict('A', 'B', [result(1, 2)], 1)).toMatch(/one seed tells nothing/);
  expect(verdict('A', 'B', new Array(12).fill(result(1, 2)), 1)).toMatch(/12 of 12 .*A does better/);
  expect(verdict('A', 'B', [...new Array(6).fill(result(1, 2)), ...new Array(6).fill(result(2, 1))], 1)).toMatch(
    /not told apart/,
  );
  const [low, high] = winInterval(8, 12); // Wilson's: 0.3906, 0.8619
  expect([low, high]).toEqual([expect.closeTo(0.3906, 3), expect.closeTo(0.8619, 3)]);
});
