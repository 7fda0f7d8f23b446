#!/usr/bin/env bash
# Ground: new, far: NumPy for TypeScript, and the runtimes that have no Float16Array yet.
# Versions: numpy-ts 1.7.0, Node 20 and 22 (no Float16Array; Node 24 and newer have it).
# Guess: an array of dtype float16 holds float16 numbers, or making it fails where the runtime has none.
# What happens: it says float16 and holds float32: 70,000 stays 70,000 (float16 ends at 65,504), 2,049 stays 2,049 (odd numbers end at
#   2,048), 1e-8 does not become 0, astype('float16') changes nothing. sort() then reads the memory as 16-bit numbers: [3, 1, 2]
#   comes back with a number that was never there, and not in order.
# Why it matters: who checks whether weights survive half precision is told that all do; and the same script gives other numbers in
#   Node 22 and in Node 24.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error --ignore-scripts numpy-ts@1.7.0 >/dev/null
cat >observe.mjs <<'JS'
import * as np from 'numpy-ts';

const a = np.array([70000, 2049, 1e-8], 'float16');
const cast = np.array([70000, 2049, 1e-8], 'float32').astype('float16');
const sorted = np.sort(np.array([3, 1, 2], 'float16'));
const seen = { dtype: String(a.dtype), array: a.toArray(), astype: cast.toArray(), sorted: sorted.toArray() };
const native = typeof Float16Array !== 'undefined';
console.log('node', process.version, 'numpy-ts 1.7.0, Float16Array:', native);
console.log(JSON.stringify(seen));
if (native) {
  console.log('this runtime has Float16Array: the finding is about those that have none');
  process.exit(seen.array[0] === Infinity && seen.array[1] === 2048 ? 0 : 1);
}
const kept = (v) => v[0] === 70000 && v[1] === 2049 && v[2] !== 0;
const invented = seen.sorted.some((v) => ![1, 2, 3].includes(v));
process.exit(seen.dtype === 'float16' && kept(seen.array) && kept(seen.astype) && invented ? 0 : 1);
JS
node observe.mjs
