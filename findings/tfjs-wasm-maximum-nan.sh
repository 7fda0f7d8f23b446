#!/usr/bin/env bash
# Ground: crossed, deep: one operation, two back ends, two orders of its operands.
# Versions: @tensorflow/tfjs-core, -backend-cpu, -backend-wasm 4.22.0, Node 20 and newer.
# Guess: maximum(a, b) and minimum(a, b) are symmetric and give NaN where a or b is NaN, as on the cpu back end and as relu and the
#   reduction max do on wasm too.
# What happens: on wasm NaN wins as the first operand only. maximum(x, 0) of [NaN, 1] is [NaN, 1], maximum(0, x) is [0, 1]; minimum likewise.
# Why it matters: maximum(0, 1 - y * f) is how hinge losses and leaky activations are written: training goes on with a loss of 0 while
#   the weights are NaN, on this back end and with this order of arguments only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error --ignore-scripts @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 >/dev/null
cat >observe.mjs <<'JS'
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';

tf.enableProdMode();
const seen = {};
const text = (tensor) => Array.from(tensor.dataSync()).join(' ');
for (const backend of ['cpu', 'wasm']) {
  await tf.setBackend(backend);
  const x = tf.tensor1d([NaN, 1]);
  for (const op of ['maximum', 'minimum']) {
    seen[backend + ' ' + op + '(x, 0)'] = text(tf[op](x, 0));
    seen[backend + ' ' + op + '(0, x)'] = text(tf[op](0, x));
  }
  seen[backend + ' max(x)'] = text(tf.max(x));
  seen[backend + ' relu(x)'] = text(tf.relu(x));
}
console.log('node', process.version, 'TensorFlow.js 4.22.0; x: NaN 1');
for (const [what, y] of Object.entries(seen)) console.log(what + ':', y);
const odd = { 'wasm maximum(0, x)': '0 1', 'wasm minimum(0, x)': '0 0' };
process.exit(Object.entries(seen).every(([what, y]) => (odd[what] ? y === odd[what] : y.startsWith('NaN'))) ? 0 : 1);
JS
node observe.mjs
