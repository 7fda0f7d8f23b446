import { createHash } from 'node:crypto';
import { activations } from '../../src/activations/index.js';
import { type Bound, bind } from '../../src/activations/model/activation.js';
import type { Order } from '../../src/activations/model/order.js';
import { activationFunction } from '../../src/functions/activation-function.js';
import { familyTable } from '../../src/kernels/family/family-table.js';
import { piecesProgram } from '../../src/kernels/family/pieces.js';
import { correctTable } from '../../src/kernels/gelu/correct-table.js';
import { fastTable } from '../../src/kernels/gelu/fast-table.js';
import { GELU_FUNCTIONS } from '../../src/kernels/gelu/functions.js';
import { quantizedTable, smallFloatDerivative, smallFloatTable } from '../../src/kernels/lookup.js';
import { floatingPointMode } from '../../src/numerics/floating-point-mode.js';
import { BFLOAT16, FLOAT16 } from '../../src/numerics/small-floats.js';
import { exponentOf } from '../../src/numerics/ulp.js';
import '../../src/fast.js';
import { flushSubnormals } from './flush.js';

// Prints a digest of every table, and of every function's results at normal numbers, as JSON; with the argument `flush` of a
// thread that flushes subnormal numbers.
const digests: Record<string, string> = { before: floatingPointMode() };
if (process.argv.includes('flush')) await flushSubnormals();
digests.mode = floatingPointMode();

const ORDERS: readonly Order[] = [0, 1, 2];
const NORMAL = 2 ** -1022;
const put = (name: string, array: ArrayBufferView): void => {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  digests[name] = createHash('sha1').update(bytes).digest('hex');
};
/** Results that are subnormal, or next to it, count as 0. */
const normal = <T extends Float32Array | Float64Array>(y: T): T => {
  const least = y instanceof Float32Array ? 2 ** -126 : NORMAL;
  return y.map((v) => (Math.abs(v) <= least ? 0 : v)) as T;
};

digests.exponents = [2 ** -1022, 5e-324, 3e-310].map(exponentOf).join();
for (const f of Object.values(GELU_FUNCTIONS).flat()) {
  const table = correctTable(f);
  for (let row = 0; row < table.rows; row++) table.fit(row);
  put(`${f.name}: rows`, table.data);
  const fast = fastTable(f);
  for (let row = 0; row < fast.rows; row++) fast.fit(row);
  put(`${f.name}: fast rows`, fast.data);
}

const EXTREME: Record<string, object> = {
  celu: { alpha: 1e-38 },
  elu: { alpha: 1e-30 },
  hardshrink: { lambd: 1e-40 },
  lalu: { location: 104, scale: 1 },
  leakyRelu: { negativeSlope: 1e-40 },
  silu: { beta: 1e30 },
  softplus: { beta: 1e-30 },
  squareplus: { b: 1e-30 },
};
const bounds = activations.map((definition) => bind(definition));
for (const [name, parameters] of Object.entries(EXTREME))
  bounds.push(bind(activations.find((a) => a.name === name)!, parameters));

function tables(bound: Bound): void {
  const { key, shape } = bound;
  for (const order of ORDERS) {
    const table = familyTable(bound, order);
    if (!table) continue;
    for (let row = 0; row < table.map.rows; row += 97) table.fit(row);
    put(`${key} ${order}: rows`, table.data);
    digests[`${key} ${order}: map`] = JSON.stringify(table.map);
  }
  for (const order of [0, 1] as const) {
    const program = shape.kind === 'piecewise' ? piecesProgram(shape, order) : undefined;
    if (program) put(`${key} ${order}: pieces`, program.rows);
  }
}

function lookUps(bound: Bound): void {
  const target = activationFunction(bound).resolve({}, []);
  for (const format of [FLOAT16, BFLOAT16]) {
    for (const order of ORDERS)
      put(`${bound.key} ${order}: ${format.precision}`, smallFloatTable(target, order, format));
    put(`${bound.key}: slopes of ${format.precision}`, normal(smallFloatDerivative(target, format)));
  }
  put(`${bound.key}: int8`, quantizedTable(target, 0, 'int8', { scale: 0.05, zeroPoint: 3 }));
}

// Numbers of all sizes, none subnormal, and many about 0.
const words = Int32Array.from({ length: 17_500 }, (_, i) => Math.imul(i + 1, 2654435761));
const some = new Float32Array(words.filter((bits) => (bits & 0x7f800000) !== 0).buffer);
const singles = Float32Array.from([...some, ...Float32Array.from({ length: 4000 }, (_, i) => (i - 1999.5) / 100)]);
const doubles = Float64Array.from(singles.subarray(0, 3000), (x, i) => (i % 3 === 0 ? x ** 7 : x)).filter(
  (x) => Math.abs(x) > 2 ** -1000,
);

function results(bound: Bound): void {
  const f = activationFunction(bound);
  for (const [order, g] of [f, f.derivative, f.secondDerivative].entries()) {
    put(`${bound.key} ${order}, a few`, normal(g(singles.slice(-500))));
    if (order < 2) put(`${bound.key} ${order}, many`, normal(g(singles)));
    put(`${bound.key} ${order}, float64`, normal(g(doubles)));
  }
  put(`${bound.key}: backward`, normal(f.backward(singles, singles)));
  // A slope is rounded before the product, and then counts as 0 if it is subnormal.
  const slopes = normal(f.derivative(doubles));
  put(`${bound.key}: backward, float64`, normal(f.backward(doubles, doubles).map((y, i) => (slopes[i] === 0 ? 0 : y))));
  if (bound.key.startsWith('gelu')) put(`${bound.key}: fast`, normal(f(singles, { precision: 'fast' } as object)));
}

for (const bound of bounds) {
  tables(bound);
  // Parameters that are subnormal count as 0.
  if (/1e-40/.test(bound.key)) continue;
  results(bound);
  if (/^(gelu|selu|logsigmoid)\(/.test(bound.key)) lookUps(bound);
}
process.stdout.write(JSON.stringify(digests));
