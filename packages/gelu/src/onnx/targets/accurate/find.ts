import type { Composite } from '../../find/composite.js';
import { valuesOf } from '../../find/values.js';
import type { Node } from '../../read/graph.js';
import { FLOAT32 } from '../../read/tensor.js';
import { constantTensor, type Scope } from '../../types/scope.js';
import { readMark } from './mark.js';

/** The accurate forms that were written here before: Where(Less(x, 0), …) with a mark. */
export function accurateForms(scope: Scope): Composite[] {
  return scope.graph.nodes.flatMap((node) => {
    const mark = node.op === 'Where' ? readMark(node.doc) : undefined;
    const x = scope.producer.get(node.inputs[0])?.inputs[0];
    if (mark === undefined || x === undefined) return [];
    const composite: Composite = {
      activation: 'gelu',
      ...mark,
      x,
      y: node.outputs[0],
      nodes: between(scope, x, node),
      heart: 'Accurate',
      cast: undefined,
      constantType: FLOAT32,
      deviation: 0,
      moves: [],
      overridable: [],
      mayWiden: false,
      factors: [],
      outside: [],
    };
    return [composite];
  });
}

function between(scope: Scope, x: string, last: Node): Node[] {
  const nodes = new Set<Node>([last]);
  for (const node of nodes)
    for (const name of node.inputs) {
      const producer = name === x || constantTensor(scope, name) ? undefined : scope.producer.get(name);
      if (producer !== undefined) nodes.add(producer);
    }
  const { position } = valuesOf(scope);
  return [...nodes].sort((a, b) => position(a) - position(b));
}
