import type { Graph, Node } from '../read/graph.js';

/** A graph without what is known of its values: who makes them, who takes them, their numbers. */
export interface Structure {
  graph: Graph;
  outer: Structure | undefined;
  inputs: ReadonlySet<string>;
  producer: Map<string, Node>;
  /** Nodes that take a value; made when they are asked for. */
  consumers: () => ReadonlyMap<string, readonly Node[]>;
  escaping: Set<string>;
  /** Numbers of the values that are defined here, or of names that nothing defines; unique with those of the graphs around. */
  ids: Map<string, number>;
  /** Nodes so that each comes after those it takes values from; those of a circle are left out. */
  order: () => readonly Node[];
}

/** The structures of a graph and of the graphs inside of it, outer ones first. `count` is how many values they have. */
export interface Structures {
  all: readonly Structure[];
  byGraph: ReadonlyMap<Graph, Structure>;
  count: number;
}

export function structuresOf(top: Graph): Structures {
  const byGraph = new Map<Graph, Structure>();
  const waiting: Graph[] = [top];
  let count = 0;
  for (const graph of waiting) {
    const outer = graph.outer === undefined ? undefined : byGraph.get(graph.outer);
    const structure = structureOf(graph, outer, count);
    count += structure.ids.size;
    byGraph.set(graph, structure);
    for (const node of graph.nodes) for (const inner of node.graphs) waiting.push(inner);
  }
  const all = [...byGraph.values()];
  for (const structure of all) count += noteUses(structure, all[0], count);
  return { all, byGraph, count };
}

function structureOf(graph: Graph, outer: Structure | undefined, first: number): Structure {
  const producer = new Map<string, Node>();
  const ids = new Map<string, number>();
  const define = (name: string): void => {
    if (name !== '' && !ids.has(name)) ids.set(name, first + ids.size);
  };
  graph.inputs.forEach(define);
  for (const name of graph.initializers.keys()) define(name);
  for (const node of graph.nodes) {
    for (const name of node.outputs) {
      if (name === '') continue;
      producer.set(name, node);
      define(name);
    }
  }
  const escaping = new Set([...graph.outputs, ...graph.mentioned]);
  const consumers = once(() => consumersIn(graph));
  const order = once(() => orderOf(graph, producer));
  return { graph, outer, inputs: new Set(graph.inputs), producer, consumers, escaping, ids, order };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function consumersIn({ nodes }: Graph): Map<string, Node[]> {
  const consumers = new Map<string, Node[]>();
  for (const node of nodes)
    for (const name of node.inputs) {
      if (name === '') continue;
      const known = consumers.get(name);
      if (known === undefined) consumers.set(name, [node]);
      else if (known[known.length - 1] !== node) known.push(node);
    }
  return consumers;
}

/** Values of graphs around escape from those; names that nothing defines become values of the outermost graph. */
function noteUses({ graph, outer, ids }: Structure, top: Structure, first: number): number {
  let added = 0;
  const note = (name: string): void => {
    if (ids.has(name) || name === '') return;
    let at = outer;
    while (at !== undefined && !at.ids.has(name)) at = at.outer;
    if (at !== undefined) at.escaping.add(name);
    else top.ids.set(name, first + added++);
  };
  for (const { inputs } of graph.nodes) inputs.forEach(note);
  graph.outputs.forEach(note);
  graph.mentioned.forEach(note);
  return added;
}

function orderOf({ nodes }: Graph, producer: ReadonlyMap<string, Node>): readonly Node[] {
  const seen = new Set<string>();
  const sorted = nodes.every((node) => {
    for (const name of node.outputs) seen.add(name);
    return node.inputs.every((name) => seen.has(name) || !producer.has(name));
  });
  if (sorted) return nodes;
  const missing = new Map<Node, number>();
  const followers = new Map<Node, Node[]>();
  for (const node of nodes) {
    const before = new Set(node.inputs.map((name) => producer.get(name)).filter((one) => one !== undefined));
    missing.set(node, before.size);
    for (const one of before) {
      const known = followers.get(one);
      if (known) known.push(node);
      else followers.set(one, [node]);
    }
  }
  const order = nodes.filter((node) => missing.get(node) === 0);
  for (const node of order) {
    for (const follower of followers.get(node) ?? []) {
      const left = (missing.get(follower) ?? 0) - 1;
      missing.set(follower, left);
      if (left === 0) order.push(follower);
    }
  }
  return order;
}

/** The number of a value, as seen from a graph. */
export function idOf(structure: Structure, name: string): number | undefined {
  for (let at: Structure | undefined = structure; at !== undefined; at = at.outer) {
    const id = at.ids.get(name);
    if (id !== undefined) return id;
  }
  return undefined;
}
