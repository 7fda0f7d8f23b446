#!/usr/bin/env bash
# Ground: crossed, deep: a session option of ONNX Runtime and JavaScript's own arithmetic, in one process.
# Versions: onnxruntime-node 1.30.0 on Linux x64 (its flag is that of the processor), Node 20 and newer.
# Guess: session.set_denormal_as_zero = '1' concerns that session: its operators treat subnormal numbers as 0.
# What happens: it is set for the thread that makes the process's first session, which is that of JavaScript, and it stays
#   when the session has been released. From then on Number.MIN_VALUE > 0 is false and Math.fround(1e-40) is 0.
#   Workers that were started before keep subnormal numbers, workers started later do
#   not: one program, two arithmetics. A later session that asks for '0' changes nothing.
# Why it matters: tables that JavaScript code computes, nextafter by halving, loops that end "when x is 0", hashes of typed arrays
#   and comparisons between threads give other results, without a word, in code that never heard of ONNX Runtime.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error --ignore-scripts onnxruntime-node@1.30.0 >/dev/null
cat >observe.mjs <<'JS'
import { Worker } from 'node:worker_threads';
import ort from 'onnxruntime-node';

// y = Identity(x), float32 of one element.
const field = (n, bytes) => Buffer.concat([Buffer.of((n << 3) | 2, bytes.length), bytes]);
const text = (n, s) => field(n, Buffer.from(s));
const number = (n, v) => Buffer.of(n << 3, v);
const type = field(2, field(1, Buffer.concat([number(1, 1), field(2, field(1, number(1, 1)))])));
const value = (name) => Buffer.concat([text(1, name), type]);
const node = Buffer.concat([text(1, 'x'), text(2, 'y'), text(4, 'Identity')]);
const graph = Buffer.concat([field(1, node), text(2, 'g'), field(11, value('x')), field(12, value('y'))]);
const model = Buffer.concat([number(1, 8), field(7, graph), field(8, Buffer.concat([text(1, ''), number(2, 13)]))]);

const SEEN = 'Number.MIN_VALUE > 0 && Math.fround(1e-40) > 0';
const here = () => new Function('return ' + SEEN)();
const worker = () =>
  new Worker("const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => parentPort.postMessage(" + SEEN + '));', { eval: true });
const ask = (w) => new Promise((resolve) => { w.once('message', resolve); w.postMessage(0); });
const session = (flag) =>
  ort.InferenceSession.create(model, { intraOpNumThreads: 1, extra: { session: { set_denormal_as_zero: flag } } });

const early = worker();
await ask(early);
const seen = { before: here() };
const first = await session('1');
seen.afterSession = here();
await first.release();
seen.afterRelease = here();
await session('0');
seen.afterSessionWith0 = here();
seen.workerFromBefore = await ask(early);
const late = worker();
seen.workerFromAfter = await ask(late);
console.log('node', process.version, process.arch, 'onnxruntime-node', '1.30.0');
console.log('subnormal numbers are kept:', JSON.stringify(seen));
await Promise.all([early.terminate(), late.terminate()]);
const expected = { before: true, afterSession: false, afterRelease: false, afterSessionWith0: false, workerFromBefore: true, workerFromAfter: false };
process.exit(JSON.stringify(seen) === JSON.stringify(expected) ? 0 : 1);
JS
node observe.mjs
