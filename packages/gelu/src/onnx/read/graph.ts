import { OnnxFormatError } from '../errors.js';
import type { Place } from '../write/edit.js';
import { readTensor, type Tensor } from './tensor.js';
import type { Field, WireReader } from './wire.js';

/** An attribute of a node, as far as it matters here. */
export interface Attribute {
  float?: number;
  integer?: number;
  text?: string;
  tensor?: Tensor;
  integers?: number[];
  floats?: number[];
  /** It takes the value of this attribute of the function around it. */
  reference?: string;
  /** Whether there is more in it than is read here. */
  more?: boolean;
  place: Place;
}

/** Graphs inside of graphs, deeper than any model has them. */
const DEEPEST = 64;

/** A node of a graph. */
export interface Node {
  name: string;
  op: string;
  domain: string;
  doc: string;
  inputs: string[];
  outputs: string[];
  attributes: Map<string, Attribute>;
  /** The branches of an If, the body of a Loop or Scan. */
  graphs: Graph[];
  place: Place;
}

/** What is known of a value's type: the number of its dtype, how many dimensions. */
export interface ValueType {
  dtype: number;
  rank: number | undefined;
}

/** A graph: the model's, one inside of a node, or the body of a function. */
export interface Graph {
  /** 'main', 'main/If_3.then_branch', 'function domain:name'. */
  path: string;
  /** The graph around it, whose values can be used here. */
  outer: Graph | undefined;
  nodes: Node[];
  inputs: string[];
  outputs: string[];
  initializers: Map<string, { tensor: Tensor; place: Place }>;
  types: Map<string, ValueType>;
  /** The entries of value_info, by name. */
  typePlaces: Map<string, Place>;
  opsets: Opsets;
  place: Place;
}

/** The operator sets that are imported: version by domain, '' for the standard one. */
export type Opsets = Map<string, { domain: string; version: number; place: Place }>;

/** A graph of which nothing is known yet. */
export function emptyGraph(path: string, outer: Graph | undefined, opsets: Opsets, place: Place): Graph {
  const lists = { nodes: [], inputs: [], outputs: [] };
  return { path, outer, ...lists, initializers: new Map(), types: new Map(), typePlaces: new Map(), opsets, place };
}

/** A GraphProto; also those inside of nodes. */
export function readGraph(
  reader: WireReader,
  place: Place,
  path: string,
  outer: Graph | undefined,
  opsets: Opsets,
): Graph {
  const graph = emptyGraph(path, outer, opsets, place);
  for (const field of reader.fields(place.start, place.end)) {
    const here = { ...field, within: place };
    if (field.number === 1) graph.nodes.push(readNode(reader, here, graph));
    else if (field.number === 5) {
      const tensor = readTensor(reader, field.start, field.end);
      graph.initializers.set(tensor.name, { tensor, place: here });
      graph.types.set(tensor.name, { dtype: tensor.dtype, rank: tensor.dims.length });
    } else if (field.number === 11) graph.inputs.push(readValue(reader, field, graph));
    else if (field.number === 12) graph.outputs.push(readValue(reader, field, graph));
    else if (field.number === 13) graph.typePlaces.set(readValue(reader, field, graph), here);
  }
  return graph;
}

/** A NodeProto with the graphs in it. */
export function readNode(reader: WireReader, place: Place, graph: Graph): Node {
  const node: Node = {
    name: '',
    op: '',
    domain: '',
    doc: '',
    inputs: [],
    outputs: [],
    attributes: new Map(),
    graphs: [],
    place,
  };
  const attributes: Place[] = [];
  for (const field of reader.fields(place.start, place.end)) {
    if (field.number === 1) node.inputs.push(reader.text(field));
    else if (field.number === 2) node.outputs.push(reader.text(field));
    else if (field.number === 3) node.name = reader.text(field);
    else if (field.number === 4) node.op = reader.text(field);
    else if (field.number === 5) attributes.push({ ...field, within: place });
    else if (field.number === 6) node.doc = reader.text(field);
    else if (field.number === 7) node.domain = reader.text(field);
  }
  if (node.domain === 'ai.onnx') node.domain = '';
  for (const attribute of attributes) readAttribute(reader, attribute, node, graph);
  return node;
}

/** Of an AttributeProto: its name, its type, its documentation. */
const NAMING = new Set([1, 13, 20]);

function readAttribute(reader: WireReader, place: Place, node: Node, graph: Graph): void {
  const fields = reader.fields(place.start, place.end);
  const named = fields.find(({ number }) => number === 1);
  const name = named === undefined ? '' : reader.text(named);
  const attribute: Attribute = { place };
  const [integers, floats]: [number[], number[]] = [[], []];
  for (const field of fields) {
    if (field.number === 2) attribute.float = reader.float(field);
    else if (field.number === 3) attribute.integer = reader.integer(field);
    else if (field.number === 4) attribute.text = reader.text(field);
    else if (field.number === 5) attribute.tensor = readTensor(reader, field.start, field.end);
    else if (field.number === 7) for (const each of reader.floats(field)) floats.push(each);
    else if (field.number === 8) for (const each of reader.integers(field)) integers.push(each);
    else if (field.number === 21) attribute.reference = reader.text(field);
    else if (field.number === 6 || field.number === 11) {
      const path = `${graph.path}/${node.name || node.outputs[0] || node.op}.${name}`;
      if (depth(graph) > DEEPEST) throw new OnnxFormatError('the model has too many graphs in graphs', place.begin);
      node.graphs.push(readGraph(reader, { ...field, within: place }, path, graph, graph.opsets));
    } else if (!NAMING.has(field.number)) attribute.more = true;
  }
  if (integers.length > 0) attribute.integers = integers;
  if (floats.length > 0) attribute.floats = floats;
  node.attributes.set(name, attribute);
}

function depth({ outer }: Graph): number {
  return outer === undefined ? 0 : 1 + depth(outer);
}

/** Notes the type of a ValueInfoProto and returns its name. */
export function readValue(reader: WireReader, value: Field, graph: Graph): string {
  let name = '';
  let known: ValueType | undefined;
  for (const field of reader.fields(value.start, value.end)) {
    if (field.number === 1) name = reader.text(field);
    if (field.number !== 2) continue;
    // TypeProto.tensor_type: 1; its elem_type: 1, shape: 2, whose dim: 1.
    const tensor = reader.fields(field.start, field.end).find(({ number }) => number === 1);
    if (tensor === undefined) continue;
    known = { dtype: 0, rank: undefined };
    for (const part of reader.fields(tensor.start, tensor.end)) {
      if (part.number === 1) known.dtype = reader.integer(part);
      if (part.number === 2) known.rank = reader.fields(part.start, part.end).filter((f) => f.number === 1).length;
    }
  }
  if (known !== undefined && !graph.types.has(name)) graph.types.set(name, known);
  return name;
}

/** A graph and all graphs inside of its nodes. */
export function withInner(graph: Graph): Graph[] {
  return [graph, ...graph.nodes.flatMap(({ graphs }) => graphs.flatMap(withInner))];
}
