import { OnnxRewriteError } from '../errors.js';
import { type Graph, type Node, withInner } from '../read/graph.js';
import type { OnnxFile } from '../read/input.js';
import { raiseObstacle } from '../runtime/support.js';
import { attributeOf, constantTensor, type Scope } from '../types/scope.js';
import type { Edit } from '../write/edit.js';
import type { Names } from '../write/names.js';
import { CONVERSIONS } from './conversions.js';
import { Draft, type Surroundings } from './draft.js';
import { NEWEST, sameSince } from './opset.js';

/** What there is to raise. */
export interface Raise {
  file: OnnxFile;
  /** All scopes of the model. */
  scopes: readonly Scope[];
  /** Where other edits begin: nodes there are replaced or removed. */
  edited: ReadonlySet<number>;
  names: Names;
}

/** The nodes that cannot follow, and why. */
export interface Obstacle {
  node: Node;
  graph: Graph;
  reason: string;
}

/**
 * The edits that let the standard operators of a graph, those in graphs inside of it included, mean in version `to` what they mean now.
 * @throws OnnxRewriteError where that cannot be done; it names the nodes.
 */
export function raiseEdits(top: Graph, to: number, raise: Raise): Edit[] {
  const from = top.opsets.get('')?.version ?? 0;
  const edits: Edit[] = [];
  const obstacles: Obstacle[] = [];
  const scopes = new Map<Graph, Scope[]>();
  for (const scope of raise.scopes) {
    const here = scopes.get(scope.graph);
    if (here) here.push(scope);
    else scopes.set(scope.graph, [scope]);
  }
  for (const graph of withInner(top)) {
    for (const node of graph.nodes) {
      if (node.domain !== '' || raise.edited.has(node.place.begin)) continue;
      const draft = new Draft(node, surroundings(scopes.get(graph) ?? [], raise.names));
      const reason = convert(draft, from, to) ?? runtimeObstacle(draft, scopes.get(graph) ?? [], from, to);
      if (reason !== undefined) obstacles.push({ node, graph, reason });
      else if (draft.changed) {
        const { begin, end, within } = node.place;
        edits.push({ start: begin, end, bytes: draft.bytes(raise.file), within });
      }
    }
  }
  if (obstacles.length > 0) throw new OnnxRewriteError(describeObstacles(from, to, obstacles));
  return edits;
}

function convert(draft: Draft, from: number, to: number): string | undefined {
  const since = sameSince(draft.op);
  if (since === undefined) return 'it is not known here what it means';
  if (to > NEWEST) return `opset ${to} is not known here`;
  // Where its operator is not there yet the node is broken; it is the better for a higher version.
  if (from < since) return since > 7 ? undefined : `opset ${from} is too old`;
  let at = from;
  for (;;) {
    const next = CONVERSIONS.get(draft.op)?.find(([version]) => version > at && version <= to);
    if (next === undefined) return undefined;
    if (!draft.inputs[0] || !draft.outputs[0]) return 'it has no input or no output';
    const [version, conversion] = next;
    const reason = conversion(draft);
    if (reason !== undefined) return reason;
    at = version;
  }
}

/** ONNX Runtime has kernels for some dtypes in some versions only. */
function runtimeObstacle(draft: Draft, scopes: readonly Scope[], from: number, to: number): string | undefined {
  const { node } = draft;
  if (draft.op !== node.op) return undefined; // converted to another
  for (const scope of scopes) {
    const tanh = node.op === 'Gelu' && attributeOf(scope, node, 'approximate')?.text === 'tanh';
    const dtype = scope.type(node.inputs[0] ?? '')?.dtype ?? scope.type(node.outputs[0] ?? '')?.dtype;
    const reason = raiseObstacle(tanh ? 'Gelu:tanh' : node.op, dtype, from, to);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** What is the same in all calls of a function. */
function surroundings(scopes: readonly Scope[], names: Names): Surroundings {
  const [first, ...others] = scopes;
  return {
    names,
    type: (name) => {
      const type = first?.type(name);
      const same = others.every((other) => JSON.stringify(other.type(name)) === JSON.stringify(type));
      return same ? type : undefined;
    },
    numbers: (name) => (first === undefined ? undefined : constantTensor(first, name)?.content?.elements(16)),
  };
}

const SHOWN = 5;

function describeObstacles(from: number, to: number, obstacles: readonly Obstacle[]): string {
  const shown = obstacles.slice(0, SHOWN).map(({ node, graph, reason }) => {
    const name = node.name || node.outputs.find((output) => output !== '');
    const text = `${node.op}${name === undefined ? '' : ` '${name}'`} in ${graph.path}: ${reason}`;
    return text.replace(/\p{Cc}/gu, '?'); // names of damaged files
  });
  const more = obstacles.length > SHOWN ? [`and ${obstacles.length - SHOWN} more`] : [];
  return (
    `opset ${to} is needed, the model has ${from}, and these nodes would not mean the same there: ${[...shown, ...more].join('; ')}. ` +
    'Choose a target that does not need it.'
  );
}
