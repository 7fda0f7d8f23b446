import protobuf from 'protobufjs';

/** The part of the published onnx.proto that the models made here use. */
const SCHEMA = `
syntax = "proto2";
message Model {
  optional int64 ir_version = 1; optional string producer_name = 2; optional Graph graph = 7;
  repeated OperatorSet opset_import = 8; repeated Function functions = 25;
}
message OperatorSet { optional string domain = 1; optional int64 version = 2; }
message Function {
  optional string name = 1; repeated string input = 4; repeated string output = 5; repeated Node node = 7;
  repeated OperatorSet opset_import = 9; optional string domain = 10;
}
message Graph {
  repeated Node node = 1; optional string name = 2; repeated Tensor initializer = 5; repeated Value input = 11;
  repeated Value output = 12; repeated Value value_info = 13;
}
message Node {
  repeated string input = 1; repeated string output = 2; optional string name = 3; optional string op_type = 4;
  repeated Attribute attribute = 5; optional string domain = 7;
}
message Attribute {
  optional string name = 1; optional float f = 2; optional int64 i = 3; optional bytes s = 4; optional Tensor t = 5;
  optional Graph g = 6; repeated float floats = 7; repeated int64 ints = 8; optional int32 type = 20;
}
message Tensor {
  repeated int64 dims = 1; optional int32 data_type = 2; repeated float float_data = 4 [packed = true];
  optional string name = 8; optional bytes raw_data = 9; repeated Entry external_data = 13; optional int32 data_location = 14;
}
message Entry { optional string key = 1; optional string value = 2; }
message Value { optional string name = 1; optional ValueType type = 2; }
message ValueType { optional TensorType tensor_type = 1; }
message TensorType { optional int32 elem_type = 1; optional Shape shape = 2; }
message Shape { repeated Dimension dim = 1; }
message Dimension { optional int64 dim_value = 1; optional string dim_param = 2; }
`;

let model: protobuf.Type | undefined;

function modelType(): protobuf.Type {
  model ??= protobuf.parse(SCHEMA).root.lookupType('Model');
  return model;
}

/** The bytes of a model given in the words of the schema, in camelCase. */
export function encodeModel(fields: object): Uint8Array {
  const type = modelType();
  return Uint8Array.from(type.encode(type.fromObject(fields)).finish()); // in Node it would be a Buffer
}

/** A node as it is read. */
export interface DecodedNode {
  name: string;
  opType: string;
  domain: string;
  input: string[];
  output: string[];
  attribute: { name: string; f: number; i: number; s: Uint8Array; g: DecodedGraph | null }[];
}
export interface DecodedGraph {
  node: DecodedNode[];
  initializer: { name: string }[];
  valueInfo: { name: string }[];
}
export interface DecodedModel {
  graph: DecodedGraph;
  opsetImport: { domain: string; version: number }[];
  functions: { name: string; node: DecodedNode[]; opsetImport: { domain: string; version: number }[] }[];
}

/** The model in bytes. */
export function decodeModel(bytes: Uint8Array): DecodedModel {
  const type = modelType();
  return type.toObject(type.decode(bytes), { longs: Number, arrays: true, defaults: true }) as DecodedModel;
}
