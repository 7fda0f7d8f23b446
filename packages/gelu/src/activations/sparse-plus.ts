import { lo, mul, twoSum } from '../numerics/dd.js';
import { deliver } from './formulas/result.js';
import type { Activation, Evaluate } from './model/activation.js';
import { IDENTITY, ZERO } from './model/shape.js';

/** 0 up to −1, ((x + 1)/2)² to 1, x beyond. The sum is exact, so nothing is lost beside −1. */
const evaluate: Evaluate = (order, x) => {
  if (!(x > -1 && x < 1)) {
    const beyond = order === 0 ? x : order === 1 ? 1 : 0;
    return deliver(x >= 1 ? beyond : x <= -1 ? 0 : x, 0, 0);
  }
  if (order === 2) return deliver(0.5, 0, 0);
  const h = twoSum(x / 2, 0.5);
  if (order === 1) return deliver(h, lo[0], 0);
  const l = lo[0];
  return deliver(mul(h, l, h, l), lo[0], 0);
};

/** The twin of softplus without tails: its derivative is sparseSigmoid. */
export const sparsePlus: Activation = {
  name: 'sparsePlus',
  layer: 'SparsePlus',
  aliases: [
    { name: 'sparse_plus', source: 'Keras' },
    { name: 'sparse_plus', source: 'JAX' },
  ],
  formula: '0 if x ≤ −1, x if x ≥ 1, else (x + 1)²/4',
  parameters: {},
  evaluator: () => evaluate,
  shape: () => ({ kind: 'smooth', below: ZERO, above: IDENTITY, breaks: [-1, 1], zeros: [[-1], [-1]] }),
  facts: () => ({
    range: { low: 0, high: Infinity, attains: [true, false] },
    zeros: [[-Infinity, -1]],
    stationary: [],
    minimum: { x: -1, value: 0 },
    monotone: 'non-decreasing',
    smoothness: 1,
    kinks: [-1, 1],
    convex: true,
    lipschitz: 1,
    below: { value: 0, slope: 0 },
    above: { value: Infinity, slope: 1 },
  }),
  origin: {
    year: 2019,
    paper: {
      title: 'Learning with Fenchel-Young Losses',
      authors: 'Blondel, Martins, Niculae',
      url: 'https://arxiv.org/abs/1901.02324',
    },
    usedBy: [],
  },
};
