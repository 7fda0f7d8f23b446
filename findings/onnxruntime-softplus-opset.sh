#!/usr/bin/env bash
# Ground: deep, crossed: one activation in float16, opset by opset.
# Versions: onnxruntime-node 1.30.0 (Linux x64), onnxruntime-web 1.30.0, Node 20 and newer.
# Guess: Softplus in float16 is the same from opset 7 to 24 (its definition is; opset 22 added bfloat16 only), and a Softplus of
#   300 is 300, which float16 holds.
# What happens: at opset 18, and there alone, there is no kernel and the operator is taken apart into Log(Exp(x) + 1), on both builds: from
#   89 on it is Infinity; at 17 and 19 it is right.
# Why it matters: a converter that raises a model from opset 17 to 18 makes its float16 version overflow in loss functions and gates,
#   one that raises it to 19 does not; float32 shows nothing at any opset.
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
const [FLOAT, HALF] = [1, 10];
const x = Float32Array.of(-10, 1, 30, 100, 300);
async function run(ort, op, opset, type) {
  const n = x.length;
  const nodes = [node('Cast', ['x'], ['h'], { to: type }), node(op, ['h'], ['p']), node('Cast', ['p'], ['y'], { to: FLOAT })];
  const session = await ort.InferenceSession.create(model(opset, nodes, [value('x', FLOAT, [n])], [value('y', FLOAT, [n])]), { graphOptimizationLevel: 'disabled' });
  return Array.from((await session.run({ x: new ort.Tensor('float32', x, [n]) })).y.data);
}
console.log('node', process.version, 'onnxruntime-node and onnxruntime-web 1.30.0');
console.log('x:', Array.from(x).join(' '));
let ok = true;
for (const [place, ort] of [['node', native], ['web', web]])
  for (const opset of [14, 17, 18, 19, 22, 24])
    for (const [name, type] of [['float16', HALF], ['float32', FLOAT]]) {
      const y = await run(ort, 'Softplus', opset, type);
      console.log(place, name, 'opset', opset + ':', y.join(' '));
      ok &&= y[2] === 30 && (name === 'float16' && opset === 18 ? y[3] === Infinity && y[4] === Infinity : y[3] === 100 && y[4] === 300);
    }
process.exit(ok ? 0 : 1);
JS
node observe.mjs
