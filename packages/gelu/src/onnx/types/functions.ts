import { OnnxFormatError } from '../errors.js';
import type { Node } from '../read/graph.js';
import { withInner } from '../read/graph.js';
import type { FunctionGraph, Model } from '../read/model.js';

/** The functions of a model and who calls them. */
export interface Functions {
  /** The function that a node calls. */
  called: (node: Node) => FunctionGraph | undefined;
  /** Every function before those that call it. */
  calleesFirst: readonly FunctionGraph[];
}

const keyOf = (domain: string, name: string, overload: string): string => JSON.stringify([domain, name, overload]);

/** @throws OnnxFormatError for functions that call themselves, which ONNX does not allow. */
export function functionsOf({ functions }: Model): Functions {
  const byKey = new Map(functions.map((f) => [keyOf(f.domain, f.name, f.overload), f]));
  const called = (node: Node): FunctionGraph | undefined =>
    byKey.size === 0 ? undefined : byKey.get(keyOf(node.domain, node.op, node.overload));
  const callers = new Map<FunctionGraph, FunctionGraph[]>();
  const waiting = new Map<FunctionGraph, number>();
  for (const f of functions) {
    const callees = new Set<FunctionGraph>();
    for (const { nodes } of withInner(f)) for (const node of nodes) addTo(callees, called(node));
    waiting.set(f, callees.size);
    for (const callee of callees) {
      const known = callers.get(callee);
      if (known) known.push(f);
      else callers.set(callee, [f]);
    }
  }
  const calleesFirst = functions.filter((f) => waiting.get(f) === 0);
  for (const f of calleesFirst) {
    for (const caller of callers.get(f) ?? []) {
      const left = (waiting.get(caller) ?? 0) - 1;
      waiting.set(caller, left);
      if (left === 0) calleesFirst.push(caller);
    }
  }
  const circle = functions.find((f) => (waiting.get(f) ?? 0) > 0);
  if (circle !== undefined)
    throw new OnnxFormatError(`${circle.path} calls itself, or calls one that does`, circle.place.begin);
  return { called, calleesFirst };
}

function addTo<T>(set: Set<T>, value: T | undefined): void {
  if (value !== undefined) set.add(value);
}
