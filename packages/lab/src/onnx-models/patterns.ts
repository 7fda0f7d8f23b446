import type { Approximate } from 'gelu';
import { float, type GraphBuilder } from './graph-builder.js';

/** A GELU as some exporter writes it. */
export interface Pattern {
  name: string;
  variant: Approximate;
  /** Adds its nodes for the value x and returns the result's name. */
  build: (g: GraphBuilder, x: string) => string;
}

const ROOT_2 = Math.SQRT2;
const S = Math.sqrt(2 / Math.PI);

const erf = (g: GraphBuilder, x: string): string => g.op('Add', [g.op('Erf', [g.op('Div', [x, ROOT_2])]), 1]);
const onePlusTanh = (g: GraphBuilder, u: string): string => g.op('Add', [g.op('Tanh', [u]), 1]);
const cube = (g: GraphBuilder, x: string): string => g.op('Pow', [x, 3]);
const inner = (g: GraphBuilder, x: string, third: string): string =>
  g.op('Mul', [g.op('Add', [x, g.op('Mul', [third, 0.044715])]), S]);

/** The ways in which GELU is written with simpler operators. */
export const PATTERNS: readonly Pattern[] = [
  {
    name: 'PyTorch: x·(1 + erf(x/√2))·½',
    variant: 'none',
    build: (g, x) => g.op('Mul', [g.op('Mul', [x, erf(g, x)]), 0.5]),
  },
  {
    name: '½ at x: (½x)·(1 + erf(x/√2))',
    variant: 'none',
    build: (g, x) => g.op('Mul', [g.op('Mul', [x, 0.5]), erf(g, x)]),
  },
  {
    name: '½ at the sum: x·(½·(1 + erf(x/√2)))',
    variant: 'none',
    build: (g, x) => g.op('Mul', [x, g.op('Mul', [erf(g, x), 0.5])]),
  },
  {
    name: 'tf2onnx: ½x·(1 + erf(x·0.7071))',
    variant: 'none',
    build: (g, x) => {
      const sum = g.op('Add', [1, g.op('Erf', [g.op('Mul', [x, Math.SQRT1_2])])]);
      return g.op('Mul', [g.op('Mul', [0.5, x]), sum]);
    },
  },
  {
    name: 'Mul: x·(1 + erf(x·0.7071))·½',
    variant: 'none',
    build: (g, x) => {
      const sum = g.op('Add', [g.op('Erf', [g.op('Mul', [x, Math.SQRT1_2])]), 1]);
      return g.op('Mul', [g.op('Mul', [x, sum]), 0.5]);
    },
  },
  {
    name: 'Keras: √2 computed, ½·(x·(1 + erf(x/√2)))',
    variant: 'none',
    build: (g, x) => {
      const sum = g.op('Add', [1, g.op('Erf', [g.op('Div', [x, g.op('Sqrt', [2])])])]);
      return g.op('Mul', [0.5, g.op('Mul', [x, sum])]);
    },
  },
  {
    name: 'erfc written as 1 − erf(−x/√2)',
    variant: 'none',
    build: (g, x) => {
      const negative = g.op('Neg', [g.op('Mul', [x, Math.SQRT1_2])]);
      return g.op('Mul', [g.op('Mul', [0.5, x]), g.op('Sub', [1, g.op('Erf', [negative])])]);
    },
  },
  {
    name: 'PyTorch tanh: x·½·(1 + tanh(√(2/π)·(x + 0.044715·x³))), x³ = Mul(Mul(x, x), x)',
    variant: 'tanh',
    build: (g, x) => {
      const u = inner(g, x, g.op('Mul', [g.op('Mul', [x, x]), x]));
      return g.op('Mul', [g.op('Mul', [x, 0.5]), onePlusTanh(g, u)]);
    },
  },
  {
    name: 'Hugging Face NewGELU: ½·x·(1 + tanh(√(2/π)·(x + 0.044715·Pow(x, 3))))',
    variant: 'tanh',
    build: (g, x) => g.op('Mul', [g.op('Mul', [x, 0.5]), onePlusTanh(g, inner(g, x, cube(g, x)))]),
  },
  {
    name: 'Hugging Face FastGELU: ½·x·(1 + tanh(x·0.7978845608·(1 + 0.044715·x·x)))',
    variant: 'tanh',
    build: (g, x) => {
      const sum = g.op('Add', [g.op('Mul', [g.op('Mul', [x, 0.044715]), x]), 1]);
      return g.op('Mul', [g.op('Mul', [x, 0.5]), onePlusTanh(g, g.op('Mul', [g.op('Mul', [x, 0.7978845608]), sum]))]);
    },
  },
  {
    name: 'Keras tanh: ½x·(1 + tanh(√(2/π)·(x + 0.044715·Pow(x, 3)))), constants on the left',
    variant: 'tanh',
    build: (g, x) => {
      const sum = g.op('Add', [x, g.op('Mul', [0.044715, cube(g, x)])]);
      const gate = g.op('Add', [1, g.op('Tanh', [g.op('Mul', [S, sum])])]);
      return g.op('Mul', [g.op('Mul', [0.5, x]), gate]);
    },
  },
  {
    name: 'BERT: x·(½·(1 + tanh(…)))',
    variant: 'tanh',
    build: (g, x) => {
      const sum = g.op('Add', [x, g.op('Mul', [0.044715, cube(g, x)])]);
      const gate = g.op('Add', [1, g.op('Tanh', [g.op('Mul', [S, sum])])]);
      return g.op('Mul', [x, g.op('Mul', [0.5, gate])]);
    },
  },
  {
    name: 'tanh form by σ: x·σ(2·√(2/π)·(x + 0.044715·x·x·x))',
    variant: 'tanh',
    build: (g, x) => {
      const third = g.op('Mul', [x, g.op('Mul', [x, x])]);
      return g.op('Mul', [x, g.op('Sigmoid', [g.op('Mul', [inner(g, x, third), 2])])]);
    },
  },
  {
    name: 'QuickGELU: x·σ(1.702·x)',
    variant: 'sigmoid',
    build: (g, x) => g.op('Mul', [x, g.op('Sigmoid', [g.op('Mul', [x, 1.702])])]),
  },
  {
    name: 'QuickGELU, constant and gate on the left: σ(1.702·x)·x',
    variant: 'sigmoid',
    build: (g, x) => g.op('Mul', [g.op('Sigmoid', [g.op('Mul', [1.702, x])]), x]),
  },
];

/** An activation of another kind as some exporter writes it. */
export interface OtherPattern extends Pick<Pattern, 'name' | 'build'> {
  activation: 'silu' | 'hardswish' | 'mish';
  parameters: Readonly<Record<string, number>>;
}

const clip = (g: GraphBuilder, x: string): string => g.op('Clip', [g.op('Add', [x, 3]), 0, 6]);
const byExp = (g: GraphBuilder, v: string): string => g.op('Add', [g.op('Exp', [v]), 1]);
const sixth = [float('alpha', 1 / 6), float('beta', 0.5)];

/** The ways in which SiLU, HardSwish and Mish are written with simpler operators. */
export const OTHER_PATTERNS: readonly OtherPattern[] = [
  {
    name: 'SiLU: x·σ(x)',
    activation: 'silu',
    parameters: { beta: 1 },
    build: (g, x) => g.op('Mul', [x, g.op('Sigmoid', [x])]),
  },
  {
    name: 'Swish: σ(2x)·x',
    activation: 'silu',
    parameters: { beta: 2 },
    build: (g, x) => g.op('Mul', [g.op('Sigmoid', [g.op('Mul', [x, 2])]), x]),
  },
  {
    name: 'SiLU by exp: x/(1 + exp(−x))',
    activation: 'silu',
    parameters: { beta: 1 },
    build: (g, x) => g.op('Div', [x, byExp(g, g.op('Neg', [x]))]),
  },
  {
    name: 'HardSwish by Clip: x·clip(x + 3, 0, 6)/6',
    activation: 'hardswish',
    parameters: {},
    build: (g, x) => g.op('Div', [g.op('Mul', [x, clip(g, x)]), 6]),
  },
  {
    name: 'HardSwish by Clip: x·(clip(x + 3, 0, 6)·(1/6))',
    activation: 'hardswish',
    parameters: {},
    build: (g, x) => g.op('Mul', [x, g.op('Mul', [clip(g, x), 1 / 6])]),
  },
  {
    name: 'HardSwish by HardSigmoid',
    activation: 'hardswish',
    parameters: {},
    build: (g, x) => g.op('Mul', [x, g.op('HardSigmoid', [x], sixth)]),
  },
  {
    name: 'HardSwish by Relu and Min: x·min(relu(x + 3), 6)/6',
    activation: 'hardswish',
    parameters: {},
    build: (g, x) => g.op('Mul', [x, g.op('Div', [g.op('Min', [g.op('Relu', [g.op('Add', [x, 3])]), 6]), 6])]),
  },
  {
    name: 'HardSwish by Max and Min: x·max(0, min(6, x + 3))/6',
    activation: 'hardswish',
    parameters: {},
    build: (g, x) => g.op('Div', [g.op('Mul', [x, g.op('Max', [0, g.op('Min', [6, g.op('Add', [x, 3])])])]), 6]),
  },
  {
    name: 'HardSwish by Where: x < −3 ? 0 : x > 3 ? x : x·(x + 3)/6',
    activation: 'hardswish',
    parameters: {},
    build: (g, x) => {
      const middle = g.op('Div', [g.op('Mul', [x, g.op('Add', [x, 3])]), 6]);
      const upper = g.op('Where', [g.op('Greater', [x, 3]), x, middle]);
      return g.op('Where', [g.op('Less', [x, -3]), g.op('Mul', [x, 0]), upper]);
    },
  },
  {
    name: 'Mish: x·tanh(softplus(x))',
    activation: 'mish',
    parameters: {},
    build: (g, x) => g.op('Mul', [x, g.op('Tanh', [g.op('Softplus', [x])])]),
  },
  {
    name: 'Mish: x·tanh(log(1 + exp(x)))',
    activation: 'mish',
    parameters: {},
    build: (g, x) => g.op('Mul', [x, g.op('Tanh', [g.op('Log', [byExp(g, x)])])]),
  },
  {
    name: 'Mish, as PyTorch computes softplus: x·tanh(x > 20 ? x : log(1 + exp(x)))',
    activation: 'mish',
    parameters: {},
    build: (g, x) => {
      const softplus = g.op('Where', [g.op('Greater', [x, 20]), x, g.op('Log', [byExp(g, x)])]);
      return g.op('Mul', [g.op('Tanh', [softplus]), x]);
    },
  },
];

/** GELU by exponentials. */
export const EXPONENTIAL_PATTERNS: readonly Pattern[] = [
  {
    name: 'QuickGELU by exp: x/(1 + exp(−1.702x))',
    variant: 'sigmoid',
    build: (g, x) => g.op('Div', [x, byExp(g, g.op('Mul', [x, -1.702]))]),
  },
  {
    name: 'QuickGELU by exp: x·(1/(1 + exp(−1.702x)))',
    variant: 'sigmoid',
    build: (g, x) => g.op('Mul', [x, g.op('Div', [1, byExp(g, g.op('Neg', [g.op('Mul', [x, 1.702])]))])]),
  },
  {
    name: 'QuickGELU by exp: x·Reciprocal(1 + exp(−1.702x))',
    variant: 'sigmoid',
    build: (g, x) => g.op('Mul', [x, g.op('Reciprocal', [byExp(g, g.op('Mul', [-1.702, x]))])]),
  },
  {
    name: 'tanh by exp: ½x·(1 + (e²ᵘ − 1)/(e²ᵘ + 1))',
    variant: 'tanh',
    build: (g, x) => {
      const e = g.op('Exp', [g.op('Mul', [inner(g, x, cube(g, x)), 2])]);
      const tanh = g.op('Div', [g.op('Sub', [e, 1]), g.op('Add', [e, 1])]);
      return g.op('Mul', [g.op('Mul', [x, 0.5]), g.op('Add', [tanh, 1])]);
    },
  },
  {
    name: 'tanh by exp: ½x·(1 + (eᵘ − e⁻ᵘ)/(eᵘ + e⁻ᵘ))',
    variant: 'tanh',
    build: (g, x) => {
      const u = inner(g, x, g.op('Mul', [g.op('Mul', [x, x]), x]));
      const [up, down] = [g.op('Exp', [u]), g.op('Exp', [g.op('Neg', [u])])];
      const tanh = g.op('Div', [g.op('Sub', [up, down]), g.op('Add', [up, down])]);
      return g.op('Mul', [g.op('Mul', [x, g.op('Add', [tanh, 1])]), 0.5]);
    },
  },
];
