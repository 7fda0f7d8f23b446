/**
 * `gelu/tfjs/graph`: finds GELU, SiLU, Mish and HardSwish in a graph model of TensorFlow.js, the `model.json` that the converter
 * writes, and rewrites it. Needs nothing else: no TensorFlow.js, and weights are left alone.
 */
import type { ParameterValues } from '../../activations/model/parameters.js';
import { isArray } from '../../input/arrays.js';
import { requireOptions } from '../../input/options.js';
import { describe, GeluTypeError } from '../../shared/errors.js';
import { type Found, findIn, notUnderstood } from './find.js';
import { type GraphModelJSON, graphOf, library, outputsOf } from './model.js';
import { rewriteNodes } from './rewrite.js';
import { scopesOf } from './scope.js';
import { uniformsIn, type WeightReader } from './weights.js';

export { GraphModelError, type GraphModelJSON, type NodeDef, type WeightSpec } from './model.js';
export { OPERATION } from './operation.js';
export type { WeightReader } from './weights.js';

/** An activation of a graph model. */
export interface GraphActivation {
  /** 'gelu', 'silu', 'mish' or 'hardswish'. */
  readonly activation: string;
  /** GELU's form; SiLU's beta where it is not 1. */
  readonly parameters: ParameterValues;
  /** How it is written: around 'Erf', 'Erfc', 'Tanh', 'Sigmoid', …, or as one operation. */
  readonly written: string;
  /** 'main', or the name of the function whose body it is in. */
  readonly graph: string;
  readonly nodes: readonly { readonly name: string; readonly op: string }[];
  readonly input: string;
  readonly output: string;
  /** How far what is written is from the function, at the worst of some points from −30 to 30: constants are rounded. */
  readonly difference: number;
  /** Nodes on the way that others read too: they stay. */
  readonly shared: readonly string[];
}

/** What was found in a graph model. */
export interface GraphModelReport {
  /** How many nodes there are, those of functions included. */
  readonly nodes: number;
  readonly activations: readonly GraphActivation[];
  /** Operations that activations are made around, and of which none was found. */
  readonly notUnderstood: readonly { readonly graph: string; readonly name: string; readonly op: string }[];
}

/** The weights of a model: all of them in one buffer or several, in the order of the manifest; or what reads them. */
export type Weights = ArrayBuffer | Uint8Array | readonly ArrayBuffer[] | WeightReader;

/**
 * Reports every GELU, SiLU, Mish and HardSwish in a graph model, however it is written: the steps from a value to another are
 * computed and compared with the functions. Function bodies (of If, While) included. Of the weights only constants are read.
 *
 * @throws GeluTypeError if an argument is none of these; GraphModelError if the model is no graph model.
 *
 * @example
 * const { activations } = inspectGraphModel(model, weights);
 * activations[0].activation; // "gelu"
 */
export function inspectGraphModel(model: GraphModelJSON, weights: Weights): GraphModelReport {
  const { scopes, found } = search(model, weights);
  return {
    nodes: scopes.reduce((sum, { nodes }) => sum + nodes.length, 0),
    activations: found.flat().map(describeFound),
    notUnderstood: scopes.flatMap((scope, i) =>
      notUnderstood(scope, found[i]).map(({ name, op }) => ({ graph: scope.graph, name, op })),
    ),
  };
}

/** Options of {@link rewriteGraphModel}. */
export interface GraphRewriteOptions {
  /** Names of nodes that `model.execute(inputs, names)` asks for: they stay, as the model's own outputs do. */
  readonly keep?: readonly string[] | undefined;
  /** Which activations become one operation; default: all. */
  readonly filter?: ((activation: GraphActivation) => boolean) | undefined;
}

/** A rewritten model. */
export interface GraphRewrite<T> {
  /** The model with another topology; all else, weights too, is the original's. */
  readonly model: T;
  readonly rewritten: readonly GraphActivation[];
}

/**
 * The model with every activation that {@link inspectGraphModel} finds as one operation, {@link OPERATION}, which runs where
 * `gelu/tfjs/converter` was imported. Names of values stay, also those that others read; what is not recognised stays as it is.
 *
 * @throws as {@link inspectGraphModel}.
 *
 * @example
 * const { model: rewritten } = rewriteGraphModel(model, weights);
 * rewritten.modelTopology.node.some(({ op }) => op === OPERATION); // true
 */
export function rewriteGraphModel<T extends GraphModelJSON>(
  model: T,
  weights: Weights,
  options: GraphRewriteOptions = {},
): GraphRewrite<T> {
  requireOptions(options, ['keep', 'filter']);
  const { keep = [], filter = () => true } = options;
  if (!isArray(keep) || !keep.every((name) => typeof name === 'string'))
    throw new GeluTypeError('keep', 'an array of names', describe(keep));
  if (typeof filter !== 'function') throw new GeluTypeError('filter', 'a function', describe(filter));
  const { graph, scopes, found } = search(model, weights);
  const chosen = found.map((all) => all.filter((one) => filter(describeFound(one))));
  const rewritten = chosen.flat().map(describeFound);
  if (rewritten.length === 0) return { model, rewritten };
  const kept = new Set(keep.map((name) => name.split(':')[0]));
  const [node, ...bodies] = scopes.map((scope, i) => rewriteNodes(scope, chosen[i], kept));
  const functions = library(graph).map((f, i) => (chosen[i + 1].length > 0 ? { ...f, nodeDef: bodies[i] } : f));
  const topology = {
    ...graph,
    node,
    ...(functions.length > 0 && { library: { ...graph.library, function: functions } }),
  };
  return { model: { ...model, modelTopology: topology }, rewritten };
}

function search(model: GraphModelJSON, weights: Weights) {
  const graph = graphOf(model);
  const scopes = scopesOf(graph, outputsOf(model), uniformsIn(model, readerOf(weights)));
  return { graph, scopes, found: scopes.map(findIn) };
}

function describeFound({
  activation,
  parameters,
  written,
  scope,
  nodes,
  x,
  y,
  difference,
  shared,
}: Found): GraphActivation {
  return {
    activation,
    parameters,
    written,
    graph: scope.graph,
    nodes: nodes.map(({ name, op }) => ({ name, op })),
    input: x,
    output: y.name,
    difference,
    shared,
  };
}

function readerOf(weights: Weights): WeightReader {
  if (typeof weights === 'function') return weights;
  const parts: readonly unknown[] = isArray(weights) ? weights : [weights];
  const bytes = parts.map((part) => {
    if (part instanceof Uint8Array) return part;
    if (Object.prototype.toString.call(part) === '[object ArrayBuffer]') return new Uint8Array(part as ArrayBuffer);
    throw new GeluTypeError('weights', 'an ArrayBuffer, several, or a function that reads', describe(part));
  });
  return (offset, length) => {
    const out: number[] = [];
    let start = 0;
    for (const part of bytes) {
      if (out.length === 0 && offset >= start && offset + length <= start + part.length)
        return part.subarray(offset - start, offset - start + length);
      for (let i = Math.max(offset + out.length - start, 0); i < part.length && out.length < length; i++)
        if (start + i === offset + out.length) out.push(part[i]);
      start += part.length;
    }
    return Uint8Array.from(out);
  };
}
