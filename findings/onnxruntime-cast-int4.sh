#!/usr/bin/env bash
# Ground: new, deep: the 4-bit and 2-bit integers that ONNX gained in opsets 21 to 25, in one operator.
# Versions: onnxruntime-node 1.30.0 (Linux x64), onnxruntime-web 1.30.0, Node 20 and newer.
# Guess: Cast from float32 to int4 does what Cast to int8 does (drop the fraction), or what QuantizeLinear with scale 1 does
#   (round half to even, stop at the ends); and both builds of the runtime agree.
# What happens: neither. Cast to int8 truncates (2.5 -> 2); to int4, uint4, int2, uint2 it rounds half away from zero (0.5 -> 1,
#   2.5 -> 3) and then keeps the low bits: 7.5 -> -8 in int4, 8 -> -8, 16 -> 0, 3 -> -1 in int2. QuantizeLinear gives 2, 7, 7, 7 and 1.
#   +Infinity becomes 0 in Node and -1 (int4) or 15 (uint4) on the web.
# Why it matters: weights or masks that are brought to 4 bits by Cast have the wrong sign at the top of the range, where the largest
#   weights are, and "cast to int8 first, then to int4" gives other numbers than one cast.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error --ignore-scripts onnxruntime-node@1.30.0 onnxruntime-web@1.30.0 >/dev/null
cat >observe.mjs <<'JS'
import native from 'onnxruntime-node';
import * as web from 'onnxruntime-web';

const varint = (n) => { let b = BigInt.asUintN(64, BigInt(n)); const out = []; do { out.push(Number(b & 127n) | (b > 127n ? 128 : 0)); b >>= 7n; } while (b); return Buffer.from(out); };
const part = (n, bytes) => Buffer.concat([varint((n << 3) | 2), varint(bytes.length), bytes]);
const text = (n, s) => part(n, Buffer.from(s));
const int = (n, v) => Buffer.concat([varint(n << 3), varint(v)]);
const real = (n, v) => { const b = Buffer.alloc(4); b.writeFloatLE(v); return Buffer.concat([varint((n << 3) | 5), b]); };
const value = (name, type, dims) => Buffer.concat([text(1, name), part(2, part(1, Buffer.concat([int(1, type), part(2, Buffer.concat(dims.map((d) => part(1, int(1, d)))))])))]);
const attribute = (name, v) => part(5, Buffer.concat([text(1, name), ...(Array.isArray(v) ? [...v.map((x) => int(8, x)), int(20, 7)] : Number.isInteger(v) ? [int(3, v), int(20, 2)] : [real(2, v), int(20, 1)])]));
const node = (op, ins, outs, attributes = {}) => part(1, Buffer.concat([...ins.map((i) => text(1, i)), ...outs.map((o) => text(2, o)), text(4, op), ...Object.entries(attributes).map(([k, v]) => attribute(k, v))]));
const constant = (name, dims, values) => part(5, Buffer.concat([...dims.map((d) => int(1, d)), int(2, 1), text(8, name), part(9, Buffer.from(Float32Array.from(values).buffer))]));
const model = (opset, nodes, inputs, outputs, constants = []) => Buffer.concat([int(1, opset > 24 ? 12 : 10), part(7, Buffer.concat([...nodes, text(2, 'g'), ...constants, ...inputs.map((i) => part(11, i)), ...outputs.map((o) => part(12, o))])), part(8, Buffer.concat([text(1, ''), int(2, opset)]))]);
const FLOAT = 1;
const TYPES = { int8: 3, int4: 22, uint4: 21, int2: 26, uint2: 25 };
const x = Float32Array.of(0.5, 2.5, 3, 7.5, 8, 16, Infinity);
const n = x.length;
const cast = (type) => model(25, [node('Cast', ['x'], ['q'], { to: type }), node('Cast', ['q'], ['y'], { to: FLOAT })], [value('x', FLOAT, [n])], [value('y', FLOAT, [n])]);
const quantize = (type) => model(25, [node('QuantizeLinear', ['x', 's'], ['q'], { output_dtype: type }), node('DequantizeLinear', ['q', 's'], ['y'])], [value('x', FLOAT, [n])], [value('y', FLOAT, [n])], [constant('s', [], [1])]);
async function run(ort, bytes) {
  const session = await ort.InferenceSession.create(bytes, { graphOptimizationLevel: 'disabled' });
  return Array.from((await session.run({ x: new ort.Tensor('float32', x, [n]) })).y.data).join(' ');
}
const seen = {};
for (const [name, type] of Object.entries(TYPES)) {
  seen['node Cast to ' + name] = await run(native, cast(type));
  seen['web Cast to ' + name] = await run(web, cast(type));
}
seen['node QuantizeLinear to int4'] = await run(native, quantize(TYPES.int4));
console.log('node', process.version, 'onnxruntime-node and onnxruntime-web 1.30.0');
console.log('x:', Array.from(x).join(' '));
for (const [what, y] of Object.entries(seen)) console.log(what + ':', y);
const expected = {
  'node Cast to int4': '1 3 3 -8 -8 0 0', 'web Cast to int4': '1 3 3 -8 -8 0 -1',
  'node Cast to uint4': '1 3 3 8 8 0 0', 'web Cast to uint4': '1 3 3 8 8 0 15',
  'node Cast to int2': '1 -1 -1 0 0 0 0', 'node QuantizeLinear to int4': '0 2 3 7 7 7 ' + seen['node QuantizeLinear to int4'].split(' ').at(-1),
};
const int8 = seen['node Cast to int8'].startsWith('0 2 3 7 8 16 ');
process.exit(int8 && Object.entries(expected).every(([k, v]) => seen[k] === v) ? 0 : 1);
JS
node observe.mjs
