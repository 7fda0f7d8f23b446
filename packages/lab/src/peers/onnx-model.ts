import protobuf from 'protobufjs';

/** The part of the published onnx.proto that a model of one elementwise operator needs. */
const SCHEMA = `
syntax = "proto2";
message Model { optional int64 ir_version = 1; optional Graph graph = 7; repeated OperatorSet opset_import = 8; }
message OperatorSet { optional string domain = 1; optional int64 version = 2; }
message Graph { repeated Node node = 1; optional string name = 2; repeated Value input = 11; repeated Value output = 12; }
message Node {
  repeated string input = 1; repeated string output = 2; optional string op_type = 4;
  repeated Attribute attribute = 5; optional string domain = 7;
}
message Attribute { optional string name = 1; optional float f = 2; optional bytes s = 4; optional int32 type = 20; }
message Value { optional string name = 1; optional ValueType type = 2; }
message ValueType { optional TensorType tensor_type = 1; }
message TensorType { optional int32 elem_type = 1; optional Shape shape = 2; }
message Shape { repeated Dimension dim = 1; }
message Dimension { optional string dim_param = 2; }
`;
const FLOAT_ATTRIBUTE = 1;
const STRING_ATTRIBUTE = 3;
const FLOAT32 = 1;

/** One operator y = op(x). */
export interface Operator {
  op: string;
  /** '' for the standard operators. */
  domain: '' | 'com.microsoft';
  attributes: Record<string, string | number>;
}

/** The bytes of an ONNX model (opset 20) that applies `operator` to a float32 vector 'x' and calls the result 'y'. */
export function onnxModel({ op, domain, attributes }: Operator): Uint8Array {
  const value = (name: string) => ({
    name,
    type: { tensorType: { elemType: FLOAT32, shape: { dim: [{ dimParam: 'n' }] } } },
  });
  const attribute = Object.entries(attributes).map(([name, v]) =>
    typeof v === 'number'
      ? { name, f: v, type: FLOAT_ATTRIBUTE }
      : { name, s: new TextEncoder().encode(v), type: STRING_ATTRIBUTE },
  );
  const opsetImport = [{ domain: '', version: 20 }];
  if (domain !== '') opsetImport.push({ domain, version: 1 });
  const model = protobuf.parse(SCHEMA).root.lookupType('Model');
  const graph = {
    name: op,
    node: [{ input: ['x'], output: ['y'], opType: op, domain, attribute }],
    input: [value('x')],
    output: [value('y')],
  };
  return model.encode(model.fromObject({ irVersion: 9, opsetImport, graph })).finish();
}
