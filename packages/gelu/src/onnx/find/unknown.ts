import type { Node } from '../read/graph.js';
import type { Scope } from '../types/scope.js';
import { candidates, ENDS, isEnd } from './composite.js';
import { defaultTensor, Evaluator, kindOf, producerOf } from './evaluate.js';
import { gateOf } from './gates.js';
import { describeFunction } from './recognise.js';
import { valuesOf } from './values.js';

/** A node that is the heart of no activation that was found, and why. */
export interface NotUnderstood {
  scope: Scope;
  node: Node;
  /** Its place among the nodes of its graph. */
  index: number;
  reason: string;
}

const HEARTS = new Set(['Erf', 'Tanh', 'Sigmoid', 'QLinearSigmoid']);

/** Whether a node may be the heart of a GELU. */
export function isHeart({ op, domain }: Node): boolean {
  return HEARTS.has(op) && (domain === '' || domain === 'com.microsoft');
}

/** Why no activation was found around a node. */
export function whyNotUnderstood(scope: Scope, heart: Node): string {
  const [input = ''] = heart.inputs;
  if (heart.domain !== '') return 'it computes with integers';
  const file = missingFile(scope, heart);
  if (file !== undefined) return `its constants are in ${file}, which was not given`;
  const { of } = valuesOf(scope);
  const tried = new Set<string>();
  for (const x of candidates(scope, heart, 1)) {
    const told = toldOf(scope, heart, x);
    if (told !== undefined) return told;
    if (tried.add(of(x)).size === MOST_TRIED) break;
  }
  const multiplied = productWith(scope, heart);
  if (multiplied === undefined) return 'it is not multiplied by its input';
  if (tried.has(of(multiplied))) return `with '${multiplied}' it makes no activation that is known here`;
  const glu = gateOf(scope, 'sigmoid', input, heart.outputs[0]) !== undefined && heart.op === 'Sigmoid';
  return `it is multiplied by '${multiplied}', ${glu ? 'as the gate of GLU is' : 'which is no function of its input'}`;
}

/** What is computed of x instead. */
function toldOf(scope: Scope, heart: Node, x: string): string | undefined {
  const evaluator = new Evaluator(scope, x);
  if (evaluator.of(heart.inputs[0])?.constant !== false) return undefined;
  let told: string | undefined;
  for (const name of reachedFrom(scope, heart, x)) {
    const expression = evaluator.of(name);
    if (expression?.constant === false) told = describeFunction(expression.samples) ?? told;
  }
  return told && `of '${x}' it makes ${told}`;
}

const FURTHEST = 12;
/** So many values are tried to be told of. */
const MOST_TRIED = 8;

/** So many takers of a value are looked at. */
const MOST_NEIGHBOURS = 64;

/** Values that are made of a node's result, element by element. */
function reachedFrom(scope: Scope, heart: Node, x?: string): string[] {
  const reached = [heart.outputs[0]];
  for (let i = 0; i < reached.length && reached.length < FURTHEST; i++)
    for (const node of scope.consumers.get(reached[i]) ?? []) {
      if (reached.length === FURTHEST) return reached;
      if (
        !ENDS.has(node.op) &&
        !othersEnd(scope, node, heart, x) &&
        kindOf(scope, node) !== undefined &&
        !reached.includes(node.outputs[0])
      )
        reached.push(node.outputs[0]);
    }
  return reached;
}

/** Whether a node also takes the result of another such operator. */
function othersEnd(scope: Scope, node: Node, heart: Node, x: string | undefined): boolean {
  return node.inputs.some((name) => isEnd(scope, name) && name !== heart.outputs[0] && name !== x);
}

/** What the result, or a sum with it, is multiplied by. */
function productWith(scope: Scope, heart: Node): string | undefined {
  for (const name of reachedFrom(scope, heart))
    for (const node of scope.consumers.get(name) ?? []) {
      if (node.op !== 'Mul' || node.domain !== '') continue;
      const other = node.inputs.find((input) => input !== name);
      if (other !== undefined && defaultTensor(scope, other) === undefined) return other;
    }
  return undefined;
}

/** A file that holds a constant which the node, or one of its neighbours, takes. */
function missingFile(scope: Scope, heart: Node): string | undefined {
  const neighbours = [producerOf(scope, heart.inputs[0] ?? '')?.node];
  for (const name of reachedFrom(scope, heart))
    neighbours.push(...valuesOf(scope).consumers(name).slice(0, MOST_NEIGHBOURS));
  for (const node of neighbours)
    for (const name of node?.inputs ?? []) {
      const tensor = defaultTensor(scope, name);
      const small = tensor?.dims.reduce((count, n) => count * n, 1) === 1;
      if (small && tensor?.external !== undefined && tensor.content?.uniform() === undefined) return tensor.external;
    }
  return undefined;
}
