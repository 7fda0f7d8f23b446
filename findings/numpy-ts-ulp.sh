#!/usr/bin/env bash
# Ground: new, far, deep: the functions that ULP are counted with.
# Versions: numpy-ts 1.7.0, Node 20 and newer.
# Guess: nextafter and spacing of a float32 array are those of float32, as in NumPy: spacing(1) is 2^-23, nextafter(1, 2) is 1 + 2^-23.
# What happens: both are computed in float64 and rounded: the array says float32, spacing(1) is 2^-52, and nextafter(1, 2) is 1 again: the next
#   number is the same number. nextafter(0, -1) is -0. logaddexp(-Infinity, -Infinity) is NaN (NumPy: -Infinity).
# Why it matters: an error in ULP divided by spacing(reference) comes out 5e8 times too large, and a loop that walks to the neighbour
#   with nextafter never moves.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error --ignore-scripts numpy-ts@1.7.0 >/dev/null
cat >observe.mjs <<'JS'
import * as np from 'numpy-ts';

const f = (v) => np.array(v, 'float32');
const spacing = np.spacing(f([1]));
const next = np.nextafter(f([1, 0]), f([2, -1]));
const lse = np.logaddexp(np.array([-Infinity]), np.array([-Infinity]));
console.log('node', process.version, 'numpy-ts 1.7.0');
console.log('spacing(float32 1):', spacing.toArray()[0], String(spacing.dtype), '(float32 has', 2 ** -23 + ')');
console.log('nextafter(float32 1, 2):', next.toArray()[0], String(next.dtype), '(float32 has', 1 + 2 ** -23 + ')');
console.log('nextafter(float32 0, -1):', Object.is(next.toArray()[1], -0) ? '-0' : next.toArray()[1], '(float32 has', -(2 ** -149) + ')');
console.log('logaddexp(-Infinity, -Infinity):', lse.toArray()[0]);
const ok = spacing.toArray()[0] === 2 ** -52 && String(next.dtype) === 'float32' && next.toArray()[0] === 1 && Object.is(next.toArray()[1], -0) && Number.isNaN(lse.toArray()[0]);
process.exit(ok ? 0 : 1);
JS
node observe.mjs
