// How much faster an erf GELU of a graph model is as this library's operation, on TensorFlow.js's wasm backend, and how far both are off:
// node packages/gelu/scripts/tfjs-graph-model.mjs [elements, default 1048576]
import * as tfc from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { gelu } from 'gelu';
import { ulpError } from 'gelu/numerics';
import { loadGraphModel } from 'gelu/tfjs/converter';

const elements = Number(process.argv[2] ?? 1 << 20);
const ROUNDS = 15;

/** ½x·(1 + erf(x/√2)), as the converter writes it. */
function model() {
  const constants = [
    ['root', Math.SQRT2],
    ['one', 1],
    ['half', 0.5],
  ];
  const attr = { T: { type: 'DT_FLOAT' } };
  const node = [
    {
      name: 'x',
      op: 'Placeholder',
      attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim: [{ size: '-1' }] } } },
    },
    ...constants.map(([name]) => ({ name, op: 'Const', attr: { dtype: { type: 'DT_FLOAT' } } })),
    { name: 'd', op: 'RealDiv', input: ['x', 'root'], attr },
    { name: 'e', op: 'Erf', input: ['d'], attr },
    { name: 's', op: 'AddV2', input: ['e', 'one'], attr },
    { name: 'h', op: 'Mul', input: ['x', 'half'], attr },
    { name: 'y', op: 'Mul', input: ['h', 's'], attr },
  ];
  const weightSpecs = constants.map(([name]) => ({ name, shape: [], dtype: 'float32' }));
  const weightData = Float32Array.from(constants, ([, value]) => value).buffer;
  return tf.io.fromMemory({ modelTopology: { node, versions: {} }, format: 'graph-model', weightSpecs, weightData });
}

tf.enableProdMode();
await tf.setBackend('wasm');
const [theirs, ours] = [await tfc.loadGraphModel(model()), await loadGraphModel(model())];
const points = Float32Array.from({ length: elements }, (_, i) => (i / elements - 0.5) * 16);
const x = tf.tensor1d(points);

function run(graphModel) {
  const start = performance.now();
  const y = graphModel.execute({ x });
  y.dataSync();
  const time = performance.now() - start;
  y.dispose();
  return time;
}
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

for (let i = 0; i < 3; i++) for (const each of [theirs, ours]) run(each);
const times = [[], []];
for (let i = 0; i < ROUNDS; i++) for (const [k, each] of [theirs, ours].entries()) times[k].push(run(each));
// Of float64 results: within half a unit in their last place.
const exact = gelu(Float64Array.from(points));
for (const [k, [name, each]] of [
  ['TensorFlow.js', theirs],
  ['gelu/tfjs', ours],
].entries()) {
  const y = each.execute({ x }).dataSync();
  const worst = y.reduce((most, value, i) => Math.max(most, ulpError(value, exact[i], 0, 'float32')), 0);
  const [low] = each.execute({ x: tf.tensor1d([Number.NEGATIVE_INFINITY]) }).dataSync();
  console.log(`${name.padEnd(14)} ${median(times[k]).toFixed(2)} ms, ${worst.toPrecision(3)} ULP, at −∞ ${low}`);
}
console.log(`${elements} elements: ${(median(times[0]) / median(times[1])).toFixed(1)} times as fast`);
