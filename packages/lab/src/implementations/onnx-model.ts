import { float, string, value } from '../onnx-models/graph-builder.js';
import { encodeModel } from '../onnx-models/schema.js';

/** One operator y = op(x). */
export interface Operator {
  op: string;
  /** '' for the standard operators. */
  domain: '' | 'com.microsoft';
  attributes: Record<string, string | number>;
}

/** The bytes of an ONNX model (opset 20) that applies `operator` to a float32 vector 'x' and calls the result 'y'. */
export function onnxModel({ op, domain, attributes }: Operator): Uint8Array {
  const attribute = Object.entries(attributes).map(([name, v]) =>
    typeof v === 'number' ? float(name, v) : string(name, v),
  );
  const opsetImport = [{ domain: '', version: 20 }];
  if (domain !== '') opsetImport.push({ domain, version: 1 });
  const graph = {
    name: op,
    node: [{ input: ['x'], output: ['y'], opType: op, domain, attribute }],
    input: [value('x')],
    output: [value('y')],
  };
  return encodeModel({ irVersion: 9, opsetImport, graph });
}
