#!/usr/bin/env bash
# Ground: deep, far: a standard activation (soft and hard shrinkage) in the types that it is defined for.
# Versions: onnxruntime-node 1.30.0 (Linux x64), onnxruntime-web 1.30.0, Node 20 and newer.
# Guess: Shrink of a float64 or int64 tensor computes in that type: without a bias it gives its input or 0, bit for bit; Abs,
#   Clip and the rest keep the type.
# What happens: every element passes through float32, on both builds. With lambd 0.5: 0.5000000001 -> 0 (it is rounded to
#   the threshold before it is compared), 2/3 -> 0.6666666865348816, 1e39 -> Infinity, NaN -> 0; the int64 16777217 -> 16777216 and
#   2^53 - 1 -> 2^53.
# Why it matters: an exported model keeps its float64 or its integers and loses all digits beyond the seventh in this one node, without
#   a word; identifiers and counts that are to pass unchanged do not.
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
const CASES = {
  float64: [11, Float64Array.of(0.5000000001, 2 / 3, 1e39, NaN, 123456789.125)],
  int64: [7, BigInt64Array.of(16777217n, 9007199254740991n, -3n)],
};
async function run(ort, op, [type, x], name, attributes) {
  const bytes = model(14, [node(op, ['x'], ['y'], attributes)], [value('x', type, [x.length])], [value('y', type, [x.length])]);
  const session = await ort.InferenceSession.create(bytes);
  return Array.from((await session.run({ x: new ort.Tensor(name, x, [x.length]) })).y.data).join(' ');
}
console.log('node', process.version, 'onnxruntime-node and onnxruntime-web 1.30.0');
const expected = { float64: '0 0.6666666865348816 Infinity 0 123456792', int64: '16777216 9007199254740992 -3' };
let ok = true;
for (const [place, ort] of [['node', native], ['web', web]])
  for (const [name, given] of Object.entries(CASES)) {
    const y = await run(ort, 'Shrink', given, name, { lambd: 0.5 });
    console.log(place, name, 'x', Array.from(given[1]).join(' '), '-> Shrink', y, '| Abs', await run(ort, 'Abs', given, name, {}));
    ok &&= y === expected[name];
  }
process.exit(ok ? 0 : 1);
JS
node observe.mjs
