import type { Attribute } from '../read/attribute.js';
import { type Node, withInner } from '../read/graph.js';
import type { FunctionGraph, Model } from '../read/model.js';
import { type ValueType, valueType } from '../read/value.js';
import type { Scheme } from './dtypes.js';
import { functionsOf } from './functions.js';
import { attributeOf, type Calls, type Scope } from './scope.js';
import { type Problem, solve, solveDtypes } from './solve.js';
import { type Structures, structuresOf } from './structure.js';

/** Calls of a function are told apart as long as there are no more kinds of them, and no more nodes in all. */
const MOST_KINDS = 64;
const MOST_NODES = 1 << 20;

/**
 * All graphs of a model with what is known of their values: the main one, those inside of its nodes, the bodies of functions, these
 * once for each kind of call (the same attributes and dtypes). Every value is looked at once, in no order for dtypes (values
 * that must have the same are joined), in that of the graph for shapes.
 */
export function analyse(model: Model): readonly Scope[] {
  const known = analysed.get(model) ?? analyseNew(model, true);
  analysed.set(model, known);
  return known;
}

/** The same without what follows for shapes. */
export function analyseDtypes(model: Model): readonly Scope[] {
  return analyseNew(model, false);
}

const analysed = new WeakMap<Model, readonly Scope[]>();

function analyseNew(model: Model, shapes: boolean): Scope[] {
  const { called, calleesFirst } = functionsOf(model);
  const { irVersion } = model;
  const schemes = new Map<FunctionGraph, Scheme>();
  const structures = new Map<FunctionGraph, Structures>();
  const schemeOf = (node: Node): Scheme | undefined => {
    const callee = called(node);
    return callee && schemes.get(callee);
  };
  for (const callee of calleesFirst) {
    const parts = structuresOf(callee);
    structures.set(callee, parts);
    schemes.set(
      callee,
      schemeFor(callee, { structures: parts, irVersion, shapes, calls: UNCALLED, schemeOf }, schemes, called),
    );
  }
  const once = { count: 1, values: new Map<string, Attribute>() };
  const scopes = solve({ structures: structuresOf(model.graph), irVersion, shapes, calls: once, schemeOf });
  const kinds = new Map<FunctionGraph, Map<string, Kind>>();
  let visited = 0;
  const note = (scope: Scope): void => {
    visited += scope.graph.nodes.length;
    for (const node of scope.graph.nodes) {
      const callee = called(node);
      if (callee !== undefined) noteCall(scope, node, callee, visited > MOST_NODES, kinds, schemes);
    }
  };
  scopes.forEach(note);
  for (const callee of [...calleesFirst].reverse()) {
    const parts = structures.get(callee);
    if (parts === undefined) continue;
    const found = [...(kinds.get(callee)?.values() ?? [])];
    for (const { calls, inputs, outputs } of found.length > 0 ? found : [uncalled(callee)]) {
      const here = solve({ structures: parts, irVersion, shapes, calls, schemeOf, inputs, outputs });
      here.forEach(note);
      scopes.push(...here);
    }
  }
  return scopes;
}

const UNCALLED: Calls = { count: 0, values: new Map() };

function uncalled({ defaults }: FunctionGraph): Kind {
  return { calls: { count: 0, values: defaults }, inputs: [], outputs: [] };
}

/** Calls that are one kind. */
interface Kind {
  calls: { count: number; values: ReadonlyMap<string, Attribute> };
  inputs: (ValueType | undefined)[];
  outputs: (ValueType | undefined)[];
}

function schemeFor(
  callee: FunctionGraph,
  problem: Problem,
  schemes: ReadonlyMap<FunctionGraph, Scheme>,
  called: (node: Node) => FunctionGraph | undefined,
): Scheme {
  const dtypes = solveDtypes(problem);
  const [{ ids }] = problem.structures.all;
  const groups = (names: readonly string[]): Scheme['inputs'] =>
    names.map((name) => {
      const id = ids.get(name) ?? dtypes.add(); // an output without a name shares nothing
      return { group: dtypes.root(id), known: dtypes.known(id) || undefined };
    });
  const parameters = new Set<string>();
  for (const { nodes } of withInner(callee)) {
    for (const node of nodes) {
      const inner = called(node);
      for (const [name, { reference }] of node.attributes) {
        // What is only handed on counts if it is used there.
        const used = inner === undefined || schemes.get(inner)?.parameters.has(name);
        if (reference !== undefined && used) parameters.add(reference);
      }
    }
  }
  return { parameters, defaults: callee.defaults, inputs: groups(callee.inputs), outputs: groups(callee.outputs) };
}

function noteCall(
  scope: Scope,
  node: Node,
  callee: FunctionGraph,
  full: boolean,
  all: Map<FunctionGraph, Map<string, Kind>>,
  schemes: ReadonlyMap<FunctionGraph, Scheme>,
): void {
  const values = new Map<string, Attribute>(callee.defaults);
  for (const name of schemes.get(callee)?.parameters ?? []) {
    const given = attributeOf(scope, node, name);
    if (given !== undefined) values.set(name, given);
  }
  const typesOf = (names: readonly string[]): (ValueType | undefined)[] => names.map((name) => scope.type(name));
  const inputs = typesOf(node.inputs);
  const outputs = typesOf(node.outputs);
  const kinds = all.get(callee) ?? new Map<string, Kind>();
  all.set(callee, kinds);
  const most = Math.min(MOST_KINDS, Math.max(1, MOST_NODES / Math.max(1, callee.nodes.length)));
  const key = JSON.stringify([[...values].map(keyOf), [...inputs, ...outputs].map((type) => type?.dtype ?? 0)]);
  const known = kinds.get(key) ?? (full || kinds.size >= most ? kinds.get(MIXED) : undefined);
  const mixed = known === undefined && (full || kinds.size >= most);
  if (known === undefined) {
    const unresolved = mixed ? new Map<string, Attribute>() : values;
    const types = mixed ? { inputs: [], outputs: [] } : { inputs, outputs };
    kinds.set(mixed ? MIXED : key, { calls: { count: scope.calls.count, values: unresolved }, ...types });
    return;
  }
  known.calls.count = Math.min(known.calls.count + scope.calls.count, Number.MAX_SAFE_INTEGER);
  known.inputs = known.inputs.map((type, i) => common(type, inputs[i]));
}

/** The kind of all calls beyond those that are told apart. */
const MIXED = 'mixed';

function keyOf([name, value]: readonly [string, Attribute]): unknown {
  const { float, integer, text, floats, integers, reference, tensor } = value;
  return [name, String(float), integer, text, floats?.map(String), integers, reference, tensor && tensorKey(tensor)];
}

const tensorKeys = new WeakMap<object, number>();
let tensorCount = 0;
function tensorKey(tensor: object): number {
  const known = tensorKeys.get(tensor) ?? ++tensorCount;
  tensorKeys.set(tensor, known);
  return known;
}

/** What two types have in common. */
function common(a: ValueType | undefined, b: ValueType | undefined): ValueType | undefined {
  if (a === undefined || b === undefined) return undefined;
  const dims =
    a.rank === b.rank
      ? a.dims?.map((dim, i) => (typeof dim === 'number' && dim === b.dims?.[i] ? dim : undefined))
      : undefined;
  return valueType(a.dtype === b.dtype ? a.dtype : undefined, dims);
}
