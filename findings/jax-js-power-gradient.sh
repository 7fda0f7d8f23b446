#!/usr/bin/env bash
# Ground: new, deep: a power with a constant exponent, and the derivative where most units of a network are.
# Versions: @jax-js/jax 0.1.25, backend wasm and cpu, Node 20 and newer.
# Guess: the gradient of power(x, 3) is 3x^2, so 0 at x = 0, as in JAX and PyTorch; square(x) and x.mul(x).mul(x) say so here too.
# What happens: it is NaN at 0 (of either sign) for every exponent, 2 included; the second derivative as well. GELU's tanh form written the way papers
#   write it, with power(x, 3), has a NaN gradient at 0, though its value is right.
# Why it matters: zeros are not rare: padding, dropped units, outputs of ReLU, weights that start at 0. One of them makes the
#   gradient of a whole layer NaN in the first step. The product x * x * x is the way round it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error --ignore-scripts @jax-js/jax@0.1.25 >/dev/null
cat >observe.mjs <<'JS'
import { defaultDevice, grad, init, numpy as np } from '@jax-js/jax';

await init('wasm', 'cpu');
const at = [-2, 0, 2];
const show = (f) => Array.from(grad((x) => np.sum(f(x)))(np.array(at)).dataSync(), (v) => +v.toFixed(4)).join(' ');
const tanhForm = (cube) => (x) => np.tanh(x.ref.add(cube(x.ref).mul(0.044715)).mul(Math.sqrt(2 / Math.PI))).add(1).mul(x).mul(0.5);
const seen = {};
for (const device of ['wasm', 'cpu']) {
  defaultDevice(device);
  seen[device + ', power(x, 3)'] = show((x) => np.power(x, 3));
  seen[device + ', power(x, 2)'] = show((x) => np.power(x, 2));
  seen[device + ', square(x)'] = show((x) => np.square(x));
  seen[device + ', x * x * x'] = show((x) => x.ref.mul(x.ref).mul(x));
  seen[device + ', GELU tanh with power(x, 3)'] = show(tanhForm((x) => np.power(x, 3)));
  seen[device + ', GELU tanh with x * x * x'] = show(tanhForm((x) => x.ref.mul(x.ref).mul(x)));
}
console.log('node', process.version, '@jax-js/jax 0.1.25; gradients at', at.join(' '));
for (const [what, y] of Object.entries(seen)) console.log(what + ':', y);
const ok = ['wasm', 'cpu'].every((d) =>
  seen[d + ', power(x, 3)'] === '12 NaN 12' && seen[d + ', power(x, 2)'] === '-4 NaN 4' && seen[d + ', square(x)'] === '-4 0 4' &&
  seen[d + ', x * x * x'] === '12 0 12' && seen[d + ', GELU tanh with power(x, 3)'].split(' ')[1] === 'NaN' &&
  seen[d + ', GELU tanh with x * x * x'].split(' ')[1] === '0.5');
process.exit(ok ? 0 : 1);
JS
node observe.mjs
