import { activations, type Bound } from '../../src/activations/index.js';
import type { Rule } from './errors.js';

/** How WebGPU and WebGL are judged. */
export const GPU: Rule = { flush: true, ofAddend: true };

/** The bounds that the README states, in float32 ULP: of the function and of its derivative. */
const GELU = [2, 2] as const;
const GENERAL = [2, 8] as const;
export const FAMILY = [5, 8] as const;

export const CASES: readonly (readonly [name: string, parameters: Record<string, string | number>])[] = [
  ['gelu', {}],
  ['gelu', { approximate: 'tanh' }],
  ['gelu', { approximate: 'sigmoid' }],
  ['gelu', { mean: 0.3, std: 0.5 }],
  ['gelu', { mean: -0.7, std: 3 }],
  ...activations.filter(({ name }) => name !== 'gelu').map(({ name }) => [name, {}] as const),
  ['leakyRelu', { negativeSlope: -0.3 }],
  ['elu', { alpha: 0.1 }],
  ['celu', { alpha: 0.3 }],
  ['silu', { beta: 1.7 }],
  ['silu', { beta: 100 }],
  ['silu', { beta: -1e4 }],
  ['silu', { beta: 1e9 }],
  ['silu', { beta: 1e-9 }],
  ['softplus', { beta: 1e-3, threshold: 20 }],
  ['softplus', { beta: -1e6, threshold: 20 }],
  ['celu', { alpha: 1e-3 }],
  ['celu', { alpha: -1e-3 }],
  ['celu', { alpha: 1e9 }],
  ['elu', { alpha: -1e20 }],
  ['gelu', { mean: 12 }],
  ['gelu', { mean: 1e-5 }],
  ['gelu', { mean: -3e-8, std: 1e-8 }],
  ['lalu', { location: 104, scale: 1 }],
  ['lalu', { location: 3e-9, scale: 1e-9 }],
  ['calu', { location: -1e-30, scale: 1 }],
  ['calu', { location: 12, scale: 1 }],
  ['laplace', { mu: 12, sigma: 1 }],
  ['squareplus', { b: 1e-18 }],
  ['xielu', { alphaP: 0.8, alphaN: 1.5, beta: 0.5, eps: 0 }],
  ['xielu', { alphaP: 1, alphaN: 1.05, beta: 1, eps: 0 }],
  ['xielu', { alphaP: 1, alphaN: 1e5, beta: 1, eps: 0 }],
  ['softplus', { beta: 2.5, threshold: 4 }],
  ['squareplus', { b: 0.01 }],
  ['lalu', { location: 0.3, scale: 2 }],
  ['calu', { location: -0.7, scale: 2 }],
  ['hardtanh', { minVal: -0.1, maxVal: 7 }],
];

/** The bound in ULP for an activation (order 0) or its derivative. */
export function boundOf({ definition, parameters }: Bound, order: 0 | 1): number {
  if (definition.name !== 'gelu') return FAMILY[order];
  return (parameters.mean === 0 && parameters.std === 1 ? GELU : GENERAL)[order];
}
