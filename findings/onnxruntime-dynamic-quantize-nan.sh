#!/usr/bin/env bash
# Ground: crossed, deep: one NaN, dynamic quantization, two builds of one runtime.
# Versions: onnxruntime-node 1.30.0 (Linux x64), onnxruntime-web 1.30.0, Node 20 and newer.
# Guess: a NaN among activations is seen after DynamicQuantizeLinear, in Node as in the browser (its scale is made of the least and the
#   largest of all numbers).
# What happens: in onnxruntime-node the NaN becomes 0 and all others are quantized as if it were not there; in onnxruntime-web
#   the scale is NaN, every number of the tensor becomes 0 and dequantizes to NaN. One Infinity makes everything NaN in both, also where
#   it is the only number that is not finite.
# Why it matters: in a model quantized with dynamic ranges a layer that has broken (0/0, Infinity - Infinity) is repaired into
#   plausible zeros in Node, so that tests pass there, and the same file gives nothing but NaN in the browser.
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
const n = 4;
const UINT8 = 2;
const bytes = model(17, [node('DynamicQuantizeLinear', ['x'], ['q', 's', 'z']), node('DequantizeLinear', ['q', 's', 'z'], ['y'])], [value('x', FLOAT, [n])], [value('q', UINT8, [n]), value('s', FLOAT, []), value('z', UINT8, []), value('y', FLOAT, [n])]);
async function run(ort, x) {
  const session = await ort.InferenceSession.create(bytes, { graphOptimizationLevel: 'disabled' });
  const { q, s, y } = await session.run({ x: new ort.Tensor('float32', Float32Array.from(x), [n]) });
  return 'q ' + Array.from(q.data).join(' ') + ', scale ' + s.data[0].toPrecision(4) + ', back ' + Array.from(y.data, (v) => +v.toPrecision(4)).join(' ');
}
console.log('node', process.version, 'onnxruntime-node and onnxruntime-web 1.30.0');
const seen = [];
for (const x of [[1, 2, NaN, 3], [1, 2, 3, Infinity]])
  for (const [name, ort] of [['node', native], ['web', web]]) {
    const y = await run(ort, x);
    seen.push(y);
    console.log(name, JSON.stringify(x.map(String)), '->', y);
  }
const expected = ['q 85 170 0 255, scale 0.01176, back 1 2 0 3', 'q 0 0 0 0, scale NaN, back NaN NaN NaN NaN', 'q 0 0 0 0, scale Infinity, back NaN NaN NaN NaN', 'q 0 0 0 0, scale Infinity, back NaN NaN NaN NaN'];
process.exit(JSON.stringify(seen) === JSON.stringify(expected) ? 0 : 1);
JS
node observe.mjs
