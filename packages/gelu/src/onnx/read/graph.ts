import { OnnxFormatError } from '../errors.js';
import { type Attribute, type Attributes, NO_ATTRIBUTES, readAttribute } from './attribute.js';
import { readTensor, type Tensor } from './tensor.js';
import { readValue, type ValueType, valueType } from './value.js';
import { Cursor, type Place, placeOf, type WireReader } from './wire.js';

/** Graphs inside of graphs, deeper than any model has them. */
const DEEPEST = 64;

/** A node of a graph. */
export interface Node {
  name: string;
  op: string;
  domain: string;
  /** Which of the functions of one name it calls. */
  overload: string;
  doc: string;
  inputs: string[];
  outputs: string[];
  attributes: Attributes;
  /** The branches of an If, the body of a Loop or Scan. */
  graphs: readonly Graph[];
  place: Place;
}

const NO_GRAPHS: readonly Graph[] = [];

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
  /** What the file says of the types of values. */
  types: Map<string, ValueType>;
  /** The entries of value_info, by name. */
  typePlaces: Map<string, Place>;
  /** Names that are used by other parts of the file than nodes: the parameters of quantized values. */
  mentioned: string[];
  opsets: Opsets;
  place: Place;
}

/** The operator sets that are imported: version by domain, '' for the standard one. */
export type Opsets = Map<string, { domain: string; version: number; place: Place }>;

/** A graph of which nothing is known yet. */
export function emptyGraph(path: string, outer: Graph | undefined, opsets: Opsets, place: Place): Graph {
  return {
    path,
    outer,
    nodes: [],
    inputs: [],
    outputs: [],
    initializers: new Map(),
    types: new Map(),
    typePlaces: new Map(),
    mentioned: [],
    opsets,
    place,
  };
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
  for (const field = new Cursor(place.start, place.end); reader.next(field); ) {
    const here = placeOf(field, place);
    if (field.number === 1) graph.nodes.push(readNode(reader, here, graph));
    else if (field.number === 5) addInitializer(reader, here, here, graph);
    else if (field.number === 11) graph.inputs.push(addValue(reader, here, graph));
    else if (field.number === 12) graph.outputs.push(addValue(reader, here, graph));
    else if (field.number === 13) graph.typePlaces.set(addValue(reader, here, graph), here);
    else if (field.number === 14) addMentioned(reader, here, graph);
    // SparseTensorProto.values: 1
    else if (field.number === 15)
      for (const part of reader.fields(field.start, field.end))
        if (part.number === 1) addInitializer(reader, placeOf(part, here), here, graph);
  }
  return graph;
}

function addInitializer(reader: WireReader, tensorPlace: Place, place: Place, graph: Graph): void {
  reader.count(place);
  const tensor = readTensor(reader, tensorPlace.start, tensorPlace.end);
  const sparse = tensorPlace !== place;
  if (!sparse) graph.initializers.set(tensor.name, { tensor, place });
  graph.types.set(tensor.name, valueType(tensor.dtype || undefined, sparse ? undefined : tensor.dims));
}

/** Notes the type of a ValueInfoProto and returns its name. */
export function addValue(reader: WireReader, place: Place, graph: Graph): string {
  const { name, type } = readValue(reader, place);
  const known = graph.types.get(name);
  if (type !== undefined && (known?.dtype === undefined || known.dims === undefined))
    graph.types.set(name, valueType(known?.dtype ?? type.dtype, known?.dims ?? type.dims));
  return name;
}

/** TensorAnnotation.quant_parameter_tensor_names: 2, whose value: 2. */
function addMentioned(reader: WireReader, place: Place, graph: Graph): void {
  for (const entry of reader.fields(place.start, place.end)) {
    if (entry.number === 1) graph.mentioned.push(reader.text(entry));
    if (entry.number !== 2) continue;
    reader.count(place);
    for (const part of reader.fields(entry.start, entry.end))
      if (part.number === 2) graph.mentioned.push(reader.text(part));
  }
}

const ins: string[] = [];
const outs: string[] = [];

/** A NodeProto with the graphs in it. */
export function readNode(reader: WireReader, place: Place, graph: Graph): Node {
  const node: Node = {
    name: '',
    op: '',
    domain: '',
    overload: '',
    doc: '',
    inputs: [],
    outputs: [],
    attributes: NO_ATTRIBUTES,
    graphs: NO_GRAPHS,
    place,
  };
  const attributes: Place[] = [];
  // Arrays that grow keep room for much more: nodes have copies of just what there is.
  ins.length = 0;
  outs.length = 0;
  reader.count(place);
  for (const field = new Cursor(place.start, place.end); reader.next(field); ) {
    if (field.number < 3) reader.count(place);
    if (field.number === 1) ins.push(reader.text(field));
    else if (field.number === 2) outs.push(reader.text(field));
    else if (field.number === 3) node.name = reader.text(field);
    else if (field.number === 4) node.op = reader.text(field);
    else if (field.number === 5) attributes.push(placeOf(field, place));
    else if (field.number === 6 && field.end - field.start < 1024) node.doc = reader.text(field);
    else if (field.number === 7) node.domain = reader.text(field);
    else if (field.number === 8) node.overload = reader.text(field);
  }
  node.inputs = ins.slice();
  node.outputs = outs.slice();
  if (node.domain === 'ai.onnx') node.domain = '';
  if (attributes.length > 0) readAttributes(reader, attributes, node, graph);
  return node;
}

function readAttributes(reader: WireReader, places: readonly Place[], node: Node, graph: Graph): void {
  const read = new Map<string, Attribute>();
  const graphs: Graph[] = [];
  for (const place of places) {
    const [name, attribute] = readAttribute(reader, place, (label, inner) => {
      const path = `${graph.path}/${node.name || node.outputs[0] || node.op}.${label}`;
      if (depth(graph) > DEEPEST) throw new OnnxFormatError('the model has too many graphs in graphs', place.begin);
      graphs.push(readGraph(reader, inner, path, graph, graph.opsets));
    });
    read.set(name, attribute);
  }
  node.attributes = read;
  if (graphs.length > 0) node.graphs = graphs;
}

function depth(graph: Graph): number {
  let count = 0;
  for (let g = graph.outer; g !== undefined; g = g.outer) count++;
  return count;
}

/** A graph and all graphs inside of its nodes. */
export function withInner(graph: Graph): Graph[] {
  const graphs = [graph];
  for (const { nodes } of graphs) for (const node of nodes) for (const inner of node.graphs) graphs.push(inner);
  return graphs;
}
