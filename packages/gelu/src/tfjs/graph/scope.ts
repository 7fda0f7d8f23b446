import type { GraphDef, NodeDef } from './model.js';
import { library } from './model.js';
import type { Uniform } from './weights.js';

/** A value: an output of a node, or an argument of a function. */
export interface Value {
  readonly node: string;
  /** The same for all spellings of one value: 'n', 'n:0'. */
  readonly key: string;
}

/** The value that an input names: 'n', 'n:1', in functions 'n:z:0'. Undefined for '^n', which is order only. */
export function valueIn(input: string): Value | undefined {
  if (input.startsWith('^')) return undefined;
  const [node, ...rest] = input.split(':');
  const index = rest.at(-1) ?? '0';
  return { node, key: `${node}:${rest.length > 1 ? rest[0] : ''}:${index}` };
}

/** The name of the node behind an input, order or not. */
export const nodeOf = (input: string): string => input.replace(/^\^/, '').split(':')[0];

/** The nodes of one graph, or of one function, and how they hang together. */
export interface Scope {
  /** 'main', or the function's name. */
  readonly graph: string;
  readonly nodes: readonly NodeDef[];
  readonly byName: ReadonlyMap<string, NodeDef>;
  /** The place of each among the nodes. */
  readonly order: ReadonlyMap<NodeDef, number>;
  /** The nodes that read an output of a node, by its name. */
  readonly readers: ReadonlyMap<string, readonly NodeDef[]>;
  /** The nodes that must stay because the world outside reads them. */
  readonly outside: ReadonlySet<string>;
  constant(name: string): Uniform | undefined;
}

/** The main graph and the functions of its library. `outputs`: of the main graph, undefined for all its ends. */
export function scopesOf(
  graph: GraphDef,
  outputs: readonly string[] | undefined,
  constant: Scope['constant'],
): readonly Scope[] {
  const main = scope('main', graph.node ?? [], outputs, constant);
  const functions = library(graph).map(({ signature, nodeDef = [], ret = {}, controlRet = {} }) =>
    scope(
      signature.name,
      nodeDef,
      [ret, controlRet].flatMap((names) => Object.values(names ?? {})),
      constant,
    ),
  );
  return [main, ...functions];
}

function scope(
  graph: string,
  nodes: readonly NodeDef[],
  outputs: readonly string[] | undefined,
  constant: Scope['constant'],
): Scope {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const readers = new Map<string, NodeDef[]>();
  for (const node of nodes)
    for (const name of new Set((node.input ?? []).filter((input) => !input.startsWith('^')).map(nodeOf))) {
      const list = readers.get(name);
      if (list) list.push(node);
      else readers.set(name, [node]);
    }
  const read = new Set(nodes.flatMap(({ input = [] }) => input.map(nodeOf)));
  const ends = outputs?.map(nodeOf) ?? nodes.map(({ name }) => name).filter((name) => !read.has(name));
  const order = new Map(nodes.map((node, i) => [node, i]));
  return { graph, nodes, byName, order, readers, outside: new Set(ends), constant };
}
