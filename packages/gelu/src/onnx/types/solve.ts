import type { Graph, Node } from '../read/graph.js';
import { type ValueType, valueType } from '../read/value.js';
import type { Shape } from './broadcast.js';
import { type Body, type Dtypes, newDtypes, type Scheme, tellDtypes } from './dtypes.js';
import { type Calls, constantTensor, type Scope } from './scope.js';
import { MOST_DIMS, newShapes, type ShapeBody, type Shapes, tellShapes } from './shapes.js';
import { idOf, type Structure, type Structures } from './structure.js';

/** What a graph is solved for. */
export interface Problem {
  structures: Structures;
  irVersion: number;
  /** Whether shapes are wanted. */
  shapes: boolean;
  calls: Calls;
  schemeOf: (node: Node) => Scheme | undefined;
  /** What the calls of a function tell of its inputs and outputs. */
  inputs?: readonly (ValueType | undefined)[];
  outputs?: readonly (ValueType | undefined)[];
}

/** Finds the dtypes of all values of a graph and the graphs inside of it, before anything is known of shapes. */
export function solveDtypes({ structures, calls, schemeOf, inputs = [], outputs = [] }: Problem): Dtypes {
  const dtypes = newDtypes(structures.count);
  const [top] = structures.all;
  for (const structure of structures.all) {
    for (const [name, { dtype }] of structure.graph.types) {
      const id = structure.ids.get(name);
      if (id !== undefined) dtypes.learn(id, dtype);
    }
    const body: Body = { structure, calls, dtypes, structures: structures.byGraph, schemeOf };
    for (const node of structure.graph.nodes) tellDtypes(body, node);
  }
  const told = (names: readonly string[], types: readonly (ValueType | undefined)[]): void => {
    for (const [i, name] of names.entries()) {
      const id = idOf(top, name);
      if (id !== undefined) dtypes.learn(id, types[i]?.dtype);
    }
  };
  told(top.graph.inputs, inputs);
  told(top.graph.outputs, outputs);
  return dtypes;
}

/** The scopes of a graph and the graphs inside of it, outer ones first, with the types of their values. */
export function solve(problem: Problem): Scope[] {
  const dtypes = solveDtypes(problem);
  const shapes = newShapes(problem.structures.count);
  const scopes = new Map<Structure, Scope>();
  for (const structure of problem.structures.all) {
    const { graph, inputs, producer, consumers, escaping } = structure;
    const outer = structure.outer && scopes.get(structure.outer);
    const type = (name: string): ValueType | undefined => typeIn(structure, dtypes, shapes, name);
    const { irVersion, calls } = problem;
    scopes.set(structure, {
      ...{ graph, inputs, producer, escaping, outer, irVersion, calls, type },
      get consumers() {
        return consumers();
      },
    });
  }
  if (problem.shapes) solveShapes(problem, shapes, scopes);
  return [...scopes.values()];
}

function typeIn(structure: Structure, dtypes: Dtypes, shapes: Shapes, name: string): ValueType | undefined {
  let at: Structure | undefined = structure;
  let id = at.ids.get(name);
  for (; id === undefined; id = at.ids.get(name)) {
    at = at.outer;
    if (at === undefined) return undefined;
  }
  const known = dtypes.known(id);
  // What the file says of a value counts, even if other values say otherwise.
  const dtype = at.graph.types.get(name)?.dtype ?? (typeof known === 'number' && known > 0 ? known : undefined);
  const dims = shapes.known(id) ?? undefined;
  return dtype === undefined && dims === undefined ? undefined : valueType(dtype, dims);
}

function solveShapes(
  { structures, calls, inputs = [] }: Problem,
  shapes: Shapes,
  scopes: ReadonlyMap<Structure, Scope>,
): void {
  const learn = (id: number | undefined, dims: Shape | undefined): void => {
    if (id !== undefined && dims !== undefined && dims.length <= MOST_DIMS) shapes.learn(id, dims);
  };
  const [top] = structures.all;
  for (const structure of structures.all)
    for (const [name, { dims }] of structure.graph.types) learn(structure.ids.get(name), dims);
  for (const [i, name] of top.graph.inputs.entries()) learn(idOf(top, name), inputs[i]?.dims);
  const integers = (structure: Structure, name: string): number[] | undefined => {
    const scope = name === '' ? undefined : scopes.get(structure);
    const tensor = scope && constantTensor(scope, name);
    return tensor?.dtype === 7 || tensor?.dtype === 6 ? tensor.content?.elements(MOST_DIMS) : undefined;
  };
  const visit = (graph: Graph): void => {
    const structure = structures.byGraph.get(graph);
    if (structure === undefined) return;
    const body: ShapeBody = { structure, calls, shapes, integers };
    for (const node of structure.order()) {
      node.graphs.forEach(visit); // as deep as graphs are read
      tellConstant(scopes.get(structure), node, learn, structure);
      tellShapes(body, node);
    }
  };
  visit(top.graph);
}

function tellConstant(
  scope: Scope | undefined,
  node: Node,
  learn: (id: number | undefined, dims: Shape | undefined) => void,
  structure: Structure,
): void {
  if (node.op !== 'Constant' || node.domain !== '' || scope === undefined) return;
  learn(structure.ids.get(node.outputs[0] ?? ''), constantTensor(scope, node.outputs[0] ?? '')?.dims);
}
