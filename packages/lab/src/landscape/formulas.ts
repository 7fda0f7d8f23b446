import { gelu } from 'gelu';
import type { FunctionName } from './functions.js';

type Round = (x: number) => number;

/** A formula as runtimes write it, each of its steps rounded by `r`. */
export interface Formula {
  readonly of: FunctionName;
  readonly text: string;
  readonly steps: (r: Round) => (x: number) => number;
}

const ROOT = Math.sqrt(2 / Math.PI);
/** erf by this library's Φ. Near 0, where that cancels, its slope. */
const erf = (z: number): number =>
  Math.abs(z) < 1e-4
    ? 1.1283791670955126 * z
    : z > 27
      ? 1
      : z < -27
        ? -1
        : gelu(z * Math.SQRT2) / (z * Math.SQRT1_2) - 1;
const inner = (r: Round, x: number): number => r(ROOT * r(x + r(0.044715 * r(r(x * x) * x))));
const sigma = (r: Round, x: number): number => r(1 / r(1 + r(Math.exp(-x))));

/** What loses something, or is another function by the same name. */
export const FORMULAS: readonly Formula[] = [
  {
    of: 'gelu',
    text: '½·x·(1 + erf(x/√2))',
    steps: (r) => (x) => r(r(0.5 * x) * r(1 + r(erf(r(x * Math.SQRT1_2))))),
  },
  { of: 'gelu tanh', text: '½·x·(1 + tanh u)', steps: (r) => (x) => r(r(0.5 * x) * r(1 + r(Math.tanh(inner(r, x))))) },
  { of: 'gelu tanh', text: 'x·σ(2u)', steps: (r) => (x) => r(x * sigma(r, r(2 * inner(r, x)))) },
  { of: 'silu', text: 'x·(½ + ½·tanh(x/2))', steps: (r) => (x) => r(x * r(0.5 + r(0.5 * r(Math.tanh(r(x / 2)))))) },
  { of: 'sigmoid', text: '½ + ½·tanh(x/2)', steps: (r) => (x) => r(0.5 + r(0.5 * r(Math.tanh(r(x / 2))))) },
  { of: 'softplus', text: 'log(1 + eˣ)', steps: (r) => (x) => r(Math.log(r(1 + r(Math.exp(x))))) },
  {
    of: 'softplus',
    text: 'max(x, 0) + log(1 + e^−|x|)',
    steps: (r) => (x) => r(Math.max(x, 0) + r(Math.log(r(1 + r(Math.exp(-Math.abs(x))))))),
  },
  { of: 'logsigmoid', text: 'log σ(x)', steps: (r) => (x) => r(Math.log(sigma(r, x))) },
  {
    of: 'logsigmoid',
    text: 'min(x, 0) − log(1 + e^−|x|)',
    steps: (r) => (x) => r(Math.min(x, 0) - r(Math.log(r(1 + r(Math.exp(-Math.abs(x))))))),
  },
  {
    of: 'mish',
    text: 'x·tanh(log(1 + eˣ))',
    steps: (r) => (x) => r(x * r(Math.tanh(r(Math.log(r(1 + r(Math.exp(x)))))))),
  },
  { of: 'tanhshrink', text: 'x − tanh x', steps: (r) => (x) => r(x - r(Math.tanh(x))) },
  { of: 'elu', text: 'eˣ − 1', steps: (r) => (x) => (x > 0 ? x : r(r(Math.exp(x)) - 1)) },
  { of: 'celu', text: 'eˣ − 1', steps: (r) => (x) => (x > 0 ? x : r(r(Math.exp(x)) - 1)) },
  {
    of: 'selu',
    text: 'λ·(α·eˣ − α)',
    steps: (r) => (x) =>
      x > 0
        ? r(1.0507009873554805 * x)
        : r(1.0507009873554805 * r(r(1.6732632423543772 * r(Math.exp(x))) - 1.6732632423543772)),
  },
  { of: 'hardsigmoid', text: 'clip(0.2·x + 0.5)', steps: (r) => (x) => Math.min(1, Math.max(0, r(r(0.2 * x) + 0.5))) },
];
