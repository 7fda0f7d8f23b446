import type { FunctionName } from '../functions.js';
import { type Operator, tfliteModel } from '../tflite.js';

/** Codes of operators in TensorFlow Lite's schema. */
const CODES = {
  ADD: 0,
  LOGISTIC: 14,
  MUL: 18,
  RELU: 19,
  RELU_N1_TO_1: 20,
  RELU6: 21,
  TANH: 28,
  SUB: 41,
  DIV: 42,
  EXP: 47,
  PRELU: 54,
  MAXIMUM: 55,
  MINIMUM: 57,
  NEG: 59,
  LOG: 73,
  SQUARE: 92,
  LEAKY_RELU: 98,
  ABS: 101,
  ELU: 111,
  HARD_SWISH: 117,
  GELU: 150,
} as const;
/** Those of options, where an operator must have some. */
const OPTIONS: Readonly<Partial<Record<keyof typeof CODES, number>>> = {
  ADD: 11,
  MUL: 21,
  SUB: 28,
  DIV: 29,
  LEAKY_RELU: 75,
  GELU: 116,
};

/** Collects operators; numbers among their inputs become constants. */
class Graph {
  readonly operators: Operator[] = [];
  readonly constants: Map<number, number> = new Map();
  #next = 1;

  op(
    name: keyof typeof CODES,
    inputs: readonly (Value | number)[],
    fields: NonNullable<Operator['options']>[1] = [],
  ): Value {
    const ids = inputs.map((input) => {
      if (typeof input !== 'number') return input.id;
      this.constants.set(this.#next, input);
      return this.#next++;
    });
    const output = this.#next++;
    const options = OPTIONS[name];
    this.operators.push({
      code: CODES[name],
      inputs: ids,
      output,
      ...(options !== undefined && { options: [options, fields] as const }),
    });
    return { id: output };
  }
}

interface Value {
  readonly id: number;
}
type Build = (g: Graph, x: Value) => Value;

const one =
  (name: keyof typeof CODES): Build =>
  (g, x) =>
    g.op(name, [x]);
const softplus: Build = (g, x) => g.op('LOG', [g.op('ADD', [g.op('EXP', [x]), 1])]);

/** The operators of TensorFlow Lite that are activations, and the others as its converter takes them apart. */
export const LITERT_FUNCTIONS: Readonly<Partial<Record<FunctionName, readonly [string, Build]>>> = {
  gelu: ['GELU', (g, x) => g.op('GELU', [x], [{ u8: 0 }])],
  'gelu tanh': ['GELU(approximate)', (g, x) => g.op('GELU', [x], [{ u8: 1 }])],
  'gelu sigmoid': [
    'MUL(x, LOGISTIC(1.702·x))',
    (g, x) => g.op('MUL', [x, g.op('LOGISTIC', [g.op('MUL', [x, 1.702])])]),
  ],
  silu: ['MUL(x, LOGISTIC(x))', (g, x) => g.op('MUL', [x, g.op('LOGISTIC', [x])])],
  mish: ['MUL(x, TANH(LOG(EXP(x) + 1)))', (g, x) => g.op('MUL', [x, g.op('TANH', [softplus(g, x)])])],
  softplus: ['LOG(EXP(x) + 1)', softplus],
  softsign: ['DIV(x, ABS(x) + 1)', (g, x) => g.op('DIV', [x, g.op('ADD', [g.op('ABS', [x]), 1])])],
  sigmoid: ['LOGISTIC', one('LOGISTIC')],
  logsigmoid: ['NEG(LOG(EXP(−x) + 1))', (g, x) => g.op('NEG', [softplus(g, g.op('NEG', [x]))])],
  tanh: ['TANH', one('TANH')],
  tanhshrink: ['SUB(x, TANH(x))', (g, x) => g.op('SUB', [x, g.op('TANH', [x])])],
  exponential: ['EXP', one('EXP')],
  elu: ['ELU', one('ELU')],
  selu: [
    'λ·(RELU(x) + α·MINIMUM(EXP(x) − 1, 0))',
    (g, x) => {
      const below = g.op('MUL', [g.op('MINIMUM', [g.op('SUB', [g.op('EXP', [x]), 1]), 0]), 1.6732632423543772]);
      return g.op('MUL', [g.op('ADD', [g.op('RELU', [x]), below]), 1.0507009873554805]);
    },
  ],
  celu: [
    'RELU(x) + MINIMUM(EXP(x) − 1, 0)',
    (g, x) => g.op('ADD', [g.op('RELU', [x]), g.op('MINIMUM', [g.op('SUB', [g.op('EXP', [x]), 1]), 0])]),
  ],
  relu: ['RELU', one('RELU')],
  relu6: ['RELU6', one('RELU6')],
  reluSquared: ['SQUARE(RELU(x))', (g, x) => g.op('SQUARE', [g.op('RELU', [x])])],
  leakyRelu: ['LEAKY_RELU(alpha=0.01)', (g, x) => g.op('LEAKY_RELU', [x], [{ f32: 0.01 }])],
  prelu: ['PRELU(x, 0.25)', (g, x) => g.op('PRELU', [x, 0.25])],
  hardtanh: ['RELU_N1_TO_1', one('RELU_N1_TO_1')],
  hardsigmoid: ['RELU6(x + 3)·1/6', (g, x) => g.op('MUL', [g.op('RELU6', [g.op('ADD', [x, 3])]), 1 / 6])],
  hardswish: ['HARD_SWISH', one('HARD_SWISH')],
};

/** A model of a vector of some length. */
export function litertModel(name: FunctionName, length: number): Uint8Array {
  const graph = new Graph();
  LITERT_FUNCTIONS[name]![1](graph, { id: 0 });
  return tfliteModel(length, graph.operators, graph.constants);
}
