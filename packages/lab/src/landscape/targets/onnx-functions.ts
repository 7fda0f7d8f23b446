import { float, GraphBuilder, string, value } from '../../onnx-models/graph-builder.js';
import { encodeModel } from '../../onnx-models/schema.js';
import type { FunctionName } from '../functions.js';

/** How a graph computes an activation: its operators as text, and what builds them. */
type Build = (g: GraphBuilder, x: string) => string;

const one =
  (op: string, ...attributes: object[]): Build =>
  (g, x) =>
    g.op(op, [x], attributes);
const microsoft =
  (op: string, ...attributes: object[]): Build =>
  (g, x) =>
    g.op(op, [x], attributes, 'com.microsoft');

/** The operators of ONNX that are activations, and the others as PyTorch's exporter writes them. */
export const ONNX_FUNCTIONS: Readonly<Partial<Record<FunctionName, readonly [string, Build]>>> = {
  gelu: ['Gelu', one('Gelu')],
  'gelu tanh': ['Gelu(approximate=tanh)', one('Gelu', string('approximate', 'tanh'))],
  'gelu sigmoid': ['com.microsoft.QuickGelu', microsoft('QuickGelu', float('alpha', 1.702))],
  silu: ['Mul(x, Sigmoid(x))', (g, x) => g.op('Mul', [x, g.op('Sigmoid', [x])])],
  mish: ['Mish', one('Mish')],
  softplus: ['Softplus', one('Softplus')],
  softsign: ['Softsign', one('Softsign')],
  sigmoid: ['Sigmoid', one('Sigmoid')],
  logsigmoid: ['Log(Sigmoid(x))', (g, x) => g.op('Log', [g.op('Sigmoid', [x])])],
  tanh: ['Tanh', one('Tanh')],
  tanhshrink: ['Sub(x, Tanh(x))', (g, x) => g.op('Sub', [x, g.op('Tanh', [x])])],
  exponential: ['Exp', one('Exp')],
  elu: ['Elu', one('Elu', float('alpha', 1))],
  selu: ['Selu', one('Selu')],
  celu: ['Celu', one('Celu', float('alpha', 1))],
  relu: ['Relu', one('Relu')],
  relu6: ['Clip(x, 0, 6)', (g, x) => g.op('Clip', [x, 0, 6])],
  reluSquared: ['Mul(Relu(x), Relu(x))', (g, x) => square(g, g.op('Relu', [x]))],
  leakyRelu: ['LeakyRelu(alpha=0.01)', one('LeakyRelu', float('alpha', 0.01))],
  prelu: ['PRelu(x, 0.25)', (g, x) => g.op('PRelu', [x, 0.25])],
  hardtanh: ['Clip(x, -1, 1)', (g, x) => g.op('Clip', [x, -1, 1])],
  hardsigmoid: ['HardSigmoid(alpha=1/6)', one('HardSigmoid', float('alpha', 1 / 6), float('beta', 0.5))],
  hardswish: ['HardSwish', one('HardSwish')],
  hardshrink: ['Shrink(lambd=0.5)', one('Shrink', float('lambd', 0.5), float('bias', 0))],
  softshrink: ['Shrink(lambd=0.5, bias=0.5)', one('Shrink', float('lambd', 0.5), float('bias', 0.5))],
  threshold: ['ThresholdedRelu(alpha=1)', one('ThresholdedRelu', float('alpha', 1))],
};

const square = (g: GraphBuilder, x: string): string => g.op('Mul', [x, x]);

/** A model of a vector x to a vector y of a type of ONNX. */
export function functionModel(name: FunctionName, dtype: number, opset: number): Uint8Array {
  const g = new GraphBuilder({ dtype });
  const [, build] = ONNX_FUNCTIONS[name]!;
  const result = build(g, 'x');
  const last = g.node.at(-1) as { output: string[] };
  if (last.output[0] === result) last.output[0] = 'y';
  return encodeModel({
    irVersion: 9,
    opsetImport: [
      { domain: '', version: opset },
      { domain: 'com.microsoft', version: 1 },
    ],
    graph: {
      name,
      node: g.node,
      initializer: g.initializer,
      input: [value('x', dtype)],
      output: [value('y', dtype)],
    },
  });
}
