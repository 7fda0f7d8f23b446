import { kindOf } from '../find/evaluate.js';
import type { Found } from '../find/find.js';
import type { Node } from '../read/graph.js';
import type { Place } from '../read/wire.js';
import type { Scope } from '../types/scope.js';
import type { Edit } from './edit.js';

/** Removes the nodes of GELUs but their last, which is replaced, and what then is used no more: constants, shape notes. */
export function removals(chosen: readonly Found[]): Edit[] {
  const byScope = new Map<Scope, Found[]>();
  for (const found of chosen) {
    const here = byScope.get(found.scope);
    if (here) here.push(found);
    else byScope.set(found.scope, [found]);
  }
  return [...byScope].flatMap(([scope, here]) => removalsIn(scope, here));
}

function removalsIn(scope: Scope, chosen: readonly Found[]): Edit[] {
  const { graph, consumers, producer, escaping } = scope;
  const replaced = new Set(chosen.map(({ nodes }) => nodes[nodes.length - 1]));
  const kept = new Set(
    chosen.flatMap(({ x, bias = x, composite }) => [
      x,
      bias,
      ...(composite?.factors ?? []),
      ...(composite?.moves ?? []).flatMap((move) => move.inputs.slice(1)),
    ]),
  );
  const gone = new Set<Node>(chosen.flatMap(({ nodes }) => nodes));
  const unused = (name: string): boolean =>
    !escaping.has(name) && !kept.has(name) && (consumers.get(name) ?? []).every((node) => gone.has(node));
  const places: Place[] = [];
  const names = new Set([...gone].flatMap(({ inputs }) => inputs));
  for (const name of names) {
    const node = producer.get(name);
    const initializer = graph.initializers.get(name);
    if (!unused(name)) continue;
    if (node !== undefined && !gone.has(node) && (node.op === 'Constant' || kindOf(scope, node) !== undefined)) {
      gone.add(node);
      for (const input of node.inputs) names.add(input); // a set visits what is added on the way
    }
    if (initializer !== undefined && !scope.inputs.has(name)) places.push(initializer.place);
  }
  for (const node of gone) {
    if (!replaced.has(node)) places.push(node.place);
    for (const name of node.outputs) {
      const note = graph.typePlaces.get(name);
      if (note !== undefined && !replaced.has(node)) places.push(note);
    }
  }
  return places.map(({ begin, end, within }) => ({ start: begin, end, bytes: new Uint8Array(0), within }));
}
