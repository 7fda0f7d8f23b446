import type { Node } from '../read/graph.js';
import { constantTensor, type Scope } from '../types/scope.js';
import { asConstant, constant, E, type Polynomial, product, sum, X } from './polynomial.js';

/** A value as a polynomial in x and E, and what was met on the way to it. */
export interface Expression {
  polynomial: Polynomial;
  /** The dtype that a Cast gave it, if it is not that of x. */
  cast: number | undefined;
  /** The least precise dtype of the constants in it. */
  constantType: number | undefined;
  /** The most dimensions of a constant in it. */
  rank: number;
}

/** Follows nodes back to x and E and computes with polynomials. */
export class Evaluator {
  readonly #scope: Scope;
  readonly #known = new Map<string, Expression | undefined>();

  /** `x` is a value of the graph; `e` the result of the function at the heart of a GELU, if it may be used. */
  constructor(scope: Scope, x: string, e?: string) {
    this.#scope = scope;
    const atom = { cast: undefined, constantType: undefined, rank: 0 };
    this.#known.set(sourceOf(scope, x), { ...atom, polynomial: X });
    if (e !== undefined) this.#known.set(e, { ...atom, polynomial: E });
  }

  /** The expression of a value, undefined if it is made of more than x, E and numbers. */
  of(name: string): Expression | undefined {
    const value = sourceOf(this.#scope, name);
    if (this.#known.has(value)) return this.#known.get(value);
    this.#known.set(value, undefined); // while it is worked on, so that a circle ends
    const expression = this.#constant(value) ?? this.#computed(value);
    this.#known.set(value, expression);
    return expression;
  }

  #constant(name: string): Expression | undefined {
    const tensor = constantTensor(this.#scope, name);
    if (tensor?.value === undefined) return undefined;
    const { value, dtype, dims } = tensor;
    return { polynomial: constant(value), cast: undefined, constantType: dtype, rank: dims.length };
  }

  #computed(name: string): Expression | undefined {
    const node = this.#scope.producer.get(name);
    if (node === undefined || !isArithmetic(node)) return undefined;
    const cast = node.op === 'Cast' ? node.attributes.get('to')?.integer : undefined;
    const operands: Expression[] = [];
    for (const input of node.op === 'CastLike' ? node.inputs.slice(0, 1) : node.inputs) {
      const operand = this.of(input);
      if (operand === undefined) return undefined;
      operands.push(operand);
    }
    const polynomial = apply(
      node.op,
      operands.map((o) => o.polynomial),
    );
    if (polynomial === undefined) return undefined;
    return {
      polynomial,
      cast: cast ?? operands.find((o) => o.cast !== undefined)?.cast,
      constantType: coarsest(operands.map((o) => o.constantType)),
      rank: Math.max(...operands.map((o) => o.rank)),
    };
  }
}

const ARITHMETIC = new Set('Add Sum Sub Mul Div Neg Pow Sqrt Reciprocal Cast CastLike Identity'.split(' '));

/** Whether the algebra here covers a node. */
export function isArithmetic({ op, domain }: Node): boolean {
  return domain === '' && ARITHMETIC.has(op);
}

function apply(op: string, [a, b, ...rest]: readonly Polynomial[]): Polynomial | undefined {
  if (a === undefined) return undefined;
  if (op === 'Cast' || op === 'CastLike' || op === 'Identity') return a;
  if (op === 'Neg') return sum(constant(0), a, -1);
  if (op === 'Sum') return [b, ...rest].reduce((total, term) => (term === undefined ? total : sum(total, term)), a);
  const number = asConstant(a);
  if (op === 'Sqrt') return number === undefined ? undefined : constant(Math.sqrt(number));
  if (op === 'Reciprocal') return number === undefined ? undefined : constant(1 / number);
  if (b === undefined) return undefined;
  if (op === 'Add') return sum(a, b);
  if (op === 'Sub') return sum(a, b, -1);
  if (op === 'Mul') return product(a, b);
  const right = asConstant(b);
  if (right === undefined) return undefined;
  if (op === 'Div') return product(a, constant(1 / right));
  return power(a, right);
}

function power(a: Polynomial, exponent: number): Polynomial | undefined {
  const number = asConstant(a);
  if (number !== undefined) return constant(number ** exponent);
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > 3) return undefined;
  let result: Polynomial | undefined = constant(1);
  for (let i = 0; i < exponent && result !== undefined; i++) result = product(result, a);
  return result;
}

/** float16 and bfloat16 round constants most. */
function coarsest(types: readonly (number | undefined)[]): number | undefined {
  return [16, 10].find((type) => types.includes(type)) ?? types.find((type) => type !== undefined);
}

/** Where a value really comes from: before Identity; of Casts of one value to one dtype, the first. */
export function sourceOf(scope: Scope, name: string): string {
  const node = scope.producer.get(name);
  if (node === undefined || node.domain !== '' || node.inputs.length !== 1) return name;
  if (node.op === 'Identity') return sourceOf(scope, node.inputs[0]);
  if (node.op !== 'Cast') return name;
  const to = node.attributes.get('to')?.integer;
  const twin = scope.consumers
    .get(node.inputs[0])
    ?.find((other) => other.op === 'Cast' && other.attributes.get('to')?.integer === to);
  return twin?.outputs[0] ?? name;
}
