import { MeanField } from 'gelu/numerics';
import { expect, test } from 'vitest';
import { activationNamed } from '../console/activation-spec.js';
import { phaseOf } from './phases.js';

const field = (name: string) => new MeanField(activationNamed(name).bound);

test('tanh: ordered below its edge of chaos, chaotic above', () => {
  const tanh = field('tanh');
  for (const bias of [0.1, 0.3, 0.8]) {
    const [{ weightStd }] = tanh.edgeOfChaos(bias);
    expect(phaseOf(tanh, 0.97 * weightStd, bias)).toBe('order');
    expect(phaseOf(tanh, 1.03 * weightStd, bias)).toBe('chaos');
  }
});

test('ReLU: a signal is bounded below √2 only; GELU dies, settles or grows', () => {
  const [relu, gelu] = [field('relu'), field('gelu')];
  expect([1.2, 1.6].map((weight) => phaseOf(relu, weight, 0.2))).toEqual(['order', 'unbounded']);
  expect([1, 2.2].map((weight) => phaseOf(gelu, weight, 0))).toEqual(['order', 'unbounded']);
});
