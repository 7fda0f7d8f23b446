import type { Approximate } from '../../activations/gelu/approximate.js';
import type { Node } from '../read/graph.js';
import type { Scope } from '../types/scope.js';
import { Evaluator, type Expression, isArithmetic, sourceOf } from './evaluate.js';
import { asConstant, DEGREES, matches } from './polynomial.js';

/** A GELU made of several nodes. */
export interface Composite {
  variant: Approximate;
  /** Of x·σ(αx). */
  alpha: number | undefined;
  x: string;
  y: string;
  /** From x to y, in the order of the graph. */
  nodes: Node[];
  /** The function at its heart. */
  heart: 'Erf' | 'Tanh' | 'Sigmoid' | 'Accurate';
  /** y has this dtype by a Cast, if it is not that of x. */
  cast: number | undefined;
  constantType: number | undefined;
  rank: number;
}

const HEARTS = new Set(['Erf', 'Tanh', 'Sigmoid']);

/** How far back x is looked for. */
const FURTHEST = 24;

/** All GELUs of a graph that are made of several nodes. */
export function composites(scope: Scope): Composite[] {
  return scope.graph.nodes.flatMap((node) => {
    if (node.domain !== '' || !HEARTS.has(node.op)) return [];
    const found = compositeAround(scope, node);
    return found === undefined ? [] : [found];
  });
}

/**
 * Around erf, tanh or σ: a value x of which its argument is the right polynomial, and a value y that is the right one in x
 * and the function's result. So the order and grouping in which an exporter wrote it do not matter.
 */
function compositeAround(scope: Scope, heart: Node): Composite | undefined {
  for (const x of candidates(scope, heart.inputs[0])) {
    const argument = new Evaluator(scope, x).of(heart.inputs[0]);
    const form = argument && formOf(heart.op as Composite['heart'], argument);
    if (form === undefined) continue;
    const found = resultOf(scope, heart, x, form);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The values that go into `name`, the nearest first. */
function candidates(scope: Scope, name: string): string[] {
  const found = [name];
  for (let i = 0; i < found.length && found.length < FURTHEST; i++) {
    const node = scope.producer.get(found[i]);
    if (node === undefined || !isArithmetic(node)) continue;
    for (const input of node.inputs) if (!found.includes(input)) found.push(input);
  }
  return found;
}

interface Form {
  variant: Approximate;
  alpha: number | undefined;
  /** −1 if the argument is negative: erf and tanh are odd, σ(−v) = 1 − σ(v). */
  sign: 1 | -1;
}

const CUBIC = 0.044715;
const TANH_SLOPE = Math.sqrt(2 / Math.PI);
const QUICK = 1.702;
/** Some write 1.7. */
const QUICK_TOLERANCE = 5e-3;

function toleranceOf(...expressions: readonly Expression[]): number {
  return expressions.some(({ constantType }) => constantType === 16) ? 2 ** -6 : 1e-3;
}

function formOf(heart: Composite['heart'], argument: Expression): Form | undefined {
  const { polynomial } = argument;
  const sign = polynomial[1] < 0 ? -1 : 1;
  const tolerance = toleranceOf(argument);
  const is = (slope: number, cubic: number, within = tolerance): boolean =>
    matches(polynomial, { 1: sign * slope, 3: sign * slope * cubic }, within);
  // tanh(v) = 2σ(2v) − 1
  const scale = heart === 'Sigmoid' ? 1 : 0.5;
  if (heart === 'Erf') return is(Math.SQRT1_2, 0) ? { variant: 'none', alpha: undefined, sign } : undefined;
  if (is(2 * scale * TANH_SLOPE, CUBIC, 2 * tolerance)) return { variant: 'tanh', alpha: undefined, sign };
  if (is(scale * QUICK, 0, Math.max(QUICK_TOLERANCE, tolerance)))
    return { variant: 'sigmoid', alpha: Math.abs(polynomial[1]) / scale, sign };
  return undefined;
}

/** y: the first value after the heart that is ½x + ½x·E, for σ x·E. */
function resultOf(scope: Scope, heart: Node, x: string, { variant, alpha, sign }: Form): Composite | undefined {
  const evaluator = new Evaluator(scope, x, heart.outputs[0]);
  const half = { 1: 0.5, [DEGREES + 1]: 0.5 * sign };
  const expected = heart.op !== 'Sigmoid' ? half : sign > 0 ? { [DEGREES + 1]: 1 } : { 1: 1, [DEGREES + 1]: -1 };
  const reached = [heart.outputs[0]];
  for (let i = 0; i < reached.length; i++) {
    for (const node of scope.consumers.get(reached[i]) ?? []) {
      const y = node.outputs[0];
      const expression = isArithmetic(node) && !reached.includes(y) ? evaluator.of(y) : undefined;
      if (expression === undefined) continue;
      const { polynomial, cast, constantType, rank } = expression;
      if (matches(polynomial, expected, toleranceOf(expression))) {
        const nodes = between(scope, evaluator, x, y);
        return { variant, alpha, x, y, nodes, heart: heart.op as Composite['heart'], cast, constantType, rank };
      }
      reached.push(y);
    }
  }
  return undefined;
}

/** The nodes from x to y that depend on x, in the order of the graph. */
function between(scope: Scope, evaluator: Evaluator, x: string, y: string): Node[] {
  const nodes = new Set<Node>();
  const collect = (name: string): void => {
    const node = name === x ? undefined : scope.producer.get(name);
    if (node === undefined || nodes.has(node)) return;
    const expression = evaluator.of(name);
    if (expression !== undefined && asConstant(expression.polynomial) !== undefined) return;
    nodes.add(node);
    if (sourceOf(scope, name) !== sourceOf(scope, x)) node.inputs.forEach(collect); // a Cast may have a twin
  };
  collect(y);
  return scope.graph.nodes.filter((node) => nodes.has(node));
}
