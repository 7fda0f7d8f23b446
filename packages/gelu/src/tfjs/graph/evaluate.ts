import { scalarFunction } from '../../activations/gelu/forms.js';
import type { NodeDef } from './model.js';
import { type Scope, type Value, valueIn } from './scope.js';

/** The points at which functions are compared. */
export const POINTS: readonly number[] = [
  0.01, 0.1, 0.25, 0.5, 0.75, 1, 1.4, 1.8, 2.2, 2.6, 2.9, 3.1, 3.6, 4.2, 5, 6, 7.5, 10, 30,
].flatMap((x) => [x, -x]);

/** A value as a function of x: its results at the points, and the shapes of the constants in it. */
export interface Evaluated {
  readonly at: readonly number[];
  readonly usesX: boolean;
  readonly shapes: readonly (readonly number[])[];
}

const gelu = scalarFunction({ approximate: 'none', mean: 0, std: 1 }, 0);
/** Φ(v), to the last digits also where it is small. */
const normal = (v: number): number => (v === 0 ? 0.5 : v < -38 ? 0 : v > 9 ? 1 : gelu(v) / v);
const erfc = (v: number): number => 2 * normal(-Math.SQRT2 * v);

type Operation = (...operands: readonly number[]) => number;

const same: Operation = (a) => a;
const clip: Operation = (a, low, high) => Math.min(Math.max(a, low), high);
const add: Operation = (...terms) => terms.reduce((sum, term) => sum + term, 0);
const divide: Operation = (a, b) => a / b;

/** Elementwise operations of TensorFlow, exactly. */
const OPERATIONS: { readonly [op: string]: Operation } = {
  Identity: same,
  StopGradient: same,
  PreventGradient: same,
  Snapshot: same,
  Cast: same,
  Add: add,
  AddV2: add,
  AddN: add,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: divide,
  RealDiv: divide,
  Neg: (a) => -a,
  Inv: (a) => 1 / a,
  Reciprocal: (a) => 1 / a,
  Square: (a) => a * a,
  Sqrt: Math.sqrt,
  Rsqrt: (a) => 1 / Math.sqrt(a),
  Pow: (a, b) => a ** b,
  Abs: Math.abs,
  Sign: Math.sign,
  Exp: Math.exp,
  Expm1: Math.expm1,
  Log: Math.log,
  Log1p: Math.log1p,
  Tanh: Math.tanh,
  Sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  Softplus: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
  Erf: (a) => (a < 0 ? erfc(-a) - 1 : 1 - erfc(a)),
  Erfc: erfc,
  Relu: (a) => Math.max(a, 0),
  Relu6: (a) => clip(a, 0, 6),
  Maximum: Math.max,
  Minimum: Math.min,
  ClipByValue: clip,
};

const FLOATS = new Set<unknown>(['DT_FLOAT', 'DT_HALF', 'DT_DOUBLE', 'DT_BFLOAT16', 1, 19, 2, 14, undefined]);

/** Whether a node works elementwise on floating-point numbers and is known here. */
export function isElementwise({ op, attr = {} }: NodeDef): boolean {
  if (!Object.hasOwn(OPERATIONS, op)) return false;
  return ['T', 'SrcT', 'DstT'].every((key) => FLOATS.has(attr[key]?.type));
}

/** Follows nodes back to x and constants, and computes them at the points. Each value once. */
export class Evaluator {
  readonly #scope: Scope;
  readonly #known = new Map<string, Evaluated | undefined>();

  constructor(scope: Scope, x: Value) {
    this.#scope = scope;
    this.#known.set(x.key, { at: POINTS, usesX: true, shapes: [] });
  }

  /** Undefined where it is made of more than x and numbers. `depth` bounds how far back it goes. */
  of(value: Value, depth = 32): Evaluated | undefined {
    if (this.#known.has(value.key)) return this.#known.get(value.key);
    this.#known.set(value.key, undefined); // while it is worked on, so that a circle ends
    const found = this.#constant(value.node) ?? (depth > 0 ? this.#computed(value, depth - 1) : undefined);
    this.#known.set(value.key, found);
    return found;
  }

  /** A number; in a loop of TensorFlow 1 it comes through an Enter. */
  #constant(name: string): Evaluated | undefined {
    let node = this.#scope.byName.get(name);
    for (let i = 0; i < 8 && node !== undefined && (node.op === 'Enter' || node.op === 'Identity'); i++)
      node = this.#scope.byName.get(valueIn(node.input?.[0] ?? '')?.node ?? '');
    if (node?.op !== 'Const') return undefined;
    const constant = this.#scope.constant(node.name);
    return constant && { at: POINTS.map(() => constant.value), usesX: false, shapes: [constant.shape] };
  }

  #computed({ node: name }: Value, depth: number): Evaluated | undefined {
    const node = this.#scope.byName.get(name);
    if (node === undefined || !isElementwise(node)) return undefined;
    const operands: Evaluated[] = [];
    for (const input of node.input ?? []) {
      const value = valueIn(input);
      if (value === undefined) continue;
      const operand = this.of(value, depth);
      if (operand === undefined) return undefined;
      operands.push(operand);
    }
    const operation = OPERATIONS[node.op];
    return {
      at: POINTS.map((_, i) => operation(...operands.map(({ at }) => at[i]))),
      usesX: operands.some(({ usesX }) => usesX),
      shapes: operands.flatMap(({ shapes }) => shapes).filter((shape) => shape.length > 0),
    };
  }
}
