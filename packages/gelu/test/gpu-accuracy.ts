import { activations, type Bound } from '../src/activations/index.js';
import { ulp } from '../src/numerics/index.js';

/** The bounds that the README states, in float32 ULP: of the function and of its derivative. */
const GELU = [2, 2] as const;
const GENERAL = [2, 5] as const;
const FAMILY = [5, 8] as const;

export const CASES: readonly (readonly [name: string, parameters: Record<string, string | number>])[] = [
  ['gelu', {}],
  ['gelu', { approximate: 'tanh' }],
  ['gelu', { approximate: 'sigmoid' }],
  ['gelu', { mean: 0.3, std: 0.5 }],
  ['gelu', { mean: -0.7, std: 3 }],
  ...activations.filter(({ name }) => name !== 'gelu').map(({ name }) => [name, {}] as const),
  ['leakyRelu', { negativeSlope: -0.3 }],
  ['elu', { alpha: 0.1 }],
  ['celu', { alpha: 0.3 }],
  ['silu', { beta: 1.7 }],
  ['softplus', { beta: 2.5, threshold: 4 }],
  ['squareplus', { b: 0.01 }],
  ['lalu', { location: 0.3, scale: 2 }],
  ['calu', { location: -0.7, scale: 2 }],
  ['hardtanh', { minVal: -0.1, maxVal: 7 }],
];

/** Float32 numbers: 64 of every exponent and sign, many where functions bend, and the special ones. */
export function points(): Float32Array {
  const all = new Uint32Array(512 * 64 + 30_000);
  for (let i = 0; i < 512 * 64; i++) all[i] = ((i >> 6) << 23) | (((i & 63) * 0x1f351) & 0x7fffff);
  const x = new Float32Array(all.buffer);
  for (let i = 0; i < 30_000; i++) x[512 * 64 + i] = (i % 2 ? 24 : 2) * (((i * 0.6180339887) % 2) - 1);
  x.set([
    0,
    -0,
    Infinity,
    -Infinity,
    Number.NaN,
    -3.4028234663852886e38,
    3.4028234663852886e38,
    2 ** -126,
    -(2 ** -126),
  ]);
  return x;
}

const tiny = (y: number): boolean => Math.abs(y) < 2 ** -126;

/** What is wrong with y = f(x) on a device that may take subnormal numbers for 0: a reason, or the error in ULP. */
function judge(bound: Bound, order: 0 | 1, x: number, y: number): number | string {
  if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : 'not NaN';
  const exact = bound.evaluate(order, x);
  const near = Math.fround(exact);
  if (!Number.isFinite(near) || !Number.isFinite(y)) return near === y ? 0 : 'not finite, or it should not be';
  if (y === 0 && near === 0) return order === 1 || Object.is(y, near) || x === 0 ? 0 : 'wrong sign';
  if (y === 0 && tiny(exact)) return 0;
  if (tiny(x) && y === Math.fround(bound.evaluate(order, 0))) return 0;
  // A derivative is f/x + x·(…): near its roots the first addend is the measure.
  const unit = order === 1 && x !== 0 ? Math.max(Math.abs(exact), Math.abs(bound.evaluate(0, x) / x)) : exact;
  return Math.abs(y - exact) / ulp(unit, 'float32');
}

/** The largest error of y = f(x) in ULP, f the activation (order 0) or its derivative; throws if a result is not to be had in ULP. */
export function worstError(
  bound: Bound,
  order: 0 | 1,
  x: Float32Array,
  y: Float32Array,
): { worst: number; at: number } {
  let [worst, at] = [0, 0];
  x.forEach((v, i) => {
    const found = judge(bound, order, v, y[i]);
    if (typeof found === 'string') throw new Error(`${bound.key}, order ${order}, at ${v}: ${y[i]} is ${found}`);
    if (found > worst) [worst, at] = [found, v];
  });
  return { worst, at };
}

/** The bound in ULP for an activation (order 0) or its derivative. */
export function boundOf({ definition, parameters }: Bound, order: 0 | 1): number {
  if (definition.name !== 'gelu') return FAMILY[order];
  return (parameters.mean === 0 && parameters.std === 1 ? GELU : GENERAL)[order];
}
