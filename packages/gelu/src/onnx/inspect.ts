import type { Approximate } from '../activations/gelu/approximate.js';
import { isQuantizer } from './find/evaluate.js';
import { type Found, findAll } from './find/find.js';
import type { Gate } from './find/gates.js';
import type { FoundActivation } from './find/recognise.js';
import type { NotUnderstood } from './find/unknown.js';
import { type Node, withInner } from './read/graph.js';
import { type OnnxInput, requireInput } from './read/input.js';
import { type Model, readModel } from './read/model.js';
import { DTYPES } from './read/tensor.js';
import { type RuntimePlan, runtimePlan } from './runtime/plan.js';

/** An activation of a model. */
export interface OnnxActivation {
  /** Its name in the registry of activations. */
  activation: FoundActivation;
  /** Of the registry's function: `approximate` of 'gelu', `beta` of 'silu'. */
  parameters: Readonly<Record<string, number | string>>;
  /**
   * How it is written: an operator ('Gelu', 'com.microsoft.BiasGelu'), or, of several nodes, the function at its heart: 'erf', 'tanh',
   * 'sigmoid', 'exp', 'clip', 'hardsigmoid', 'relu', 'min', 'max', 'less', 'lessorequal',
   * 'greater', 'greaterorequal', 'accurate'.
   */
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
  /** What else its one node does. */
  part?: string;
  /** Other values that are multiplied in on the way: `output` is the activation times these. */
  factors?: string[];
  /** Nodes of the graphs around its own that are part of it. They stay when it is rewritten. */
  outside?: { name: string; op: string }[];
  /** Values are quantized on the way from input to output. */
  quantized?: true;
  /** The largest difference from the function as it is defined, for |x| < 6, where rounded constants make it 1e-6 and more. */
  deviation?: number;
  /** Its constants that are inputs of the model too: a caller may give others. */
  overridable?: string[];
  /** The gated unit of which it is the gate: `output` is `value` times this activation. */
  gate?: { unit: Gate['unit']; value: string; output: string };
}

/** A GELU of a model. */
export interface OnnxGelu extends OnnxActivation {
  activation: 'gelu';
  /** The function that it is; left out where that cannot be told, see `problem`. */
  variant?: Approximate;
  /** Of x·σ(αx). */
  alpha?: number;
}

/** A node that may be the heart of a GELU, and is that of no activation that was found. */
export interface OnnxNotUnderstood {
  op: string;
  /** Nodes may have no names. */
  name: string;
  graph: string;
  /** Its place among the nodes of the graph, from 0. */
  index: number;
  input: string;
  output: string;
  reason: string;
}

/** What was found in a model. */
export interface OnnxReport {
  irVersion: number;
  /** Versions by domain; '' is the standard one. */
  opsets: Record<string, number>;
  /** How many nodes there are, those in graphs inside of nodes and in functions included. */
  nodes: number;
  /** How many of them there are of each operator: 'Add', 'com.microsoft.Gelu'. */
  operators: Record<string, number>;
  gelus: OnnxGelu[];
  /** The other activations: SiLU, HardSwish, Mish. */
  others: OnnxActivation[];
  /** Each Erf, Tanh and Sigmoid that is part of none of those, and operators that by their names might be one. */
  notUnderstood: OnnxNotUnderstood[];
  /** The files beside the model that hold weights. */
  external: string[];
}

/**
 * Reports every GELU, SiLU, HardSwish and Mish in an ONNX model, in whatever way it is written: one node of either domain, a part of a
 * fused node, or several, which are told by what they compute: erf, tanh, σ or exponentials with sums and products in any order,
 * casts, moved elements and computed constants included; also in subgraphs and functions. Weights are not read.
 *
 * Constants are those of the function within 0.1 % (in bfloat16 and quantized 1.6 %); `deviation` says what that makes.
 *
 * @throws GeluTypeError if `model` is neither bytes nor a file.
 * @throws OnnxFormatError if it is no ONNX model or damaged.
 *
 * @example
 * const { gelus } = inspectOnnx(model); // bytes of a file
 * gelus[0].written; // "erf"
 * gelus[0].runtime.plan; // "fused"
 */
export function inspectOnnx(model: OnnxInput): OnnxReport {
  const read = readModel(requireInput(model));
  const { found, notUnderstood } = findAll(read);
  const described = describeAll(found);
  return {
    irVersion: read.irVersion,
    opsets: Object.fromEntries([...read.opsets].map(([domain, { version }]) => [domain, version])),
    nodes: allNodes(read).length,
    operators: countOperators(read),
    gelus: described.filter(isGelu),
    others: described.filter((each) => !isGelu(each)),
    notUnderstood: describeNodes(notUnderstood),
    external: externalFiles(read),
  };
}

/** Of a function's activations those that are the same in calls of different kinds are one. */
function describeAll(all: readonly Found[]): OnnxActivation[] {
  const byPlace = new Map<Found['nodes'][number], OnnxActivation[]>();
  for (const found of all) {
    const one = describeActivation(found);
    const last = found.nodes[found.nodes.length - 1];
    const here = byPlace.get(last);
    const twin = here?.find((other) => JSON.stringify({ ...other, count: 0 }) === JSON.stringify({ ...one, count: 0 }));
    if (twin !== undefined) twin.count = Math.min(twin.count + one.count, Number.MAX_SAFE_INTEGER);
    else if (here !== undefined) here.push(one);
    else byPlace.set(last, [one]);
  }
  return [...byPlace.values()].flat();
}

function isGelu(each: OnnxActivation): each is OnnxGelu {
  return each.activation === 'gelu';
}

/** Differences below this are not worth a word: constants in float32. */
const NOTED = 1e-6;

export function describeActivation(found: Found): OnnxActivation | OnnxGelu {
  const { activation, variant, composite, nodes, x, y, bias, part, gate, scope, dtype, shared, problem } = found;
  const [{ op, domain }] = nodes;
  const { path, opsets } = scope.graph;
  const type = dtype === undefined ? undefined : DTYPES[dtype];
  const alpha = found.alpha === undefined ? undefined : Number(found.alpha.toPrecision(7));
  const { deviation = 0, overridable = [], factors = [], outside = [] } = composite ?? {};
  return {
    activation,
    ...(activation === 'gelu' && variant !== undefined && { variant }),
    ...(activation === 'gelu' && alpha !== undefined && { alpha }),
    parameters: parametersOf(activation, variant, alpha),
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
    ...(part !== undefined && { part }),
    ...(factors.length > 0 && { factors: [...factors] }),
    ...(outside.length > 0 && { outside: outside.map(({ name, op }) => ({ name, op })) }),
    ...(composite?.nodes.some(isQuantizer) && { quantized: true as const }),
    ...(deviation >= NOTED && { deviation: Number(deviation.toPrecision(2)) }),
    ...(overridable.length > 0 && { overridable: [...overridable] }),
    ...(gate && { gate: { unit: gate.unit, value: gate.value, output: gate.output } }),
  } as OnnxActivation | OnnxGelu;
}

function parametersOf(
  activation: FoundActivation,
  variant: Approximate | undefined,
  alpha: number | undefined,
): OnnxActivation['parameters'] {
  if (activation === 'gelu' && variant !== undefined) return { approximate: variant };
  return activation === 'silu' && alpha !== undefined ? { beta: alpha } : {};
}

/** Those of a function once, however it is called. */
function describeNodes(all: readonly NotUnderstood[]): OnnxNotUnderstood[] {
  const described = new Map<string, OnnxNotUnderstood>();
  for (const each of all) {
    const one = describeNode(each);
    described.set(JSON.stringify(one), one);
  }
  return [...described.values()];
}

function describeNode({ scope: { graph }, node, index, reason }: NotUnderstood): OnnxNotUnderstood {
  const { op, name, domain, inputs, outputs } = node;
  const operator = domain === '' ? op : `${domain}.${op}`;
  const [input = '', output = ''] = [inputs[0], outputs[0]];
  return { op: operator, name, graph: graph.path, index, input, output, reason };
}

function externalFiles({ graph }: Model): string[] {
  const tensors = withInner(graph).flatMap(({ initializers }) => [...initializers.values()].map((i) => i.tensor));
  return [...new Set(tensors.map(({ external }) => external))].filter((name) => name !== undefined);
}

function allNodes({ graph, functions }: Model): Node[] {
  return [graph, ...functions].flatMap(withInner).flatMap(({ nodes }) => nodes);
}

function countOperators(model: Model): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { op, domain } of allNodes(model)) {
    const operator = domain === '' ? op : `${domain}.${op}`;
    counts.set(operator, (counts.get(operator) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort());
}
