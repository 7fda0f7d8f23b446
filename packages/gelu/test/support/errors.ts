import type { Bound } from '../../src/activations/index.js';
import { ulp } from '../../src/numerics.js';

// How far results of float32 are from the definition: the one measure of all places where activations are computed.

/** What is forgiven. By default nothing is. */
export interface Rule {
  /** A subnormal result may be 0, with its sign, and a subnormal input count as 0: what GPUs are free to do. */
  readonly flush?: boolean;
  /** 0 may stand for −0, and −0 for 0. */
  readonly unsignedZeros?: boolean;
  /** Errors of the first derivative are in ULP of its larger addend: it is f/x + x·(…), and crosses 0. */
  readonly ofAddend?: boolean;
  /** Errors are in ULP of this, where the result is less. */
  readonly least?: number;
}

const LEAST_NORMAL = 2 ** -126;
const SPREAD = 512 * 64;
const DENSE = 30_000;
const SPECIAL = [
  ...[0, Infinity, 3.4028234663852886e38, 2.3e38, 2.3e-38, LEAST_NORMAL, 2 ** -127, 2 ** -149].flatMap((v) => [v, -v]),
  Number.NaN,
];

/** Float32 numbers: 64 of every exponent and sign, many where functions bend, and the special ones. No multiple of 8. */
export function testPoints(): Float32Array {
  const all = new Uint32Array(SPREAD + DENSE + SPECIAL.length);
  for (let i = 0; i < SPREAD; i++) all[i] = ((i >> 6) << 23) | (((i & 63) * 0x1f351) & 0x7fffff);
  const x = new Float32Array(all.buffer);
  for (let i = 0; i < DENSE; i++) x[SPREAD + i] = (i % 2 ? 24 : 2) * (((i * 0.6180339887) % 2) - 1);
  x.set(SPECIAL, SPREAD + DENSE);
  return x;
}

type Order = 0 | 1 | 2;

/** What is wrong with y = f(x): a reason, or the error in ULP. */
function judge(bound: Bound, order: Order, x: number, y: number, rule: Rule): number | string {
  if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : 'not NaN';
  const exact = bound.evaluate(order, x);
  const near = Math.fround(exact);
  if (Object.is(y, near)) return 0;
  if (!Number.isFinite(near) || !Number.isFinite(y)) return 'not finite, or it should not be';
  if (rule.flush && Math.abs(x) < LEAST_NORMAL && y === Math.fround(bound.evaluate(order, x < 0 ? -0 : 0))) return 0;
  if (y === 0) {
    const negative = near < 0 || Object.is(near, -0);
    if (!rule.unsignedZeros && Object.is(y, -0) !== negative) return 'of the wrong sign';
    if (near === 0 || (rule.flush && Math.abs(exact) < LEAST_NORMAL)) return 0;
  }
  const addend = rule.ofAddend && order === 1 && x !== 0 ? bound.evaluate(0, x) / x : 0;
  return Math.abs(y - exact) / ulp(Math.max(Math.abs(exact), Math.abs(addend), rule.least ?? 0), 'float32');
}

/**
 * The largest error of y = f(x) in ULP, f the activation (order 0) or a derivative. Throws where NaN, an infinity or the sign of
 * a zero is not what it should be.
 */
export function worstError(
  bound: Bound,
  order: Order,
  x: Float32Array,
  y: ArrayLike<number>,
  rule: Rule = {},
): { worst: number; at: number } {
  if (y.length !== x.length) throw new Error(`${x.length} inputs gave ${y.length} results`);
  let [worst, at] = [0, 0];
  x.forEach((v, i) => {
    const found = judge(bound, order, v, y[i], rule);
    if (typeof found === 'string') {
      const zero = Object.is(y[i], -0) ? '−0' : y[i];
      throw new Error(`${bound.key}, order ${order}, at ${Object.is(v, -0) ? '−0' : v}: ${zero} is ${found}`);
    }
    if (found > worst) [worst, at] = [found, v];
  });
  return { worst, at };
}
