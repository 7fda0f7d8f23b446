/** The activations as people write them in JavaScript, on numbers. It needs nothing else, so that any engine can run it. */
type Real = (x: number) => number;

const { exp, expm1, log, log1p, max, min, abs, sign, sqrt, tanh } = Math;

/** erf by formula 7.1.26 of Abramowitz and Stegun (1964), absolute error 1.5e-7: what small packages use. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * abs(x));
  const p = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return sign(x) * (1 - p * exp(-x * x));
}

const sigmoid: Real = (x) => 1 / (1 + exp(-x));
const softplus: Real = (x) => log(1 + exp(x));
const clip = (x: number, low: number, high: number): number => min(max(x, low), high);
const ALPHA = 1.6732632423543772;
const LAMBDA = 1.0507009873554805;

/** By their names in the landscape: the formula as text, and as a function. */
export const TEXTBOOK: Readonly<Record<string, readonly [text: string, f: Real]>> = {
  gelu: ['0.5 * x * (1 + erf(x / sqrt(2)))', (x) => 0.5 * x * (1 + erf(x / sqrt(2)))],
  'gelu tanh': [
    '0.5 * x * (1 + tanh(sqrt(2 / PI) * (x + 0.044715 * x ** 3)))',
    (x) => 0.5 * x * (1 + tanh(sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  ],
  'gelu sigmoid': ['x / (1 + exp(-1.702 * x))', (x) => x / (1 + exp(-1.702 * x))],
  silu: ['x / (1 + exp(-x))', (x) => x / (1 + exp(-x))],
  mish: ['x * tanh(log(1 + exp(x)))', (x) => x * tanh(softplus(x))],
  softplus: ['log(1 + exp(x))', softplus],
  softsign: ['x / (1 + abs(x))', (x) => x / (1 + abs(x))],
  squareplus: ['(x + sqrt(x * x + 4)) / 2', (x) => (x + sqrt(x * x + 4)) / 2],
  sigmoid: ['1 / (1 + exp(-x))', sigmoid],
  logsigmoid: ['-log1p(exp(-x))', (x) => -log1p(exp(-x))],
  tanh: ['tanh(x)', tanh],
  tanhshrink: ['x - tanh(x)', (x) => x - tanh(x)],
  exponential: ['exp(x)', exp],
  elu: ['x > 0 ? x : exp(x) - 1', (x) => (x > 0 ? x : exp(x) - 1)],
  selu: ['x > 0 ? λ * x : λ * α * (exp(x) - 1)', (x) => (x > 0 ? LAMBDA * x : LAMBDA * ALPHA * (exp(x) - 1))],
  celu: ['max(0, x) + min(0, expm1(x))', (x) => max(0, x) + min(0, expm1(x))],
  relu: ['max(0, x)', (x) => max(0, x)],
  relu6: ['min(max(0, x), 6)', (x) => clip(x, 0, 6)],
  reluSquared: ['max(0, x) ** 2', (x) => max(0, x) ** 2],
  leakyRelu: ['x > 0 ? x : 0.01 * x', (x) => (x > 0 ? x : 0.01 * x)],
  prelu: ['max(0, x) + 0.25 * min(0, x)', (x) => max(0, x) + 0.25 * min(0, x)],
  hardtanh: ['min(max(-1, x), 1)', (x) => clip(x, -1, 1)],
  hardsigmoid: ['min(max(0, x / 6 + 0.5), 1)', (x) => clip(x / 6 + 0.5, 0, 1)],
  hardswish: ['x * min(max(0, x + 3), 6) / 6', (x) => (x * clip(x + 3, 0, 6)) / 6],
  hardshrink: ['abs(x) > 0.5 ? x : 0', (x) => (abs(x) > 0.5 ? x : 0)],
  softshrink: ['sign(x) * max(abs(x) - 0.5, 0)', (x) => sign(x) * max(abs(x) - 0.5, 0)],
  threshold: ['x > 1 ? x : 0', (x) => (x > 1 ? x : 0)],
};
