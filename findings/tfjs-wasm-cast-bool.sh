#!/usr/bin/env bash
# Ground: crossed, deep: one cast, two back ends of one library.
# Versions: @tensorflow/tfjs 4.22.0, @tensorflow/tfjs-backend-wasm 4.22.0, Node 20 and newer.
# Guess: cast(x, 'bool') is x != 0 on every back end, and a bool tensor holds 0 and 1.
# What happens: on cpu it is (0.5 -> 1, -1.5 -> 1, NaN -> 1). On wasm the number is cut to an unsigned byte: 0.5 -> 0, 256 -> 0, NaN -> 0,
#   -1.5 -> 255, 2 -> 2. So half of the truths are false, the others are not 1, and their sum is not a count.
# Why it matters: masks made from probabilities, dropout rates or attention weights ("anything above 0 counts") change with the
#   back end, without an error; sums of a mask (the number of tokens to average over) are wrong by hundreds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error --ignore-scripts @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 >/dev/null
cat >observe.mjs <<'JS'
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';

const x = [0, 0.5, 2, -1.5, 256, NaN];
const seen = {};
for (const backend of ['cpu', 'wasm']) {
  await tf.setBackend(backend);
  const mask = tf.cast(tf.tensor1d(x), 'bool');
  seen[backend] = { mask: Array.from(mask.dataSync()).join(' '), sum: tf.sum(tf.cast(mask, 'float32')).dataSync()[0] };
}
console.log('node', process.version, '@tensorflow/tfjs 4.22.0; x:', x.join(' '));
for (const [backend, y] of Object.entries(seen)) console.log(backend + ': cast to bool', y.mask, '| sum of the mask', y.sum);
process.exit(seen.cpu.mask === '0 1 1 1 1 1' && seen.cpu.sum === 5 && seen.wasm.mask === '0 0 2 255 0 0' && seen.wasm.sum === 257 ? 0 : 1);
JS
node observe.mjs
