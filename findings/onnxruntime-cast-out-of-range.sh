#!/usr/bin/env bash
# Ground: crossed: one operator in the two builds of one runtime.
# Versions: onnxruntime-node 1.30.0 (Linux x64), onnxruntime-web 1.30.0, Node 20 and newer.
# Guess: Cast of numbers that the integer type lacks is one rule everywhere: it wraps, or it stops at the ends.
# What happens: neither, and the builds differ. To uint8: -1 is 255 in Node and 0 on the web, while 300 is 44 on both; 1e10 is 0 in
#   Node and 255 on the web; NaN is 0 on both. To int32: 1e10 is -2147483648 in Node and 2147483647 on the web; NaN is -2147483648 and
#   0. To int8 both give -1 for -1 and 127 for -129. QuantizeLinear with scale 1 stops at the ends on both.
# Why it matters: pictures and masks that are cast to uint8 after a convolution or a subtraction are white in Node and black in the browser
#   where they fall below 0, from the same file; a check of the exported model in Node says nothing about the browser.
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
const TYPES = { uint8: 2, int8: 3, int32: 6 };
const x = Float32Array.of(-1, 255.9, 300, -129, 1e10, NaN);
const n = x.length;
async function run(ort, bytes) {
  const session = await ort.InferenceSession.create(bytes, { graphOptimizationLevel: 'disabled' });
  return Array.from((await session.run({ x: new ort.Tensor('float32', x, [n]) })).y.data).join(' ');
}
const cast = (type) => model(21, [node('Cast', ['x'], ['y'], { to: type })], [value('x', FLOAT, [n])], [value('y', type, [n])]);
const quantize = model(21, [node('QuantizeLinear', ['x', 's'], ['y'], { output_dtype: 2 })], [value('x', FLOAT, [n])], [value('y', 2, [n])], [constant('s', [], [1])]);
const seen = {};
for (const [place, ort] of [['node', native], ['web', web]]) {
  for (const [name, type] of Object.entries(TYPES)) seen[place + ' Cast to ' + name] = await run(ort, cast(type));
  seen[place + ' QuantizeLinear to uint8'] = await run(ort, quantize);
}
console.log('node', process.version, 'onnxruntime-node and onnxruntime-web 1.30.0');
console.log('x:', Array.from(x).join(' '));
for (const [what, y] of Object.entries(seen)) console.log(what + ':', y);
const expected = {
  'node Cast to uint8': '255 255 44 127 0 0', 'web Cast to uint8': '0 255 44 0 255 0',
  'node Cast to int8': '-1 -1 44 127 0 0', 'web Cast to int8': '-1 -1 44 127 -1 0',
  'node Cast to int32': '-1 255 300 -129 -2147483648 -2147483648', 'web Cast to int32': '-1 255 300 -129 2147483647 0',
};
const stops = ['node', 'web'].every((place) => seen[place + ' QuantizeLinear to uint8'].startsWith('0 255 255 0 255 '));
process.exit(stops && Object.entries(expected).every(([k, v]) => seen[k] === v) ? 0 : 1);
JS
node observe.mjs
