import { expect, test } from 'vitest';
import { ACTIVATIONS } from '../models/activations.js';
import { deadShare } from './dead.js';

// Two examples of a layer of four units.
const layer = Float32Array.of(-20, -20, -0.1, -20, -20, 1, -0.1, 0.5);

test('a unit is dead if no example gets a gradient through it', () => {
  expect(deadShare([layer], 4, ACTIVATIONS.relu.derivative)).toBe(0.5);
  expect(deadShare([layer], 4, ACTIVATIONS.elu.derivative)).toBe(0.25);
  expect(deadShare([layer], 4, ACTIVATIONS.gelu.derivative)).toBe(0.25);
});

test('the share is over all layers', () => {
  const alive = new Float32Array(8).fill(1);
  expect(deadShare([layer, alive], 4, ACTIVATIONS.relu.derivative)).toBe(0.25);
});
