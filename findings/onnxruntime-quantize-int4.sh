#!/usr/bin/env bash
# Ground: new, deep: the packed 4-bit and 2-bit integers of opsets 21 and 25, saturation, and the last element.
# Versions: onnxruntime-node 1.30.0 (Linux x64), onnxruntime-web 1.30.0, Node 20 and newer.
# Guess: QuantizeLinear saturates, as the operator says and as it does for 16 and 8 bits: what is too large gets the largest number,
#   wherever it stands.
# What happens: in onnxruntime-node a quotient of 2^31 or more, +Infinity included, gets the SMALLEST number in int2 and uint2 (-2, 0)
#   everywhere, and in int4 and uint4 (-8, 0) only as the last element of a tensor with an odd number of elements, which has a
#   byte to itself; its neighbours get 7 and 15. 1e9 gives the largest number in all of them, and onnxruntime-web always does.
# Why it matters: a small scale is enough (a number of 1 and a scale of 4e-10): the largest value turns into the most negative one, in Node
#   and not in the browser, and for 4 bits only if the tensor's length is odd, which no test with 8 or 768 elements sees.
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
const quantize = (type, n) => model(25, [node('QuantizeLinear', ['x', 's'], ['q'], { output_dtype: type }), node('DequantizeLinear', ['q', 's'], ['y'])], [value('x', FLOAT, [n])], [value('y', FLOAT, [n])], [constant('s', [], [1])]);
async function run(ort, type, x) {
  const session = await ort.InferenceSession.create(quantize(type, x.length), { graphOptimizationLevel: 'disabled' });
  return Array.from((await session.run({ x: new ort.Tensor('float32', Float32Array.from(x), [x.length]) })).y.data).join(' ');
}
console.log('node', process.version, 'onnxruntime-node and onnxruntime-web 1.30.0; scale 1');
const expected = {
  int8: ['127 127 127 127 127', '127 127 127 127'], int4: ['7 7 7 7 -8', '7 7 7 7'], uint4: ['15 15 15 15 0', '15 15 15 15'],
  int2: ['1 -2 -2 -2 -2', '1 -2 -2 -2'], uint2: ['3 0 0 0 0', '3 0 0 0'],
};
let ok = true;
for (const [name, type] of Object.entries(TYPES)) {
  const odd = [1e9, 3e9, Infinity, Infinity, 3e9];
  const seen = [await run(native, type, odd), await run(native, type, odd.slice(0, 4))];
  const largest = (await run(web, type, odd)).split(' ');
  console.log(name + ': of', odd.join(' '), 'Node makes', seen[0], '| of the first four', seen[1], '| the web', largest.join(' '));
  ok &&= JSON.stringify(seen) === JSON.stringify(expected[name]) && largest.every((v) => v === largest[0] && v === seen[0].split(' ')[0]);
}
process.exit(ok ? 0 : 1);
JS
node observe.mjs
