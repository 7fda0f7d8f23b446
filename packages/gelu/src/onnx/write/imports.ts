import type { Found } from '../find/find.js';
import { type Raise, raiseEdits } from '../opset/raise.js';
import type { Graph, Opsets } from '../read/graph.js';
import type { Model } from '../read/model.js';
import type { Edit } from './edit.js';
import { concat, field } from './message.js';

export interface ImportChange {
  edits: Edit[];
  change: { domain: string; from: number; to: number } | undefined;
}

// The number of the field of operator sets in a model and in a function.
const IN_MODEL = 8;
const IN_FUNCTION = 9;

/**
 * Lets the model, and the functions in which something was chosen, import a version of an operator set. Other nodes are converted to
 * what they mean now.
 * @throws OnnxRewriteError where that would change what other nodes mean.
 */
export function importEdits(
  model: Model,
  needed: { domain: string; version: number } | undefined,
  chosen: readonly Found[],
  raise: Raise,
): ImportChange {
  if (needed === undefined) return { edits: [], change: undefined };
  const { domain, version } = needed;
  const users = new Set(chosen.map(({ scope }) => scope.graph.opsets));
  // A raised standard operator set must be that of all parts; another domain only of those that use it, and the model.
  const functions = model.functions.filter(({ opsets }) => (domain === '' ? opsets.has('') : users.has(opsets)));
  const parts: readonly (readonly [Graph, number])[] = [
    [model.graph, IN_MODEL],
    ...functions.map((f): [Graph, number] => [f, IN_FUNCTION]),
  ];
  const edits = parts
    .filter(([{ opsets }]) => (opsets.get(domain)?.version ?? 0) < version)
    .flatMap(([graph, number]) => [
      ...(domain === '' ? raiseEdits(graph, version, raise) : []),
      importEdit(graph.opsets, number, domain, version, graph),
    ]);
  const from = model.opsets.get(domain)?.version ?? 0;
  return { edits, change: from < version ? { domain, from, to: version } : undefined };
}

function importEdit(opsets: Opsets, number: number, domain: string, version: number, graph: Graph): Edit {
  const there = opsets.get(domain);
  const name = there?.domain ?? domain;
  const bytes = field(number, concat([...(name === '' ? [] : [field(1, name)]), field(2, version)]));
  if (there !== undefined) {
    const { begin, end, within } = there.place;
    return { start: begin, end, bytes, within };
  }
  const last = [...opsets.values()].at(-1)?.place;
  const within = number === IN_FUNCTION ? graph.place : undefined;
  const at = last?.end ?? graph.place.start;
  return { start: at, end: at, bytes, within };
}
