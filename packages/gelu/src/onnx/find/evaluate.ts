import type { Node } from '../read/graph.js';
import type { Tensor } from '../read/tensor.js';
import { attributeOf, constantTensor, definingScope, type Scope, typeOf } from '../types/scope.js';
import { type Arrangement, isMove, moved, UNMOVED } from './arrangement.js';
import { elementwise } from './elementwise.js';
import { POINTS, type Samples } from './samples.js';
import { valuesOf } from './values.js';

/** A value as a function of x, element by element. */
export interface Expression {
  samples: Samples;
  /** It does not depend on x. */
  constant: boolean;
  /** The dtype that a Cast gave it, if it is not that of x. */
  cast: number | undefined;
  arrangement: Arrangement;
  /** Values of which nothing is known that it is multiplied by. */
  factors: readonly string[];
}

/** So many values a product may have beside an activation. */
const MOST_FACTORS = 4;

/** So many nodes back from a value x is looked for. */
const DEEPEST = 64;
/** And so many a number may be computed of, before x is. */
const DEEPEST_CONSTANT = 6;

/** float32, float16, float64, bfloat16: a Cast to one of them keeps the value, rounded. */
const FLOATS = new Set([1, 10, 11, 16]);

const PLAIN = { cast: undefined, arrangement: UNMOVED, factors: [] };

/** Whether numbers that other factors are multiplied by belong to those, or to the function of x. */
export type Factored = 'with their numbers' | 'without numbers';

/**
 * Follows values back to x and computes them for x at POINTS. With `factored` products with values that are no functions of x are
 * followed too: `samples` leaves those out.
 */
export class Evaluator {
  readonly #scope: Scope;
  readonly #x: string;
  readonly #factored: Factored | undefined;
  /** Where x is made: what comes before does not depend on it. */
  readonly #start: number;
  readonly #known = new Map<string, Expression | undefined>();

  constructor(scope: Scope, x: string, factored?: Factored) {
    this.#scope = scope;
    this.#x = x;
    this.#factored = factored;
    const producer = scope.producer.get(valuesOf(scope).of(x));
    this.#start = producer === undefined ? -1 : valuesOf(scope).position(producer);
    const identity = { samples: POINTS, constant: false, ...PLAIN };
    this.#known.set(valuesOf(scope).of(x), identity);
  }

  /** The expression of a value, undefined if it is made of more than x and numbers. */
  of(name: string, depth = 0): Expression | undefined {
    const value = valuesOf(this.#scope).of(name);
    if (this.#known.has(value)) return this.#known.get(value);
    if (depth > DEEPEST) return undefined;
    this.#known.set(value, undefined); // while it is worked on, so that a circle ends
    const original = beforeIdentity(this.#scope, name);
    const expression = this.#constant(original) ?? this.#computed(original, depth + 1);
    this.#known.set(value, expression);
    return expression;
  }

  #constant(name: string): Expression | undefined {
    const number = uniformOf(defaultTensor(this.#scope, name));
    return number === undefined ? undefined : constant(number);
  }

  #computed(name: string, from: number): Expression | undefined {
    let depth = from;
    const made = producerOf(this.#scope, name);
    if (made === undefined) return undefined;
    const { node, scope } = made;
    if (valuesOf(this.#scope).position(node) < this.#start) depth = Math.max(depth, DEEPEST - DEEPEST_CONSTANT);
    const [first] = node.inputs;
    const kind = kindOf(scope, node);
    if (kind === 'elementwise') return this.#combined(scope, node, depth);
    if (kind === 'filled') return filled(scope, node);
    const operand = kind === undefined ? undefined : this.of(first, depth);
    // What is done to a product is not done to each of its factors.
    if (operand === undefined || (operand.factors.length > 0 && kind !== 'identity')) return undefined;
    if (kind === 'expand') return operand.constant ? operand : undefined;
    if (kind === 'move') {
      if (operand.constant) return operand;
      const arrangement = moved(scope, this.#x, operand.arrangement, node, (value) =>
        this.#arrangementOf(value, depth),
      );
      return arrangement && { ...operand, arrangement };
    }
    if (kind === 'cast') return operand.constant ? operand : { ...operand, cast: castTo(scope, node) };
    return operand.constant && node.op === 'DequantizeLinear' ? this.#dequantized(node, operand, depth) : operand;
  }

  #arrangementOf(name: string, depth: number): string | undefined {
    const expression = this.of(name, depth);
    return expression?.constant === false ? expression.arrangement.key : undefined;
  }

  #combined(scope: Scope, node: Node, depth: number): Expression | undefined {
    const work = elementwise(scope, node);
    if (work === undefined) return undefined;
    const operands: Expression[] = [];
    const factors: string[] = [];
    let arrangement: Arrangement | undefined;
    let cast: number | undefined;
    const known: (Expression | undefined)[] = [];
    for (const input of work.inputs) {
      const operand = this.of(input, depth);
      if (operand === undefined && this.#factored === undefined) return undefined;
      known.push(operand);
    }
    const isFactor = this.#factored !== undefined && isWorthFactors(known, this.#factored);
    for (const [i, input] of work.inputs.entries()) {
      const operand = known[i] ?? (isFactor && multiplies(node, i) ? factor(input) : undefined);
      if (operand === undefined) return undefined;
      operands.push(operand);
      factors.push(...operand.factors);
      if (operand.factors.length > 0 && !multiplies(node, i)) return undefined;
      if (operand.constant) continue;
      arrangement ??= operand.arrangement;
      if (operand.arrangement.key !== arrangement.key) return undefined;
      cast ??= operand.cast;
    }
    if (factors.length > MOST_FACTORS) return undefined;
    return {
      samples: sampledOver(work.f, operands),
      constant: arrangement === undefined,
      cast,
      arrangement: arrangement ?? UNMOVED,
      factors,
    };
  }

  /** (v − zero point)·scale */
  #dequantized({ inputs }: Node, { samples }: Expression, depth: number): Expression | undefined {
    const scale = this.of(inputs[1], depth);
    const zero = inputs[2] ? this.of(inputs[2], depth) : constant(0);
    if (!scale?.constant || !zero?.constant) return undefined;
    return constant((samples[0] - zero.samples[0]) * scale.samples[0]);
  }
}

/** Whether an operand has its place in a product. */
function multiplies({ op }: Node, i: number): boolean {
  return op === 'Mul' || op === 'Neg' || (op === 'Div' && i === 0);
}

/** Whether a product of these operands and unknown ones is more than another unknown value. */
function isWorthFactors(known: readonly (Expression | undefined)[], factored: Factored): boolean {
  const there = known.filter((each) => each !== undefined);
  if (factored === 'without numbers') return there.length > 0;
  return there.some(({ constant, factors }) => !constant || factors.length > 0);
}

function factor(name: string): Expression {
  return { ...constant(1), factors: [name] };
}

function sampledOver(f: (...values: number[]) => number, operands: readonly Expression[]): Samples {
  const [a, b] = operands.map(({ samples }) => samples);
  if (operands.length === 1) return a.map((v) => f(v));
  if (operands.length === 2) return a.map((v, i) => f(v, b[i]));
  return a.map((_, i) => f(...operands.map(({ samples }) => samples[i])));
}

/** A model has few constants, each many times. */
const constants = new Map<number, Expression>();
const MOST_CONSTANTS = 1024;

function constant(value: number): Expression {
  // As a key −0 is 0.
  const known = value === 0 ? undefined : constants.get(value);
  if (known !== undefined) return known;
  const samples = POINTS.map(() => value);
  const made = { samples, constant: true, ...PLAIN };
  if (constants.size === MOST_CONSTANTS) constants.clear();
  if (value !== 0) constants.set(value, made);
  return made;
}

/** ConstantOfShape: a tensor of one value, 0 if none is given. */
function filled(scope: Scope, node: Node): Expression | undefined {
  const given = attributeOf(scope, node, 'value');
  const value = given === undefined ? 0 : uniformOf(given.tensor);
  return value === undefined ? undefined : constant(value);
}

/** What is done about a node: nothing, where undefined. */
export type NodeKind = 'identity' | 'elementwise' | 'move' | 'cast' | 'quantizer' | 'expand' | 'filled';

export function kindOf(scope: Scope, node: Node): NodeKind | undefined {
  const { op, domain } = node;
  if (isQuantizer(node)) return 'quantizer';
  if (domain !== '') return undefined;
  if (op === 'Cast') return castTo(scope, node) === undefined ? undefined : 'cast';
  if (op === 'CastLike') return 'cast';
  if (op === 'Identity' || (op === 'Dropout' && isInference(scope, node))) return 'identity';
  if (op === 'Expand') return 'expand';
  if (op === 'ConstantOfShape') return 'filled';
  if (isMove(node)) return 'move';
  return elementwise(scope, node) === undefined ? undefined : 'elementwise';
}

/** Whether a Dropout (of opset 7 and later, before which an attribute says it) lets its input through. */
function isInference(scope: Scope, { inputs: [, , training = ''] }: Node): boolean {
  if ((scope.graph.opsets.get('')?.version ?? 0) < 7) return false;
  return training === '' || constantTensor(scope, training)?.value === 0;
}

/** Whether a node quantizes or dequantizes. */
export function isQuantizer({ op, domain }: Node): boolean {
  return (domain === '' || domain === 'com.microsoft') && (op === 'QuantizeLinear' || op === 'DequantizeLinear');
}

/** The dtype of a Cast, if that is a float of 16 bits and more. */
function castTo(scope: Scope, node: Node): number | undefined {
  if (node.op === 'CastLike') return typeOf(scope, node.outputs[0])?.dtype;
  const to = attributeOf(scope, node, 'to')?.integer;
  return to !== undefined && FLOATS.has(to) ? to : undefined;
}

/** The node that makes a value, in this graph or one around it. */
export function producerOf(scope: Scope, name: string): { node: Node; scope: Scope } | undefined {
  const home = definingScope(scope, name);
  const node = home?.producer.get(name);
  return home && node && { node, scope: home };
}

/** What a value is called before all Identity. */
export function beforeIdentity(scope: Scope, name: string): string {
  let at = name;
  for (let steps = 0; steps < DEEPEST; steps++) {
    const node = producerOf(scope, at)?.node;
    if (node?.op !== 'Identity' || node.domain !== '' || !node.inputs[0]) return at;
    at = node.inputs[0];
  }
  return at;
}

/** The tensor that a value is if no caller gives another: also an initializer that is an input. */
export function defaultTensor(scope: Scope, name: string): Tensor | undefined {
  return constantTensor(scope, name) ?? overridable(scope, name);
}

/** The initializer of that name, if it is an input too: since IR version 4 a caller may give another. */
function overridable(scope: Scope, name: string): Tensor | undefined {
  const home = definingScope(scope, name);
  return home?.inputs.has(name) ? home.graph.initializers.get(name)?.tensor : undefined;
}

function uniformOf(tensor: Tensor | undefined): number | undefined {
  return tensor?.content?.uniform() ?? tensor?.value;
}
