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
  /** The order of dimensions and then the shape, each with what was before. */
  last: { kind: 'order' | 'shape'; from: Arrangement } | undefined;
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

/** What a node that moves elements makes of an arrangement; `x` is the value that they come from. */
export function moved(scope: Scope, x: string, before: Arrangement, node: Node): Arrangement | undefined {
  if (before.steps.length >= MOST_STEPS) return undefined;
  const steps = [...before.steps, node];
  if (node.op === 'Transpose') return transposed(scope, before, node, steps);
  // Of several shapes only the last counts; one that x had before is none.
  const from = before.last?.kind === 'shape' ? before.last.from : before;
  if (from.key === '' && sameShape(scope, node.outputs[0], x)) return UNMOVED;
  const dims = dimsOf(scope, node.outputs[0]);
  const known = dims?.every((dim) => dim !== undefined);
  const key = known ? `${from.key} shape ${JSON.stringify(dims)}` : `${before.key} ${callKey(scope, node)}`;
  return { key, steps, last: { kind: 'shape', from } };
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
  return { key: before.key + key, steps, last: { kind: 'order', from: before } };
}

/** What a node does, all but its first input. */
function callKey(scope: Scope, node: Node): string {
  const parameters = [...node.attributes.keys()].sort().map((name) => {
    const { integer, integers, reference } = attributeOf(scope, node, name) ?? {};
    return [name, integer ?? null, integers, reference];
  });
  return JSON.stringify([node.op, parameters, node.inputs.slice(1).map((name) => valuesOf(scope).of(name))]);
}

/** Whether two values are known to have the same shape. */
function sameShape(scope: Scope, a: string, b: string): boolean {
  const node = scope.producer.get(a);
  if (node?.op === 'Reshape' && shapeIsOf(scope, node.inputs[1], b)) return true;
  return equalDims(dimsOf(scope, a), dimsOf(scope, b));
}

/** Whether a value is the shape of another. */
export function shapeIsOf(scope: Scope, shape: string | undefined, value: string): boolean {
  const values = valuesOf(scope);
  const node = shape === undefined ? undefined : scope.producer.get(values.of(shape));
  const whole = node?.attributes.size === 0 && node.inputs.length === 1;
  return whole && node.domain === '' && node.op === 'Shape' && values.of(node.inputs[0]) === values.of(value);
}

function equalDims(a: readonly Dim[] | undefined, b: readonly Dim[] | undefined): boolean {
  return a !== undefined && a.length === b?.length && a.every((dim, i) => dim !== undefined && dim === b[i]);
}
