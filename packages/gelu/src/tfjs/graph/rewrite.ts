import { type Found, fusedActivation } from './find.js';
import type { Attribute, NodeDef } from './model.js';
import { attributesOf, broadcastOf, OPERATION } from './operation.js';
import { nodeOf, type Scope } from './scope.js';

/** Operations that may go when nobody reads them any more. */
const MAY_GO = /^(Const|Enter|Identity|StopGradient|PreventGradient|Snapshot|Cast)$/;

/**
 * The nodes of a graph with each activation found as one node, which keeps the name of the last of its nodes, so that all that read
 * it still do. What nobody else reads goes.
 */
export function rewriteNodes(scope: Scope, found: readonly Found[], keep: ReadonlySet<string>): NodeDef[] {
  const replaced = new Map<NodeDef, readonly NodeDef[]>(found.map((one) => [one.y, replacement(scope, one)]));
  const nodes = scope.nodes.flatMap((node) => replaced.get(node) ?? [node]);
  const inside = new Set(found.flatMap((one) => one.nodes));
  const readers = new Map<string, number>();
  const count = ({ input = [] }: NodeDef, by: 1 | -1): void => {
    for (const name of new Set(input.map(nodeOf))) readers.set(name, (readers.get(name) ?? 0) + by);
  };
  for (const node of nodes) count(node, 1);
  const before = new Set(scope.nodes.flatMap(({ input = [] }) => input.map(nodeOf)));
  const gone = new Set<NodeDef>();
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const mayGo = (node: NodeDef): boolean =>
    (readers.get(node.name) ?? 0) === 0 &&
    before.has(node.name) && // what nobody read before is an end of the graph
    !scope.outside.has(node.name) &&
    !keep.has(node.name) &&
    (inside.has(node) || MAY_GO.test(node.op));
  const waiting = [...inside].flatMap(({ name, input = [] }) => [name, ...input.map(nodeOf)]);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const node = byName.get(name);
    if (node === undefined || gone.has(node) || !mayGo(node)) continue;
    gone.add(node);
    count(node, -1);
    waiting.push(...(node.input ?? []).map(nodeOf));
  }
  return nodes.filter((node) => !gone.has(node));
}

/** What stands for y: the activation's node; of a fused one the rest of it before. */
function replacement(scope: Scope, { y, x, nodes, activation, parameters, shapes }: Found): NodeDef[] {
  const order = [...new Set(nodes.flatMap(({ input = [] }) => input.filter((name) => name.startsWith('^'))))];
  const names = new Set(nodes.map(({ name }) => name));
  const made = (input: string): NodeDef => ({
    name: y.name,
    op: OPERATION,
    // Order within the activation is nobody's business any more.
    input: [input, ...order.filter((name) => !names.has(nodeOf(name)))],
    attr: attributesOf(activation, parameters, broadcastOf(shapes)),
  });
  if (fusedActivation(y) === undefined) return [made(x)];
  const name = freeName(scope, `${y.name}/activation_input`);
  const fused = y.attr?.fused_ops as Attribute;
  const rest = { ...fused, list: { ...fused.list, s: (fused.list?.s ?? []).slice(0, -1) } };
  return [
    { ...y, name, attr: { ...y.attr, fused_ops: rest } },
    made(scope.graph === 'main' ? name : `${name}:product:0`),
  ];
}

function freeName({ byName }: Scope, wanted: string): string {
  let name = wanted;
  for (let i = 1; byName.has(name); i++) name = `${wanted}_${i}`;
  return name;
}
