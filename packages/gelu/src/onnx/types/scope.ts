import type { Attribute } from '../read/attribute.js';
import type { Graph, Node } from '../read/graph.js';
import type { Tensor } from '../read/tensor.js';
import type { ValueType } from '../read/value.js';

/** Where the values of a graph come from and go to, and what is known of them. */
export interface Scope {
  graph: Graph;
  inputs: ReadonlySet<string>;
  producer: ReadonlyMap<string, Node>;
  /** Nodes of this graph that take a value. */
  consumers: ReadonlyMap<string, readonly Node[]>;
  /** Values that leave: outputs of the graph, and what graphs inside of nodes and other parts of the file use. */
  escaping: ReadonlySet<string>;
  outer: Scope | undefined;
  irVersion: number;
  /** The calls by which it runs. */
  calls: Calls;
  /** The type of a value of this graph or of one around it. */
  type: (name: string) => ValueType | undefined;
}

/** Calls of a function that have the same attributes and dtypes; the main graph is called once. */
export interface Calls {
  /** How often it is called, all callers' calls counted. */
  count: number;
  /** What the calls and the function's defaults say of its attributes. */
  values: ReadonlyMap<string, Attribute>;
}

/**
 * An attribute of a node, one that refers to an attribute of the function around it as the calls say. If its `reference` is still
 * there it cannot be resolved: nothing gives it, or different calls give different values.
 */
export function attributeOf({ calls }: Pick<Scope, 'calls'>, node: Node, name: string): Attribute | undefined {
  const attribute = node.attributes.get(name);
  if (attribute?.reference === undefined) return attribute;
  return calls.values.get(attribute.reference) ?? attribute;
}

/** The scope in which a value is defined, as seen from an inner one. */
export function definingScope(scope: Scope, name: string): Scope | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) if (defines(at, name)) return at;
  return undefined;
}

function defines({ graph, producer, inputs }: Scope, name: string): boolean {
  return producer.has(name) || graph.initializers.has(name) || inputs.has(name);
}

/** The tensor that a value always is: an initializer that no input overrides, or what a Constant gives. */
export function constantTensor(scope: Scope, name: string): Tensor | undefined {
  const at = definingScope(scope, name);
  if (at === undefined) return undefined;
  const node = at.producer.get(name);
  if (node !== undefined) return node.op === 'Constant' && node.domain === '' ? constantOf(at, node) : undefined;
  const initializer = at.graph.initializers.get(name);
  // Before IR version 4 every initializer had to be listed as an input.
  return at.irVersion < 4 || !at.inputs.has(name) ? initializer?.tensor : undefined;
}

function constantOf(scope: Scope, node: Node): Tensor | undefined {
  const given = (name: string): Attribute | undefined => attributeOf(scope, node, name);
  const tensor = given('value')?.tensor;
  if (tensor !== undefined) return tensor;
  const float = given('value_float')?.float;
  if (float !== undefined) return constant(1, [], [float]);
  const integer = given('value_int')?.integer;
  if (integer !== undefined) return constant(7, [], [integer]);
  const floats = given('value_floats')?.floats;
  if (floats !== undefined) return constant(1, [floats.length], floats);
  const integers = given('value_ints')?.integers;
  return integers === undefined ? undefined : constant(7, [integers.length], integers);
}

function constant(dtype: number, dims: number[], values: readonly number[]): Tensor {
  const uniform = values.every((value) => value === values[0]) ? values[0] : undefined;
  const content = {
    uniform: () => uniform,
    elements: (most: number) => (values.length > most ? undefined : [...values]),
  };
  return { name: '', dtype, dims, value: values.length === 1 ? uniform : undefined, content, external: undefined };
}

/** What is known of a value's type. */
export function typeOf(scope: Scope, name: string): ValueType | undefined {
  return scope.type(name);
}
