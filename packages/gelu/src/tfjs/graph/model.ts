import { describe, GeluTypeError } from '../../shared/errors.js';

// The parts of a converter's model.json that are read here. What is not named stays as it is.

/** An attribute of a node. Strings are in base64, or arrays of bytes. */
export interface Attribute {
  readonly s?: string | readonly number[];
  readonly i?: number | string;
  readonly f?: number;
  readonly b?: boolean;
  readonly type?: string | number;
  readonly list?: { readonly s?: readonly (string | readonly number[])[]; readonly i?: readonly number[] };
}

/** A node of a graph. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: { readonly [name: string]: Attribute };
}

/** A function of the library: the body of an If, a While or a call. */
export interface FunctionDef {
  readonly signature: { readonly name: string; readonly inputArg?: readonly { readonly name: string }[] };
  readonly nodeDef?: readonly NodeDef[];
  readonly ret?: { readonly [name: string]: string };
  readonly controlRet?: { readonly [name: string]: string };
}

/** A TensorFlow graph. */
export interface GraphDef {
  readonly node?: readonly NodeDef[];
  readonly library?: { readonly function?: readonly FunctionDef[] };
}

interface Signature {
  readonly outputs?: { readonly [name: string]: { readonly name?: string } };
}

/** How a weight is stored. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number };
}

/** A model as `model.json` holds it, or as a handler of TensorFlow.js loads it (then with `weightSpecs`). Its nodes are {@link NodeDef}. */
export interface GraphModelJSON {
  readonly format?: string;
  readonly modelTopology?: object;
  readonly signature?: Signature;
  readonly userDefinedMetadata?: { readonly signature?: Signature };
  readonly weightsManifest?: readonly { readonly paths: readonly string[]; readonly weights: readonly WeightSpec[] }[];
  readonly weightSpecs?: readonly WeightSpec[];
}

/**
 * The JSON is no graph model.
 *
 * @example
 * try {
 *   inspectGraphModel({}, weights);
 * } catch (error) {
 *   error instanceof GraphModelError; // true
 * }
 */
export class GraphModelError extends Error {
  override readonly name: string = 'GraphModelError';
}

/**
 * The graph of a model.
 *
 * @throws GeluTypeError if it is no object, GraphModelError if it holds no graph or a damaged one.
 */
export function graphOf(model: GraphModelJSON): GraphDef {
  const { modelTopology: graph, format } = entriesOf(model);
  if (graph === null || typeof graph !== 'object') throw new GraphModelError('no graph model: it has no modelTopology');
  if (format === 'layers-model' || 'model_config' in graph || 'class_name' in graph)
    throw new GraphModelError("a layers model, which keeps its activations' names: load it with loadLayersModel");
  const { node } = graph as GraphDef;
  if (!Array.isArray(node)) throw new GraphModelError('not a graph model: its modelTopology has no nodes');
  for (const { signature, nodeDef = [], ret, controlRet } of library(graph)) {
    const names = [ret, controlRet].flatMap((some) => Object.values(some ?? {}));
    if (!Array.isArray(nodeDef) || !isNames(names))
      throw new GraphModelError(`a damaged graph: function ${signature.name}`);
    for (const each of nodeDef) requireNode(each);
  }
  for (const each of node) requireNode(each);
  return graph as GraphDef;
}

function entriesOf(model: GraphModelJSON): GraphModelJSON {
  try {
    if (model !== null && typeof model === 'object') return { ...model };
  } catch {
    // a proxy that throws
  }
  throw new GeluTypeError('model', 'the content of a model.json', describe(model));
}

const isNames = (value: unknown): boolean => Array.isArray(value) && value.every((name) => typeof name === 'string');

function requireNode(node: NodeDef): void {
  const whole =
    node !== null &&
    typeof node === 'object' &&
    typeof node.name === 'string' &&
    typeof node.op === 'string' &&
    (node.input === undefined || isNames(node.input)) &&
    (node.attr === undefined || (node.attr !== null && typeof node.attr === 'object')) &&
    Object.values(node.attr ?? {}).every((attr) => attr !== null && typeof attr === 'object');
  if (!whole) throw new GraphModelError(`a damaged graph: ${JSON.stringify(node)?.slice(0, 80)} is no node`);
}

/** The functions of a graph. */
export function library(graph: object): readonly FunctionDef[] {
  const functions = (graph as GraphDef).library?.function;
  return Array.isArray(functions) ? functions.filter((f) => typeof f?.signature?.name === 'string') : [];
}

/** The names of the nodes that a model gives as outputs; undefined where it does not say, and every end is one. */
export function outputsOf({ signature, userDefinedMetadata }: GraphModelJSON): readonly string[] | undefined {
  const outputs = Object.values((userDefinedMetadata?.signature ?? signature)?.outputs ?? {});
  return outputs.length === 0
    ? undefined
    : outputs.flatMap((output) => (typeof output?.name === 'string' ? [output.name] : []));
}

/**
 * How the weights of a model are stored, in their order.
 *
 * @throws GraphModelError if that is damaged.
 */
export function weightSpecsOf({ weightSpecs, weightsManifest }: GraphModelJSON): readonly WeightSpec[] {
  const specs: unknown =
    weightSpecs ?? (Array.isArray(weightsManifest) ? weightsManifest.flatMap((group) => group?.weights) : []);
  const whole = (spec: WeightSpec | undefined | null): boolean =>
    typeof spec?.name === 'string' &&
    typeof spec.dtype === 'string' &&
    Array.isArray(spec.shape) &&
    spec.shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!Array.isArray(specs) || !specs.every(whole))
    throw new GraphModelError('a damaged list of weights: each has a name, a dtype and a shape');
  return specs;
}

/** A string attribute. */
export function textOf(value: string | readonly number[] | undefined): string {
  try {
    return typeof value === 'string' ? atob(value) : String.fromCharCode(...(value ?? []));
  } catch {
    return ''; // what is no text names nothing that is known
  }
}
