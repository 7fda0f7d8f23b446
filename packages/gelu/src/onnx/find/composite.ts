import type { Approximate } from '../../activations/gelu/approximate.js';
import type { Node } from '../read/graph.js';
import type { Scope } from '../types/scope.js';
import { type Details, detailsOf } from './details.js';
import {
  beforeIdentity,
  defaultTensor,
  Evaluator,
  type Expression,
  type Factored,
  isQuantizer,
  kindOf,
  producerOf,
} from './evaluate.js';
import { type Heart, heartsOutside } from './outside.js';
import { type FoundActivation, isArgument, recognise, type Tolerance } from './recognise.js';
import { POINTS, type Samples } from './samples.js';
import { valuesOf } from './values.js';

/** An activation made of several nodes. */
export interface Composite {
  activation: FoundActivation;
  variant: Approximate | undefined;
  /** Of x·σ(αx). */
  alpha: number | undefined;
  x: string;
  y: string;
  /** From x to y, in the order of the graph. */
  nodes: Node[];
  /** The operator at its heart, or 'Accurate'. */
  heart: string;
  /** y has this dtype by a Cast, if it is not that of x. */
  cast: number | undefined;
  constantType: number | undefined;
  /** The largest difference from the activation as it is defined, for |x| < 6: its constants may be rounded. */
  deviation: number;
  /** Nodes that move elements, and do nothing else, between x and y. */
  moves: readonly Node[];
  /** Initializers among its constants that a caller may override. */
  overridable: readonly string[];
  /** Its constants may be larger than x. */
  mayWiden: boolean;
  /** Other values that are multiplied in on the way: y is the activation times these. */
  factors: readonly string[];
  /** Nodes of the graphs around this one that are part of it; they stay. */
  outside: readonly Node[];
}

/** Operators that may be at the heart of an activation; first those that are at the heart of few other things. */
const HEARTS = 'Erf Tanh Sigmoid Exp HardSigmoid Clip Min Max Relu Less LessOrEqual Greater GreaterOrEqual'.split(' ');

/** Those that gate other values too. */
const GATES = new Set(HEARTS.slice(0, 6));

/** How far back x is looked for, and how far forward y. */
const FURTHEST = 48;
/** The same where other values are multiplied in. */
const FURTHEST_FACTORED = 12;

/** Operators whose argument is not that of an activation around them. */
const BOUNDARY = new Set('Erf Tanh Sigmoid HardSigmoid'.split(' '));

/** Operators that an activation does not go through behind its heart. */
export const ENDS: ReadonlySet<string> = new Set('Erf Tanh Sigmoid'.split(' '));

/** All activations of a graph that are made of several nodes, but for those around nodes that are parts of others. */
export function composites(scope: Scope, taken: ReadonlySet<Node> = new Set()): Composite[] {
  const hearts = new Map(HEARTS.map((op): [string, Heart[]] => [op, []]));
  for (const node of scope.graph.nodes)
    if (node.domain === '' && !taken.has(node)) hearts.get(node.op)?.push({ node, results: [node.outputs[0]] });
  for (const heart of heartsOutside(scope)) hearts.get(heart.node.op)?.push(heart);
  const all = [...hearts.values()].flat();
  const found = new Map<string, Composite>();
  const parts = new Set<Node>();
  const search = (heart: Heart, factored?: Factored): void => {
    for (const composite of around(scope, heart, factored)) {
      if (found.has(composite.y)) continue;
      found.set(composite.y, composite);
      for (const node of composite.nodes) parts.add(node);
    }
  };
  for (const heart of all) search(heart);
  // Products with other values, taken in another order than function first.
  for (const factored of ['with their numbers', 'without numbers'] as const)
    for (const heart of all) if (GATES.has(heart.node.op) && !parts.has(heart.node)) search(heart, factored);
  return [...found.values()];
}

/** Those around a node: a value x that goes into it and is used twice, and values y that are an activation of x. */
function around(scope: Scope, heart: Heart, factored: Factored | undefined): Composite[] {
  let chances = factored === undefined ? 8 : 3;
  for (const x of candidates(scope, heart.node)) {
    const evaluator = new Evaluator(scope, x, factored);
    const argument = argumentsOf(heart.node)
      .map((name) => evaluator.of(name))
      .find((each) => each?.constant === false);
    if (argument === undefined || argument.factors.length > 0) continue;
    if (!isArgument(argument.samples)) {
      // It is that of something before x at most where there are few steps more, such as those of log(1 + exp(x)).
      if (--chances === 0) return [];
      continue;
    }
    const slope = heart.node.op === 'Erf' ? slopeOf(argument) : undefined;
    if (Number.isNaN(slope)) continue;
    const furthest = factored === undefined ? FURTHEST : FURTHEST_FACTORED;
    const found = resultsOf(scope, evaluator, heart, x, slope, furthest);
    if (found.length > 0) return found;
  }
  return [];
}

/** The values that go into a node and are used at least so often, the nearest first. */
export function* candidates(scope: Scope, heart: Node, uses = 2): Generator<string> {
  const values = valuesOf(scope);
  const reached = argumentsOf(heart).map((name) => beforeIdentity(scope, name));
  const seen = new Set(reached.map(values.of));
  for (let i = 0; i < reached.length; i++) {
    if (values.uses(reached[i]) >= uses) yield reached[i];
    if (reached.length >= FURTHEST) continue;
    const made = producerOf(scope, reached[i]);
    const kind = made && kindOf(made.scope, made.node);
    if (made === undefined || BOUNDARY.has(made.node.op) || kind === undefined) continue;
    const { inputs } = made.node;
    const operands = kind === 'elementwise' ? inputs : inputs.slice(0, 1);
    // Another heart's result is x, or this is no argument of an activation.
    const ends = operands.filter((name) => isEnd(scope, name));
    for (const name of ends.length > 0 ? ends : operands) {
      const input = beforeIdentity(scope, name);
      if (input === '' || defaultTensor(scope, input) !== undefined || seen.has(values.of(input))) continue;
      seen.add(values.of(input));
      reached.push(input);
    }
  }
}

/** Whether a value is the result of an operator that ends an activation's argument. */
export function isEnd(scope: Scope, name: string): boolean {
  const node = producerOf(scope, name)?.node;
  return node !== undefined && node.domain === '' && ENDS.has(node.op);
}

/** What a heart is a function of: of two for Min and Max, one of which is a number. */
function argumentsOf({ op, inputs }: Node): string[] {
  return inputs.slice(0, op === 'Min' || op === 'Max' ? 2 : 1).filter((name) => name !== '');
}

/** Whether a function grows no faster than x: so does everything between a heart and its result, but for exponentials. */
function isModest(samples: Samples): boolean {
  const last = samples.length - 1;
  return !(Math.abs(samples[last]) > 100 * POINTS[last]);
}

/** The slope of the argument of Erf; NaN if it is not proportional to x. */
function slopeOf({ samples }: Expression): number {
  const slope = samples[0] / POINTS[0];
  return samples.every((v, i) => Math.abs(v - slope * POINTS[i]) <= 1e-9 * Math.abs(v)) ? slope : Number.NaN;
}

/** So many nodes after a heart are tried; no model has more. */
const MOST_TAKERS = 256;

/** Activations of x that a node leads to. */
function resultsOf(
  scope: Scope,
  evaluator: Evaluator,
  heart: Heart,
  x: string,
  slope: number | undefined,
  furthest: number,
): Composite[] {
  const values = valuesOf(scope);
  const known = new Set([x, heart.node.outputs[0]].map(values.of));
  const found: Composite[] = [];
  const reached = heart.results.filter((name) => !isDone(evaluator.of(name), slope));
  const seen = new Set(reached);
  let tried = 0;
  for (let i = 0; i < reached.length && reached.length < furthest; i++) {
    for (const node of values.consumers(reached[i])) {
      if (++tried > MOST_TAKERS) return found;
      const y = node.outputs[0];
      if (y === undefined || seen.has(y) || ENDS.has(node.op) || kindOf(scope, node) === undefined) continue;
      if (node.inputs.some((name) => isEnd(scope, name) && !known.has(values.of(name)))) continue;
      const expression = evaluator.of(y);
      if (expression === undefined || expression.constant) continue;
      seen.add(y);
      const result = resultOf(scope, evaluator, heart.node, x, y, expression, slope);
      if (result === undefined && (heart.node.op === 'Exp' || isModest(expression.samples))) reached.push(y);
      else if (result !== undefined && result !== 'wider') found.push(result);
    }
  }
  return found;
}

/** Whether a value is an activation itself. */
function isDone(expression: Expression | undefined, slope: number | undefined): boolean {
  return expression !== undefined && recognise(expression.samples, slope, tolerances.coarse) !== undefined;
}

function resultOf(
  scope: Scope,
  evaluator: Evaluator,
  heart: Node,
  x: string,
  y: string,
  { samples, cast, arrangement, factors }: Expression,
  slope: number | undefined,
): Composite | 'wider' | undefined {
  // First with much leave, since what is between has yet to be seen.
  if (recognise(samples, slope, tolerances.coarse) === undefined) return undefined;
  // Moved elements would have to be told apart from those of the other factors.
  if (factors.length > 0 && arrangement.key !== '') return undefined;
  const details = detailsOf(scope, evaluator, x, y);
  const recognised = recognise(samples, slope, toleranceOf(details));
  if (recognised === undefined) return undefined;
  if (details.widens === 'always') return 'wider';
  const { activation, variant, alpha, deviation } = recognised;
  const { nodes, outside, overridable, constantType, widens } = details;
  const { steps: moves } = arrangement;
  const mayWiden = widens === 'perhaps';
  const what = { activation, variant, alpha, x, y, nodes, heart: heart.op, cast, constantType, deviation };
  return Object.assign(what, { moves, overridable, mayWiden, factors, outside });
}

const tolerances = {
  float32: { rounding: 1e-6, inside: 1e-3 },
  float16: { rounding: 2 ** -9, inside: 2 ** -8 },
  coarse: { rounding: 2 ** -6, inside: 2 ** -6 },
};

function toleranceOf({ nodes, constantType }: Details): Tolerance {
  if (constantType === 16 || nodes.some(isQuantizer)) return tolerances.coarse;
  return constantType === 10 ? tolerances.float16 : tolerances.float32;
}
