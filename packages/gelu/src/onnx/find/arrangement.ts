import type { Node } from '../read/graph.js';
import type { Dim } from '../read/value.js';
import { attributeOf, type Scope } from '../types/scope.js';
import { dimsOf } from './dims.js';
import { valuesOf } from './values.js';

/**
 * How the elements of a value lie, beside those of x: in the same order and shape, or as nodes that only move them have left them.
 * What two values combine to is element by element a function of x only if both lie alike.
 */
export interface Arrangement {
  /** Equal keys, equal arrangements; '' is that of x. */
  key: string;
  /** The nodes that make it of x. */
  steps: readonly Node[];
  /** The last step: what was before it; `from` is that without the shapes just before. */
  last: { kind: 'order' | 'shape'; before: Arrangement; from: Arrangement } | undefined;
}

export const UNMOVED: Arrangement = { key: '', steps: [], last: undefined };

/** Operators that give another shape to the same elements in the same order. */
const RESHAPING = new Set('Reshape Squeeze Unsqueeze Flatten'.split(' '));

/** Whether a node moves elements and does nothing else. */
export function isMove({ op, domain }: Node): boolean {
  return domain === '' && (op === 'Transpose' || RESHAPING.has(op));
}

/** The most moves between x and the result. */
const MOST_STEPS = 8;

/**
 * What a node that moves elements makes of an arrangement; `x` is the value that they come from, `keyOf` tells the arrangement of
 * other values that are functions of it.
 */
export function moved(
  scope: Scope,
  x: string,
  before: Arrangement,
  node: Node,
  keyOf: (name: string) => string | undefined,
): Arrangement | undefined {
  if (before.steps.length >= MOST_STEPS) return undefined;
  const steps = [...before.steps, node];
  if (node.op === 'Transpose') return transposed(scope, before, node, steps);
  const previous = before.steps[before.steps.length - 1];
  if (before.last !== undefined && undoes(scope, node, previous)) return before.last.before;
  // Of several shapes only the last counts; one that x had before is none.
  const from = before.last?.kind === 'shape' ? before.last.from : before;
  if (from.key === '' && equalDims(dimsOf(scope, node.outputs[0]), dimsOf(scope, x))) return UNMOVED;
  const model = node.op === 'Reshape' ? shapeOf(scope, node.inputs[1]) : undefined;
  if (model !== undefined && keyOf(model) === from.key) return from;
  const dims = dimsOf(scope, node.outputs[0]);
  const known = dims?.every((dim) => dim !== undefined);
  const key = known ? `${from.key} shape ${JSON.stringify(dims)}` : `${before.key} ${callKey(scope, node)}`;
  return { key, steps, last: { kind: 'shape', before, from } };
}

function transposed(scope: Scope, before: Arrangement, node: Node, steps: readonly Node[]): Arrangement {
  const order = attributeOf(scope, node, 'perm')?.integers;
  const key = ` order ${order ?? ''}`;
  // A transposition that undoes the one before it.
  if (before.last?.kind === 'order') {
    const first = attributeOf(scope, before.steps[before.steps.length - 1], 'perm')?.integers;
    const undone = order === undefined ? first === undefined : order.every((from, to) => first?.[from] === to);
    if (undone) return before.last.from;
  }
  return { key: before.key + key, steps, last: { kind: 'order', before, from: before } };
}

const OPPOSITE: Readonly<Record<string, string>> = { Squeeze: 'Unsqueeze', Unsqueeze: 'Squeeze' };

/** Whether a node takes away the dimensions that the one before has added, or the reverse. */
function undoes(scope: Scope, node: Node, previous: Node): boolean {
  const axes = (one: Node): string => {
    const [, input = ''] = one.inputs;
    return JSON.stringify([attributeOf(scope, one, 'axes')?.integers, input && valuesOf(scope).of(input)]);
  };
  return OPPOSITE[node.op] === previous.op && axes(node) === axes(previous) && axes(node) !== '[null,""]';
}

/** What a node does, all but its first input. */
function callKey(scope: Scope, node: Node): string {
  const parameters = [...node.attributes.keys()].sort().map((name) => {
    const { integer, integers, reference } = attributeOf(scope, node, name) ?? {};
    return [name, integer ?? null, integers, reference];
  });
  return JSON.stringify([node.op, parameters, node.inputs.slice(1).map((name) => valuesOf(scope).of(name))]);
}

/** The value of which another is the shape. */
export function shapeOf(scope: Scope, shape: string | undefined): string | undefined {
  const node = shape === undefined ? undefined : scope.producer.get(valuesOf(scope).of(shape));
  const whole = node?.attributes.size === 0 && node.inputs.length === 1;
  return whole && node.domain === '' && node.op === 'Shape' ? node.inputs[0] : undefined;
}

function equalDims(a: readonly Dim[] | undefined, b: readonly Dim[] | undefined): boolean {
  return a !== undefined && a.length === b?.length && a.every((dim, i) => dim !== undefined && dim === b[i]);
}
