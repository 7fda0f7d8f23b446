import type { Approximate } from '../../activations/gelu/approximate.js';
import type { Node } from '../read/graph.js';
import type { Model } from '../read/model.js';
import { accurateForms } from '../targets/accurate/find.js';
import { analyse } from '../types/analyse.js';
import { type Scope, typeOf } from '../types/scope.js';
import { type Composite, composites } from './composite.js';
import { singles } from './single.js';

/** A GELU and where it stands. */
export interface Found {
  scope: Scope;
  /** Undefined where that cannot be told: see `problem`. */
  variant: Approximate | undefined;
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
  /** Why it is not known what is computed. */
  problem: string | undefined;
}

/** All GELUs of a model, graph by graph, in the order of the nodes; those of a function once for each kind of call. */
export function findAll(model: Model): Found[] {
  return analyse(model).flatMap(findIn);
}

function findIn(scope: Scope): Found[] {
  const { graph } = scope;
  const found = new Map<Node, Found>();
  for (const { node, variant, alpha, bias, problem } of singles(scope)) {
    const [x, y] = [node.inputs[0], node.outputs[0]];
    const dtype = typeOf(scope, y)?.dtype;
    const rest = { nodes: [node], composite: undefined, dtype, shared: [], problem };
    found.set(node, { scope, variant, alpha, x, bias, y, ...rest });
  }
  for (const composite of [...composites(scope), ...accurateForms(scope)]) {
    const { variant, alpha, x, y, nodes, cast, constantType } = composite;
    const dtype = cast ?? typeOf(scope, y)?.dtype ?? constantType;
    const shared = sharedValues(scope, nodes, y);
    const rest = { nodes, composite, dtype, shared, problem: undefined };
    found.set(nodes[nodes.length - 1], { scope, variant, alpha, x, bias: undefined, y, ...rest });
  }
  return graph.nodes.flatMap((node) => found.get(node) ?? []);
}

function sharedValues({ consumers, escaping }: Scope, nodes: readonly Node[], y: string): string[] {
  const inside = new Set(nodes);
  return nodes
    .flatMap(({ outputs }) => outputs)
    .filter((name) => name !== y)
    .filter((name) => escaping.has(name) || consumers.get(name)?.some((node) => !inside.has(node)));
}
