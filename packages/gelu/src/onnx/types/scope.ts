import type { Graph, Node, ValueType } from '../read/graph.js';
import { withInner } from '../read/graph.js';
import type { Tensor } from '../read/tensor.js';

/** Where the values of a graph come from and go to. */
export interface Scope {
  graph: Graph;
  producer: Map<string, Node>;
  /** Nodes of this graph that take a value. */
  consumers: Map<string, Node[]>;
  /** Values that leave: outputs of the graph, and what graphs inside of nodes use. */
  escaping: Set<string>;
  outer: Scope | undefined;
  irVersion: number;
}

export function scopeOf(graph: Graph, outer: Scope | undefined, irVersion: number): Scope {
  const scope: Scope = {
    graph,
    producer: new Map(),
    consumers: new Map(),
    escaping: new Set(graph.outputs),
    outer,
    irVersion,
  };
  for (const node of graph.nodes) {
    for (const name of node.outputs) if (name !== '') scope.producer.set(name, node);
    for (const name of new Set(node.inputs)) {
      const known = scope.consumers.get(name);
      if (known) known.push(node);
      else scope.consumers.set(name, [node]);
    }
    for (const inner of node.graphs.flatMap(withInner)) {
      for (const { inputs } of inner.nodes) for (const name of inputs) scope.escaping.add(name);
      for (const name of inner.outputs) scope.escaping.add(name);
    }
  }
  return scope;
}

/** The tensor that a value always is: an initializer that no input overrides, or what a Constant gives. */
export function constantTensor(scope: Scope, name: string): Tensor | undefined {
  const node = scope.producer.get(name);
  if (node !== undefined) return node.op === 'Constant' && node.domain === '' ? constantOf(node) : undefined;
  const initializer = scope.graph.initializers.get(name);
  // Before IR version 4 every initializer had to be listed as an input.
  if (initializer !== undefined)
    return scope.irVersion < 4 || !scope.graph.inputs.includes(name) ? initializer.tensor : undefined;
  if (scope.graph.inputs.includes(name) || scope.outer === undefined) return undefined;
  return constantTensor(scope.outer, name);
}

function constantOf({ attributes }: Node): Tensor | undefined {
  const tensor = attributes.get('value')?.tensor;
  if (tensor !== undefined) return tensor;
  const float = attributes.get('value_float')?.float;
  if (float !== undefined) return scalar(1, float);
  const integer = attributes.get('value_int')?.integer;
  return integer === undefined ? undefined : scalar(7, integer);
}

function scalar(dtype: number, value: number): Tensor {
  return { name: '', dtype, dims: [], value, content: undefined, external: undefined };
}

/** Operators whose result has the dtype of their inputs. */
const SAME = new Set(
  `Add Sub Mul Div MatMul Gemm Conv LayerNormalization BatchNormalization Relu Identity Reshape Transpose Unsqueeze Squeeze
  Flatten Erf Tanh Sigmoid Dropout Split Concat Slice Softmax Gelu FastGelu BiasGelu QuickGelu Clip Sqrt Pow Neg Abs`.split(
    /\s+/,
  ),
);

/** What is known of a value's type, from what the file says or from what it is computed of. */
export function typeOf(scope: Scope, name: string, depth = 0): ValueType | undefined {
  const stated = scope.graph.types.get(name);
  if (stated !== undefined && stated.dtype !== 0) return stated;
  const node = scope.producer.get(name);
  if (node === undefined) {
    if (scope.graph.inputs.includes(name) || scope.outer === undefined) return undefined;
    return typeOf(scope.outer, name);
  }
  const dtype = node.op === 'Cast' ? node.attributes.get('to')?.integer : constantTensor(scope, name)?.dtype;
  if (dtype !== undefined) return { dtype, rank: undefined };
  if (!SAME.has(node.op) || depth > 100) return undefined;
  for (const input of node.inputs.slice(0, 2)) {
    const type = typeOf(scope, input, depth + 1);
    if (type !== undefined) return { dtype: type.dtype, rank: undefined };
  }
  return undefined;
}
