#!/usr/bin/env bash
# Ground: new, deep: the Tensor of Transformers.js, where masks and maxima are made.
# Versions: @huggingface/transformers 4.3.2, Node 20 and newer.
# Guess: tensor.to('bool') is "not 0"; tensor.max() and tensor.max(0) of one row agree; mean_pooling over a row without a token is 0 or an error.
# What happens: to('bool') cuts to a whole byte: 0.5 is false, -0.5 is false, 256 is false, 2 stays 2. max() passes over NaN (2 of [1, NaN, 2]),
#   max(0) returns it. A row whose attention mask is all 0 pools to NaN, and normalize() of a zero vector is NaN as well.
# Why it matters: a soft attention mask loses every weight below 1; whether NaN is noticed depends on whether a dimension is
#   named; and one empty text in a batch puts NaN into an index of embeddings, where every distance to it is NaN.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error --ignore-scripts @huggingface/transformers@4.3.2 >/dev/null
cat >observe.mjs <<'JS'
import { mean_pooling, Tensor } from '@huggingface/transformers';

const tensor = (v, dims = [v.length]) => new Tensor('float32', Float32Array.from(v), dims);
const list = (t) => Array.from(t.data, Number).join(' ');
const seen = {
  'to bool of 0.5 -0.5 256 2 0': list(tensor([0.5, -0.5, 256, 2, 0]).to('bool')),
  'max() of 1 NaN 2': list(tensor([1, NaN, 2]).max()),
  'max(0) of 1 NaN 2': list(tensor([1, NaN, 2]).max(0)[0]),
  'mean_pooling with an empty mask': list(mean_pooling(tensor([1, 2, 3, 4], [1, 2, 2]), new Tensor('int64', BigInt64Array.of(0n, 0n), [1, 2]))),
  'normalize of 0 0': list(tensor([0, 0], [1, 2]).normalize(2, 1)),
};
console.log('node', process.version, '@huggingface/transformers 4.3.2');
for (const [what, y] of Object.entries(seen)) console.log(what + ':', y);
process.exit(Object.values(seen).join('|') === '0 0 0 2 0|2|NaN|NaN NaN|NaN NaN' ? 0 : 1);
JS
node observe.mjs
