import type { Approximate } from '../../activations/gelu/approximate.js';
import type { Graph, Node } from '../read/graph.js';
import type { Model } from '../read/model.js';
import { accurateForms } from '../targets/accurate/find.js';
import { type Scope, scopeOf, typeOf } from '../types/scope.js';
import { type Composite, composites } from './composite.js';
import { singles } from './single.js';

/** A GELU and where it stands. */
export interface Found {
  scope: Scope;
  variant: Approximate;
  alpha: number | undefined;
  x: string;
  bias: string | undefined;
  y: string;
  nodes: Node[];
  /** Undefined where it is one node. */
  composite: Composite | undefined;
  /** The number of the dtype of y. */
  dtype: number | undefined;
  /** Values on the way from x to y that are used elsewhere too. */
  shared: string[];
}

/** All GELUs of a model, graph by graph, in the order of the nodes. */
export function findAll({ graph, functions, irVersion }: Model): Found[] {
  return [graph, ...functions].flatMap((top) => findIn(top, undefined, irVersion));
}

function findIn(graph: Graph, outer: Scope | undefined, irVersion: number): Found[] {
  const scope = scopeOf(graph, outer, irVersion);
  const found = new Map<Node, Found>();
  for (const { node, variant, alpha, bias } of singles(graph)) {
    const [x, y] = [node.inputs[0], node.outputs[0]];
    const dtype = typeOf(scope, y)?.dtype;
    found.set(node, { scope, variant, alpha, x, bias, y, nodes: [node], composite: undefined, dtype, shared: [] });
  }
  for (const composite of [...composites(scope), ...accurateForms(scope)]) {
    const { variant, alpha, x, y, nodes, cast, constantType } = composite;
    const dtype = cast ?? typeOf(scope, y)?.dtype ?? constantType;
    const shared = sharedValues(scope, nodes, y);
    found.set(nodes[nodes.length - 1], {
      scope,
      variant,
      alpha,
      x,
      bias: undefined,
      y,
      nodes,
      composite,
      dtype,
      shared,
    });
  }
  return graph.nodes.flatMap((node) => {
    const here = found.get(node);
    return [...(here ? [here] : []), ...node.graphs.flatMap((inner) => findIn(inner, scope, irVersion))];
  });
}

function sharedValues({ consumers, escaping }: Scope, nodes: readonly Node[], y: string): string[] {
  const inside = new Set(nodes);
  return nodes
    .flatMap(({ outputs }) => outputs)
    .filter((name) => name !== y)
    .filter((name) => escaping.has(name) || consumers.get(name)?.some((node) => !inside.has(node)));
}
