import type { Approximate } from '../activations/gelu/approximate.js';
import { type Found, findAll } from './find/find.js';
import { withInner } from './read/graph.js';
import { type OnnxInput, requireInput } from './read/input.js';
import { type Model, readModel } from './read/model.js';
import { DTYPES } from './read/tensor.js';
import { type RuntimePlan, runtimePlan } from './runtime/plan.js';

/** A GELU of a model. */
export interface OnnxGelu {
  /** The function that it is; left out where that cannot be told, see `problem`. */
  variant?: Approximate;
  /** Of x·σ(αx). */
  alpha?: number;
  /** How it is written: an operator ('Gelu', 'com.microsoft.BiasGelu'), or 'erf', 'tanh', 'sigmoid', 'accurate' of several nodes. */
  written: string;
  /** 'main', 'main/If_3.then_branch', 'function domain:name'. */
  graph: string;
  /** The nodes it is made of, in their order. Nodes may have no names. */
  nodes: { name: string; op: string }[];
  input: string;
  output: string;
  /** The value that is added to the input first. */
  bias?: string;
  /** The version of the standard operators in its graph. */
  opset: number;
  /** 'float32', 'float16', …; left out where the file does not tell. */
  dtype?: string;
  /** Values on the way from input to output that are used elsewhere too: then it cannot be replaced. */
  shared: string[];
  /** How often it is there: as often as the function that it is in is called; 1 in the main graph and in the body of a loop. */
  count: number;
  /** Why it is not known what it computes. It is never rewritten. */
  problem?: string;
  /** What ONNX Runtime makes of it. */
  runtime: RuntimePlan;
}

/** What was found in a model. */
export interface OnnxReport {
  irVersion: number;
  /** Versions by domain; '' is the standard one. */
  opsets: Record<string, number>;
  /** How many nodes there are, those in graphs inside of nodes and in functions included. */
  nodes: number;
  gelus: OnnxGelu[];
  /** The files beside the model that hold weights. */
  external: string[];
}

/**
 * Reports every GELU in an ONNX model, in whatever way it is written: one node of either domain, or erf, tanh or σ with sums
 * and products in any order, casts and computed constants included; also in subgraphs and functions. Weights are not read.
 *
 * @throws GeluTypeError if `model` is neither bytes nor a file.
 * @throws OnnxFormatError if it is no ONNX model or damaged.
 */
export function inspectOnnx(model: OnnxInput): OnnxReport {
  const read = readModel(requireInput(model));
  return {
    irVersion: read.irVersion,
    opsets: Object.fromEntries([...read.opsets].map(([domain, { version }]) => [domain, version])),
    nodes: countNodes(read),
    gelus: describeAll(findAll(read)),
    external: externalFiles(read),
  };
}

/** Of a function's GELUs those that are the same in calls of different kinds are one. */
function describeAll(all: readonly Found[]): OnnxGelu[] {
  const byPlace = new Map<Found['nodes'][number], OnnxGelu[]>();
  for (const found of all) {
    const gelu = describeGelu(found);
    const last = found.nodes[found.nodes.length - 1];
    const here = byPlace.get(last);
    const twin = here?.find((one) => JSON.stringify({ ...one, count: 0 }) === JSON.stringify({ ...gelu, count: 0 }));
    if (twin !== undefined) twin.count += gelu.count;
    else if (here !== undefined) here.push(gelu);
    else byPlace.set(last, [gelu]);
  }
  return [...byPlace.values()].flat();
}

export function describeGelu(found: Found): OnnxGelu {
  const { variant, alpha, composite, nodes, x, y, bias, scope, dtype, shared, problem } = found;
  const [{ op, domain }] = nodes;
  const { path, opsets } = scope.graph;
  const type = dtype === undefined ? undefined : DTYPES[dtype];
  return {
    ...(variant !== undefined && { variant }),
    ...(alpha !== undefined && { alpha: Number(alpha.toPrecision(7)) }),
    written: composite ? composite.heart.toLowerCase() : domain === '' ? op : `${domain}.${op}`,
    graph: path,
    nodes: nodes.map((node) => ({ name: node.name, op: node.op })),
    input: x,
    output: y,
    ...(bias !== undefined && { bias }),
    opset: opsets.get('')?.version ?? 0,
    ...(type !== undefined && { dtype: type }),
    shared,
    count: scope.calls.count,
    ...(problem !== undefined && { problem }),
    runtime: runtimePlan(found),
  };
}

function externalFiles({ graph }: Model): string[] {
  const tensors = withInner(graph).flatMap(({ initializers }) => [...initializers.values()].map((i) => i.tensor));
  return [...new Set(tensors.map(({ external }) => external))].filter((name) => name !== undefined);
}

function countNodes({ graph, functions }: Model): number {
  return [graph, ...functions].flatMap(withInner).reduce((sum, { nodes }) => sum + nodes.length, 0);
}
