import type { Node } from '../read/graph.js';
import { attributeOf, type Scope } from '../types/scope.js';
import { erf, sigmoid, softplus } from './samples.js';

/** A node that works element by element: what of, and the function. */
export interface Elementwise {
  inputs: readonly string[];
  f: (...values: number[]) => number;
}

type F = Elementwise['f'];

const clamp = (v: number, low: number, high: number): number => Math.min(Math.max(v, low), high);

/** Operators without attributes, by how many inputs they have. */
const FUNCTIONS: Readonly<Record<string, readonly [inputs: number, f: F]>> = {
  Neg: [1, (a) => -a],
  Abs: [1, Math.abs],
  Sqrt: [1, Math.sqrt],
  Reciprocal: [1, (a) => 1 / a],
  Exp: [1, Math.exp],
  Log: [1, Math.log],
  Erf: [1, erf],
  Tanh: [1, Math.tanh],
  Sigmoid: [1, sigmoid],
  Softplus: [1, softplus],
  Relu: [1, (a) => Math.max(a, 0)],
  Not: [1, (a) => Number(a === 0)],
  Add: [2, (a, b) => a + b],
  Sub: [2, (a, b) => a - b],
  Mul: [2, (a, b) => a * b],
  Div: [2, (a, b) => a / b],
  Pow: [2, (a, b) => a ** b],
  Less: [2, (a, b) => Number(a < b)],
  Greater: [2, (a, b) => Number(a > b)],
  LessOrEqual: [2, (a, b) => Number(a <= b)],
  GreaterOrEqual: [2, (a, b) => Number(a >= b)],
  Where: [3, (condition, a, b) => (condition === 0 ? b : a)],
};

/** Operators of any number of inputs. */
const OVER_ALL: Readonly<Record<string, F>> = {
  Sum: (...values) => values.reduce((sum, v) => sum + v, 0),
  Mean: (...values) => values.reduce((sum, v) => sum + v, 0) / values.length,
  Min: Math.min,
  Max: Math.max,
};

/** The most inputs that an activation could have use for. */
const MOST_INPUTS = 8;

/** What a node computes of each element; undefined if it is no such node, or an attribute of it is not known. */
export function elementwise(scope: Scope, node: Node): Elementwise | undefined {
  const { op, domain, inputs } = node;
  if (domain !== '' || inputs.length > MOST_INPUTS) return undefined;
  const known = FUNCTIONS[op];
  if (known !== undefined) {
    const [count, f] = known;
    return inputs.length === count && !inputs.includes('') ? { inputs, f } : undefined;
  }
  const all = OVER_ALL[op];
  if (all !== undefined) return inputs.length > 0 ? { inputs, f: all } : undefined;
  if (op === 'HardSigmoid') {
    const alpha = parameter(scope, node, 'alpha', 0.2);
    const beta = parameter(scope, node, 'beta', 0.5);
    if (alpha === undefined || beta === undefined) return undefined;
    return { inputs, f: (v) => clamp(alpha * v + beta, 0, 1) };
  }
  return op === 'Clip' ? clip(scope, node) : undefined;
}

/** Clip: its bounds are attributes before opset 11, then inputs that may be left out. */
function clip(scope: Scope, node: Node): Elementwise | undefined {
  const low = parameter(scope, node, 'min', -Infinity);
  const high = parameter(scope, node, 'max', Infinity);
  if (low === undefined || high === undefined) return undefined;
  const [x, min = '', max = ''] = node.inputs;
  const inputs = [x, min, max].filter((name) => name !== '');
  const f: F = (v, ...bounds) => {
    const from = min === '' ? low : bounds[0];
    return clamp(v, from, max === '' ? high : bounds[bounds.length - 1]);
  };
  return { inputs, f };
}

/** A number among the attributes: undefined if it refers to an attribute of the function around and nothing says which. */
function parameter(scope: Scope, node: Node, name: string, ifAbsent: number): number | undefined {
  const attribute = attributeOf(scope, node, name);
  return attribute === undefined ? ifAbsent : attribute.float;
}
