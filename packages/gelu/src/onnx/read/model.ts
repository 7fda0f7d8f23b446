import { OnnxFormatError } from '../errors.js';
import { type Attribute, type Attributes, readAttribute } from './attribute.js';
import { formatOf } from './format.js';
import { addValue, emptyGraph, type Graph, type Opsets, readGraph, readNode, withInner } from './graph.js';
import type { OnnxFile } from './input.js';
import { TextTable } from './text-table.js';
import { type Field, type Place, placeOf, WireReader } from './wire.js';

/** A model without its weights. */
export interface Model {
  irVersion: number;
  size: number;
  opsets: Opsets;
  graph: Graph;
  functions: FunctionGraph[];
  texts: TextTable;
}

/** A function of a model: an operator whose meaning the model itself holds. */
export interface FunctionGraph extends Graph {
  name: string;
  domain: string;
  overload: string;
  /** The names of its attributes, and what those are that a call need not give. */
  parameters: string[];
  defaults: Attributes;
}

// ModelProto and FunctionProto
const IR_VERSION = 1;
const GRAPH = 7;
const OPSET_IMPORT = 8;
const TRAINING = 20;
const FUNCTIONS = 25;
const FUNCTION_FIELDS = {
  name: 1,
  input: 4,
  output: 5,
  parameter: 6,
  node: 7,
  opset: 9,
  domain: 10,
  default: 11,
  types: 12,
  overload: 13,
};

/**
 * Reads the structure of a model. `texts` may be those of one that has most of its names.
 * @throws OnnxFormatError, which says what the file is instead, where its first bytes tell.
 */
export function readModel(file: OnnxFile, texts: TextTable = new TextTable()): Model {
  if (file.size === 0) throw new OnnxFormatError('not an ONNX model: the file is empty', 0);
  try {
    return readStructure(file, texts);
  } catch (error) {
    // Only now: what other formats begin with may be part of a model.
    const format = error instanceof OnnxFormatError ? formatOf(file) : undefined;
    throw format === undefined ? error : new OnnxFormatError(`not an ONNX model but ${format}`, 0);
  }
}

function readStructure(file: OnnxFile, texts: TextTable): Model {
  const reader = new WireReader(file, texts);
  const parts: Field[] = [];
  for (const field of reader.fields(0, file.size)) {
    if (![IR_VERSION, GRAPH, OPSET_IMPORT, TRAINING, FUNCTIONS].includes(field.number)) continue;
    reader.count(field);
    parts.push(field);
  }
  const opsets = readOpsets(reader, parts, OPSET_IMPORT, undefined);
  const mains = parts.filter(({ number }) => number === GRAPH);
  const version = parts.findLast(({ number }) => number === IR_VERSION);
  if (mains.length === 0 || version === undefined || opsets.size === 0)
    throw new OnnxFormatError('not an ONNX model: it has no version, no operator sets or no graph', 0);
  if (mains.length > 1) throw new OnnxFormatError('the model has more than one graph', mains[1].begin);
  const graph = readGraph(reader, placeOf(mains[0], undefined), 'main', undefined, opsets);
  const functions: FunctionGraph[] = [];
  for (const field of parts) {
    if (field.number === FUNCTIONS) functions.push(readFunction(reader, placeOf(field, undefined)));
    if (field.number === TRAINING) mentionTraining(reader, field, graph);
  }
  return { irVersion: reader.integer(version), size: file.size, opsets, graph, functions, texts };
}

function readOpsets(reader: WireReader, fields: readonly Field[], number: number, within: Place | undefined): Opsets {
  const opsets: Opsets = new Map();
  for (const field of fields) {
    if (field.number !== number) continue;
    let domain = '';
    let version = 0;
    for (const part of reader.fields(field.start, field.end)) {
      if (part.number === 1) domain = reader.text(part);
      if (part.number === 2) version = reader.integer(part);
    }
    opsets.set(domain === 'ai.onnx' ? '' : domain, { domain, version, place: placeOf(field, within) });
  }
  return opsets;
}

function readFunction(reader: WireReader, place: Place): FunctionGraph {
  const numbers = FUNCTION_FIELDS;
  const fields: Field[] = [];
  for (const field of reader.fields(place.start, place.end)) {
    reader.count(field);
    fields.push(field);
  }
  const texts = (number: number): string[] => fields.filter((f) => f.number === number).map((f) => reader.text(f));
  const [name = ''] = texts(numbers.name);
  const [domain = ''] = texts(numbers.domain);
  const [overload = ''] = texts(numbers.overload);
  const path = `function ${[domain, name, overload].filter((part) => part !== '').join(':')}`;
  const graph = emptyGraph(path, undefined, readOpsets(reader, fields, numbers.opset, place), place);
  graph.inputs = texts(numbers.input);
  graph.outputs = texts(numbers.output);
  const defaults = new Map<string, Attribute>();
  for (const field of fields) {
    const here = placeOf(field, place);
    if (field.number === numbers.node) graph.nodes.push(readNode(reader, here, graph));
    if (field.number === numbers.types) graph.typePlaces.set(addValue(reader, here, graph), here);
    if (field.number === numbers.default) defaults.set(...readAttribute(reader, here, () => {}));
  }
  const parameters = [...texts(numbers.parameter), ...defaults.keys()];
  const shownDomain = domain === 'ai.onnx' ? '' : domain;
  return Object.assign(graph, { name, domain: shownDomain, overload, parameters, defaults });
}

/** TrainingInfoProto: graphs (1, 2) that may use all values of the model, and bindings (3, 4). */
function mentionTraining(reader: WireReader, training: Field, graph: Graph): void {
  for (const field of reader.fields(training.start, training.end)) {
    const place = placeOf(field, undefined);
    if (field.number < 3) {
      for (const inner of withInner(readGraph(reader, place, 'training', undefined, new Map())))
        for (const { inputs } of inner.nodes) for (const name of inputs) graph.mentioned.push(name);
    } else {
      for (const part of reader.fields(field.start, field.end)) graph.mentioned.push(reader.text(part));
    }
  }
}
