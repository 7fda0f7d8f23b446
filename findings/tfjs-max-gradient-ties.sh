#!/usr/bin/env bash
# Ground: deep, crossed: the gradient of a maximum, and the zeros that a ReLU makes.
# Versions: @tensorflow/tfjs 4.22.0, Node 20 and newer.
# Guess: where several elements are the maximum they share its gradient (TensorFlow in Python, JAX, PyTorch's amax) or one takes it
#   all (PyTorch's max with a dimension): the parts sum to the gradient that came in.
# What happens: every one of them gets all of it. The gradient of max over n equal numbers sums to n; for min likewise. maxPool gives it to
#   one element, so the same pooling written in two ways has two gradients.
# Why it matters: after a ReLU a dead channel is all zeros, so global max pooling written as max(relu(x), axes) sends 49 times the gradient
#   into a 7 x 7 map that is 0 everywhere; with an activation whose slope at 0 is not 0, such as GELU, all of it goes on to the layers below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error --ignore-scripts @tensorflow/tfjs@4.22.0 >/dev/null
cat >observe.mjs <<'JS'
import * as tf from '@tensorflow/tfjs';

await tf.setBackend('cpu');
const total = (f, x) => { const g = tf.grad((t) => tf.sum(f(t)))(x).dataSync(); return { gradient: Array.from(g).join(' '), sum: g.reduce((a, v) => a + v, 0) }; };
const flat = tf.fill([1, 4, 4, 1], 0.5);
const seen = {
  'max([1, 2, 2])': total((t) => tf.max(t), tf.tensor1d([1, 2, 2])),
  'min([1, 1, 1, 2])': total((t) => tf.min(t), tf.tensor1d([1, 1, 1, 2])),
  'max over a flat 4 x 4 map': total((t) => tf.max(t, [1, 2]), flat),
  'maxPool over a flat 4 x 4 map': total((t) => tf.maxPool(t, 4, 4, 'valid'), flat),
};
console.log('node', process.version, '@tensorflow/tfjs 4.22.0');
for (const [what, y] of Object.entries(seen)) console.log(what + ': gradient', y.gradient, '| sum', y.sum);
process.exit(Object.values(seen).map((y) => y.sum).join() === '2,3,16,1' ? 0 : 1);
JS
node observe.mjs
