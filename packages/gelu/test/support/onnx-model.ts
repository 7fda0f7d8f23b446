import { InferenceSession, type Tensor } from 'onnxruntime-node';
import { tensorBytes } from '../../src/onnx/write/constant.js';
import { floatAttribute, integerAttribute, stringAttribute } from '../../src/onnx/write/emitter.js';
import { concat, field, floatField } from '../../src/onnx/write/message.js';

// Models of ONNX put together from bytes.

/** An attribute: a float as { f }, numbers as { floats }, else by its JavaScript type. */
export type Value =
  | number
  | string
  | readonly number[]
  | { f: number }
  | { floats: readonly number[] }
  | { bytes: Uint8Array };

function attribute(name: string, value: Value): Uint8Array {
  if (typeof value === 'number') return integerAttribute(name, value);
  if (typeof value === 'string') return stringAttribute(name, value);
  if ('f' in value) return floatAttribute(name, value.f);
  if ('bytes' in value) return concat([field(1, name), value.bytes]);
  if ('floats' in value) return concat([field(1, name), ...value.floats.map((v) => floatField(7, v)), field(20, 6)]);
  return concat([field(1, name), ...value.map((v) => field(8, v)), field(20, 7)]);
}

/** A reference to an attribute of the function around a node, of a type as in AttributeProto. */
export const reference = (name: string, type: number): Value => ({ bytes: concat([field(20, type), field(21, name)]) });
/** A graph as an attribute. */
export const graphValue = (bytes: Uint8Array): Value => ({ bytes: concat([field(6, bytes), field(20, 5)]) });
/** A tensor as an attribute. */
export const tensorValue = (dtype: number, dims: readonly number[], values: readonly number[]): Value => ({
  bytes: concat([field(5, tensorBytes(dtype, dims, values)), field(20, 4)]),
});

export function node(
  op: string,
  inputs: readonly string[],
  outputs: string | readonly string[],
  attributes: Readonly<Record<string, Value>> = {},
  domain = '',
): Uint8Array {
  const results = typeof outputs === 'string' ? [outputs] : outputs;
  return concat([
    ...inputs.map((name) => field(1, name)),
    ...results.map((name) => field(2, name)),
    field(3, `/${results[0] ?? ''}`),
    field(4, op),
    ...Object.entries(attributes).map(([name, value]) => field(5, attribute(name, value))),
    ...(domain === '' ? [] : [field(7, domain)]),
  ]);
}

/** A value with its dtype, 0 where that is not said, and its shape. */
export type Info = readonly [name: string, dtype?: number, dims?: readonly (number | string)[]];

function valueInfo([name, dtype = 1, dims]: Info): Uint8Array {
  const shape = dims?.map((dim) => field(1, typeof dim === 'number' ? field(1, dim) : field(2, dim)));
  const type = concat([...(dtype ? [field(1, dtype)] : []), ...(shape ? [field(2, concat(shape))] : [])]);
  return concat([field(1, name), ...(type.length > 0 ? [field(2, field(1, type))] : [])]);
}

export type Constant = readonly [name: string, dtype: number, dims: readonly number[], values: readonly number[]];

export interface GraphParts {
  nodes: readonly Uint8Array[];
  inputs?: readonly Info[];
  outputs?: readonly Info[];
  constants?: readonly Constant[];
  infos?: readonly Info[];
}

export function graph({ nodes, inputs = [], outputs = [], constants = [], infos = [] }: GraphParts): Uint8Array {
  return concat([
    ...nodes.map((bytes) => field(1, bytes)),
    field(2, 'g'),
    ...constants.map(([name, dtype, dims, values]) =>
      field(5, concat([tensorBytes(dtype, dims, values), field(8, name)])),
    ),
    ...inputs.map((info) => field(11, valueInfo(info))),
    ...outputs.map((info) => field(12, valueInfo(info))),
    ...infos.map((info) => field(13, valueInfo(info))),
  ]);
}

type Opsets = Readonly<Record<string, number>>;
const opsetBytes = (opsets: Opsets): Uint8Array[] =>
  Object.entries(opsets).map(([domain, version]) => concat([...(domain ? [field(1, domain)] : []), field(2, version)]));

export interface FunctionParts {
  name: string;
  domain: string;
  overload?: string;
  inputs: readonly string[];
  outputs: readonly string[];
  parameters?: readonly string[];
  defaults?: Readonly<Record<string, Value>>;
  nodes: readonly Uint8Array[];
  opsets: Opsets;
}

function functionBytes(f: FunctionParts): Uint8Array {
  return concat([
    field(1, f.name),
    ...f.inputs.map((name) => field(4, name)),
    ...f.outputs.map((name) => field(5, name)),
    ...(f.parameters ?? []).map((name) => field(6, name)),
    ...f.nodes.map((bytes) => field(7, bytes)),
    ...opsetBytes(f.opsets).map((bytes) => field(9, bytes)),
    field(10, f.domain),
    ...Object.entries(f.defaults ?? {}).map(([name, value]) => field(11, attribute(name, value))),
    ...(f.overload === undefined ? [] : [field(13, f.overload)]),
  ]);
}

/** A model: x, y of float32 and any length where nothing else is said. */
export function model(
  parts: GraphParts & { opsets?: Opsets; functions?: readonly FunctionParts[]; ir?: number },
): Uint8Array {
  const { opsets = { '': 17 }, functions = [], ir = 8 } = parts;
  const all = { inputs: [['x', 1, ['n']]] as const, outputs: [['y', 1, ['n']]] as const, ...parts };
  return concat([
    field(1, ir),
    field(7, graph(all)),
    ...opsetBytes(opsets).map((bytes) => field(8, bytes)),
    ...functions.map((f) => field(25, functionBytes(f))),
  ]);
}

/** x·(1 + erf(x/√2))·½, the constants as r, one, half. */
export const erfGelu = (x: string, y: string, prefix = ''): Uint8Array[] => [
  node('Div', [x, 'r'], `${prefix}d`),
  node('Erf', [`${prefix}d`], `${prefix}e`),
  node('Add', [`${prefix}e`, 'one'], `${prefix}s`),
  node('Mul', [x, `${prefix}s`], `${prefix}m`),
  node('Mul', [`${prefix}m`, 'half'], y),
];
export const CONSTANTS: readonly Constant[] = [
  ['r', 1, [], [Math.SQRT2]],
  ['one', 1, [], [1]],
  ['half', 1, [], [0.5]],
];

/** Runs a model in onnxruntime-node without optimizations. */
export async function run(bytes: Uint8Array, feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 4, graphOptimizationLevel: 'disabled' });
  try {
    return (await session.run(feeds)) as Record<string, Tensor>;
  } finally {
    await session.release();
  }
}
