#!/usr/bin/env bash
# Ground: deep, crossed: NaN, a reduction, and two builds of one runtime.
# Versions: onnxruntime-node 1.30.0 (Linux x64) and onnxruntime-web 1.30.0 (WebAssembly), Node 20 and newer.
# Guess: the maximum of numbers among which one is NaN is NaN (NumPy, PyTorch) or, if NaN is passed over, the largest of the others.
# What happens: ReduceMax of [3, 1, NaN, 2, ...] can be neither. In onnxruntime-node NaN makes the numbers before it be forgotten,
#   depending on where it stands: NaN, the true maximum, or a smaller number come back. In onnxruntime-web NaN comes back
#   when it stands first and is passed over elsewhere. MaxPool and GlobalMaxPool over one window do what ReduceMax does.
# Why it matters: clipping by the largest magnitude, scales for quantization and the maximum that a softmax written out subtracts
#   come out too small, without a NaN that would show it; and the same model gives other numbers in Node and in the browser.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error --ignore-scripts onnxruntime-node@1.30.0 onnxruntime-web@1.30.0 >/dev/null
cat >observe.mjs <<'JS'
import node_ from 'onnxruntime-node';
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
const N = 8;
const reduce = (op) => model(17, [node(op, ['x'], ['y'], { keepdims: 0 })], [value('x', FLOAT, [N])], [value('y', FLOAT, [])]);
const pool = (op, attributes) => model(17, [node(op, ['x'], ['y'], attributes)], [value('x', FLOAT, [1, 1, N])], [value('y', FLOAT, [1, 1, 1])]);

// One NaN and one 3 among ones, at all pairs of places: how often which answer.
async function survey(ort, bytes, dims) {
  const session = await ort.InferenceSession.create(bytes, { graphOptimizationLevel: 'disabled' });
  const seen = { 'NaN': 0, 'true maximum': 0, 'neither': 0 };
  for (let nan = 0; nan < N; nan++)
    for (let largest = 0; largest < N; largest++) {
      if (nan === largest) continue;
      const x = new Float32Array(N).fill(1);
      x[nan] = NaN;
      x[largest] = 3;
      const y = (await session.run({ x: new ort.Tensor('float32', x, dims) })).y.data[0];
      seen[Number.isNaN(y) ? 'NaN' : y === 3 ? 'true maximum' : 'neither']++;
    }
  return seen;
}
const seen = {
  'node ReduceMax': await survey(node_, reduce('ReduceMax'), [N]),
  'web ReduceMax': await survey(web, reduce('ReduceMax'), [N]),
  'node GlobalMaxPool': await survey(node_, pool('GlobalMaxPool', {}), [1, 1, N]),
  'node MaxPool': await survey(node_, pool('MaxPool', { kernel_shape: [N] }), [1, 1, N]),
};
console.log('node', process.version, 'onnxruntime-node and onnxruntime-web 1.30.0');
for (const [what, counts] of Object.entries(seen)) console.log(what + ':', JSON.stringify(counts));
const ok =
  seen['node ReduceMax'].neither > 0 && seen['node ReduceMax'].NaN === N - 1 &&
  seen['web ReduceMax'].neither === 0 && seen['web ReduceMax'].NaN === N - 1 &&
  JSON.stringify(seen['node GlobalMaxPool']) === JSON.stringify(seen['node ReduceMax']) && JSON.stringify(seen['node MaxPool']) === JSON.stringify(seen['node ReduceMax']);
process.exit(ok ? 0 : 1);
JS
node observe.mjs
