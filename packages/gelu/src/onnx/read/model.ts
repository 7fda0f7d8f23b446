import { OnnxFormatError } from '../errors.js';
import type { Place } from '../write/edit.js';
import { emptyGraph, type Graph, type Opsets, readGraph, readNode, readValue } from './graph.js';
import type { OnnxFile } from './input.js';
import { type Field, WireReader } from './wire.js';

/** A model without its weights. */
export interface Model {
  irVersion: number;
  size: number;
  opsets: Opsets;
  graph: Graph;
  functions: Graph[];
}

// ModelProto and FunctionProto
const IR_VERSION = 1;
const GRAPH = 7;
const OPSET_IMPORT = 8;
const FUNCTIONS = 25;
const FUNCTION_FIELDS = { name: 1, input: 4, output: 5, node: 7, opset: 9, domain: 10, types: 12 };

/** Reads the structure of a model. @throws OnnxFormatError */
export function readModel(file: OnnxFile): Model {
  const reader = new WireReader(file);
  if (file.size === 0) throw new OnnxFormatError('the file is empty', 0);
  const fields = reader.fields(0, file.size);
  const opsets = readOpsets(reader, fields, OPSET_IMPORT, undefined);
  const main = fields.findLast(({ number }) => number === GRAPH);
  const version = fields.findLast(({ number }) => number === IR_VERSION);
  if (main === undefined || version === undefined || opsets.size === 0)
    throw new OnnxFormatError('not an ONNX model: it has no version, no operator sets or no graph', 0);
  const graph = readGraph(reader, { ...main, within: undefined }, 'main', undefined, opsets);
  const functions = fields
    .filter(({ number }) => number === FUNCTIONS)
    .map((field) => readFunction(reader, { ...field, within: undefined }));
  return { irVersion: reader.integer(version), size: file.size, opsets, graph, functions };
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
    opsets.set(domain === 'ai.onnx' ? '' : domain, { domain, version, place: { ...field, within } });
  }
  return opsets;
}

function readFunction(reader: WireReader, place: Place): Graph {
  const fields = reader.fields(place.start, place.end);
  const { name, input, output, node, opset, domain, types } = FUNCTION_FIELDS;
  const texts = (number: number): string[] => fields.filter((f) => f.number === number).map((f) => reader.text(f));
  const path = `function ${[...texts(domain), ...texts(name)].join(':')}`;
  const graph = emptyGraph(path, undefined, readOpsets(reader, fields, opset, place), place);
  graph.inputs = texts(input);
  graph.outputs = texts(output);
  for (const field of fields) {
    const here = { ...field, within: place };
    if (field.number === node) graph.nodes.push(readNode(reader, here, graph));
    if (field.number === types) graph.typePlaces.set(readValue(reader, field, graph), here);
  }
  return graph;
}
