import type { GraphBuilder } from './graph-builder.js';

/** A GELU as some exporter writes it. */
export interface Pattern {
  name: string;
  variant: 'none' | 'tanh' | 'sigmoid';
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
