import type { Node } from '../read/graph.js';
import { constantTensor, type Scope } from '../types/scope.js';
import { kindOf, producerOf } from './evaluate.js';

/** A node that may be at the heart of an activation, and the values of it that its results are looked for behind. */
export interface Heart {
  node: Node;
  results: string[];
}

const HEARTS = new Set('Erf Tanh Sigmoid Exp HardSigmoid Clip'.split(' '));

/** So many steps lie between such a node and the graph that uses it. */
const FURTHEST = 16;

/**
 * Nodes of the graphs around one, a branch or the body of a loop, that may be at the heart of what this makes of them: with the values
 * that come in.
 */
export function heartsOutside(scope: Scope): Heart[] {
  if (scope.outer === undefined) return [];
  const hearts = new Map<Node, Heart>();
  const names = new Set(scope.graph.nodes.flatMap(({ inputs }) => inputs));
  for (const name of names) {
    if (name === '' || scope.producer.has(name) || scope.inputs.has(name)) continue;
    const reached = new Set([name]);
    for (const at of reached) {
      if (reached.size > FURTHEST) break;
      const made = constantTensor(scope, at) ? undefined : producerOf(scope, at);
      const kind = made && kindOf(made.scope, made.node);
      if (made === undefined || kind === undefined) continue;
      const { node } = made;
      if (HEARTS.has(node.op)) {
        const heart = hearts.get(node);
        if (heart) heart.results.push(name);
        else hearts.set(node, { node, results: [name] });
      } else for (const input of kind === 'elementwise' ? node.inputs : node.inputs.slice(0, 1)) reached.add(input);
    }
  }
  return [...hearts.values()];
}
