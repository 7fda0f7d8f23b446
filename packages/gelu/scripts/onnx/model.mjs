// Writes ONNX models of one node, for the measurements beside it.
import { concat, field, floatField, varint } from '../../dist/onnx/write/message.js';

/** The numbers of dtypes in ONNX, and how their values are kept. */
export const DTYPES = {
  float32: { number: 1, array: Float32Array },
  uint8: { number: 2, array: Uint8Array },
  int32: { number: 6, array: Int32Array, from: Math.round },
  int64: { number: 7, array: BigInt64Array, from: (value) => BigInt(Math.round(value)) },
  bool: { number: 9, array: Uint8Array, from: (value) => Number(value > 0) },
  float16: { number: 10, array: Uint16Array, from: float16 },
  float64: { number: 11, array: Float64Array },
};

/** The bits of the nearest float16. */
export function float16(value) {
  if (value === 0 || Number.isNaN(value)) return Number.isNaN(value) ? 0x7e00 : Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  const exponent = Math.max(-14, Math.floor(Math.log2(magnitude)));
  const units = Math.round(magnitude * 2 ** (10 - exponent));
  return (value < 0 ? 0x8000 : 0) + (magnitude > 65519 ? 0x7c00 : ((exponent + 14) << 10) + units);
}

/** Values as an array of a dtype. */
export function arrayOf(dtype, values) {
  const { array, from = (value) => value } = DTYPES[dtype];
  return array.from(values, from);
}

function tensor(name, { dtype, dims, values }) {
  const data = arrayOf(dtype, values);
  const raw = new Uint8Array(data.buffer);
  return concat([...dims.map((d) => field(1, d)), field(2, DTYPES[dtype].number), field(8, name), field(9, raw)]);
}

function negative(value) {
  const bytes = [];
  for (let rest = BigInt.asUintN(64, BigInt(value)); bytes.length < 9; rest >>= 7n)
    bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.of(...bytes, 1);
}

const integer = (number, value) => (value < 0 ? concat([varint(number * 8), negative(value)]) : field(number, value));

/** A number with a fraction is an f, a whole one an i; { f: 1 } is 1 as an f. */
function attribute(name, value) {
  const named = field(1, name);
  if (typeof value === 'string') return concat([named, field(4, value), field(20, 3)]);
  if (Array.isArray(value)) return concat([named, ...value.map((v) => integer(8, v)), field(20, 7)]);
  if (typeof value === 'object' && 'dtype' in value) return concat([named, field(5, tensor('', value)), field(20, 4)]);
  if (typeof value === 'object') return concat([named, floatField(2, value.f), field(20, 1)]);
  return concat([named, integer(3, value), field(20, 2)]);
}

function valueInfo(name, dtype, dims) {
  const shape = dims && field(2, concat(dims.map((d) => field(1, field(1, d)))));
  return concat([
    field(1, name),
    field(2, field(1, concat([field(1, DTYPES[dtype].number), ...(shape ? [shape] : [])]))),
  ]);
}

/** The bytes of a model y = op(x, …): inputs are 'x', names of constants or '' for none. */
export function oneNode({ op, opset, inputs, attributes, constants, outputs = 1, x, y, domain = '' }) {
  const node = concat([
    ...inputs.map((name) => field(1, name)),
    field(2, 'y'),
    ...Array.from({ length: outputs - 1 }, (_, i) => field(2, `y${i}`)),
    field(4, op),
    ...(domain ? [field(7, domain)] : []),
    ...Object.entries(attributes).map(([name, value]) => field(5, attribute(name, value))),
  ]);
  const graph = concat([
    field(1, node),
    field(2, 'g'),
    ...Object.entries(constants).map(([name, constant]) => field(5, tensor(name, constant))),
    field(11, valueInfo('x', x.dtype, x.dims)),
    field(12, valueInfo('y', y)),
  ]);
  return concat([
    field(1, 10),
    field(7, graph),
    field(8, field(2, opset)),
    ...(domain ? [field(8, concat([field(1, domain), field(2, 1)]))] : []),
  ]);
}
