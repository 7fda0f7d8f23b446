import { OnnxFormatError } from '../errors.js';
import { type Graph, type Node, withInner } from '../read/graph.js';
import type { OnnxFile } from '../read/input.js';
import { type Model, readModel } from '../read/model.js';
import { DTYPES } from '../read/tensor.js';
import { valueType } from '../read/value.js';
import { analyse, analyseDtypes } from '../types/analyse.js';
import { definingScope, type Scope } from '../types/scope.js';
import { operatorProblem } from './operators.js';

/** Something that would be wrong in a rewritten model, at a value; without one it is wrong as a whole. */
export interface Problem {
  /** The path of the graph. */
  graph: string;
  value: string | undefined;
  reason: string;
}

/**
 * Reads a rewritten model as if it were anyone's and compares it with what it was: every value that was there has the dtype it had,
 * new nodes are operators that exist for what they are given, names are unique, values are made before they are used.
 */
export function checkRewritten(before: Model, after: OnnxFile): Problem[] {
  const old = analyse(before);
  const whole = (reason: string): Problem[] => [{ graph: 'main', value: undefined, reason }];
  let scopes: readonly Scope[];
  try {
    const model = readModel(after, before.texts);
    tellKnown(old, before, model);
    scopes = analyseDtypes(model);
  } catch (error) {
    if (!(error instanceof OnnxFormatError)) throw error;
    return whole(`the new file could not be read: ${error.message}`);
  }
  if (old.length !== scopes.length || old.some(({ graph }, i) => graph.path !== scopes[i].graph.path))
    return whole('the new file would have other graphs');
  return scopes.flatMap((scope, i) => checkScope(old[i], scope));
}

/** What was known of values that are made as before is known of them still; the constants of the old form may have told it. */
function tellKnown(old: readonly Scope[], before: Model, after: Model): void {
  const graphs = (model: Model): Graph[] => [model.graph, ...model.functions].flatMap(withInner);
  const known = new Map<Graph, Scope[]>();
  for (const scope of old) known.set(scope.graph, [...(known.get(scope.graph) ?? []), scope]);
  const now = graphs(after);
  for (const [i, graph] of graphs(before).entries()) {
    const [scope, ...others] = known.get(graph) ?? [];
    const types = now[i]?.types;
    if (scope === undefined || types === undefined) continue;
    const tell = (name: string): void => {
      const dtype = scope.type(name)?.dtype;
      const same = others.every((other) => other.type(name)?.dtype === dtype);
      if (dtype !== undefined && same)
        types.set(name, valueType(types.get(name)?.dtype ?? dtype, types.get(name)?.dims));
    };
    graph.inputs.forEach(tell);
    for (const node of now[i].nodes) if (!isNew(scope, node)) node.outputs.forEach(tell);
  }
}

function checkScope(old: Scope, scope: Scope): Problem[] {
  const { graph, producer } = scope;
  const problems: Problem[] = [];
  const add = (value: string | undefined, reason: string): void => {
    problems.push({ graph: graph.path, value, reason });
  };
  const named = new Map<string, boolean>();
  for (const node of graph.nodes) {
    const value = firstOutput(node);
    const fresh = isNew(old, node);
    // What was used too early before is not held against the new file.
    for (const name of fresh ? node.inputs : []) {
      const maker = producer.get(name);
      if (name === '' || (maker !== undefined && maker.place.begin < node.place.begin)) continue;
      if (maker !== undefined) add(value, `'${name}' would be used before it is made`);
      else if (definingScope(scope, name) === undefined && definingScope(old, name) !== undefined)
        add(value, `'${name}' would be gone`);
    }
    for (const name of node.outputs) {
      // The last that makes it is its producer.
      const last = name === '' ? node : (producer.get(name) ?? node);
      if (last !== node && (fresh || isNew(old, last))) add(value, `'${name}' would be made twice`);
    }
    if (fresh) {
      const version = graph.opsets.get(node.domain)?.version ?? 0;
      const reason = operatorProblem(node.domain, node.op, version, scope.type(node.inputs[0] ?? '')?.dtype);
      if (reason !== undefined) add(value, reason);
    }
    if (node.name !== '') {
      // Most are called as their result, which is made once.
      const namesake = node.name === value ? undefined : producer.get(node.name);
      const other = namesake?.name === node.name && namesake !== node ? isNew(old, namesake) : named.get(node.name);
      if (other !== undefined && (fresh || other)) add(value, `two nodes would be called '${node.name}'`);
      if (node.name !== value) named.set(node.name, fresh);
    }
    for (const name of node.outputs) checkType(old, scope, name, add);
  }
  for (const name of graph.outputs)
    if (definingScope(scope, name) === undefined && definingScope(old, name) !== undefined)
      add(undefined, `the output '${name}' would be gone`);
  return problems;
}

function firstOutput({ outputs }: Node): string | undefined {
  for (const name of outputs) if (name !== '') return name;
  return undefined;
}

/** A node is new if no node gave its results before in this way. */
function isNew({ producer }: Scope, node: Node): boolean {
  const name = firstOutput(node);
  if (name === undefined) return false;
  const before = producer.get(name);
  return (
    before === undefined ||
    before.op !== node.op ||
    before.domain !== node.domain ||
    before.inputs.length !== node.inputs.length ||
    before.inputs.some((input, i) => input !== node.inputs[i])
  );
}

function checkType(old: Scope, scope: Scope, name: string, add: (value: string, reason: string) => void): void {
  if (name === '' || !old.producer.has(name)) return;
  const [was, is] = [old.type(name)?.dtype, scope.type(name)?.dtype];
  if (was !== undefined && is !== was) add(name, `'${name}' would be ${nameOf(is)} instead of ${nameOf(was)}`);
}

function nameOf(dtype: number | undefined): string {
  return dtype === undefined ? 'of an unknown dtype' : (DTYPES[dtype] ?? String(dtype));
}
