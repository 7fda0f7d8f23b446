import type { Bound } from '../activations/model/activation.js';
import type { Order } from '../activations/model/order.js';
import type { AlgebraicShape, Line, SmoothShape } from '../activations/model/shape.js';
import { ROW } from '../kernels/family/fit.js';
import type { RowMap } from '../kernels/family/map.js';
import type { FamilyTable } from '../kernels/family/table.js';
import { exponentOf } from '../numerics/ulp.js';
import { infinity, sizeOf } from './bits.js';
import { constant } from './constant.js';
import { type Device, lax, np } from './peer.js';
import { atJumps, deviceOf, type Jump } from './primitive.js';
import { tableOf } from './tables.js';

/**
 * An activation by look-up, in jax-js's own operations, for back ends on which our kernel does not run: f(x₀) + d·f'(x₀)
 * + ½d²·f"(x₀), x₀ the constant that equals x and d = x − x₀ = 0, which has f's value and its first two derivatives. The rows
 * are in the memory of `device`, by default x's, which is not known of what is being recorded.
 */
export function lookup(key: string, bound: Bound, device?: Device): (x: np.Array) => np.Array {
  const { shape } = bound;
  if (shape.kind === 'piecewise') throw new Error('pieces need no table');
  const orders = [0, 1, 2] as const;
  const jumps = jumpsOf(bound);
  return (x) => {
    const home = device ?? deviceOf(x);
    const infinite = sizeOf(x.ref).equal(infinity());
    const finite = np.where(infinite.ref, 0, x.ref);
    const d = finite.ref.sub(lax.stopGradient(finite));
    const at = lax.stopGradient(x.ref);
    const [f, slope, beside] = orders.map((order) =>
      value(tableOf(key, bound, order), arrayOf(key, bound, order, home), at.ref),
    );
    const bend = atJumps(jumps, at, beside);
    const y = f.ref.add(steep(shape) ? steepPart(d, slope, bend) : d.ref.mul(slope.add(d.mul(0.5).mul(bend))));
    // Elsewhere 0, or what ∞ is multiplied by would make NaN of the derivative.
    const end = lineAt(np.where(infinite.ref, x, 0), bound, shape, f);
    return np.where(infinite, end, y);
  };
}

/** The breaks, of which tables have the value on the left. */
export function jumpsOf({ shape, evaluate }: Bound): readonly Jump[] {
  if (shape.kind === 'piecewise') return [];
  const places = shape.breaks.filter((x) => Math.fround(x) === x && Math.abs(x) < SAFE);
  return places.map((x): Jump => [x, evaluate(2, x)]).filter(([, value]) => Number.isFinite(value));
}

/** Whether a derivative may be ∞ where x is finite. */
const steep = ({ below, above }: SmoothShape | AlgebraicShape): boolean =>
  [below, above].some(({ intercept, curvature = 0 }) => curvature !== 0 || Math.abs(intercept) === Infinity);

/** d·(slope + ½·d·bend) for d = 0, where 0·∞ would be no number: of numbers that are finite, and twice the largest is ∞. */
function steepPart(d: np.Array, slope: np.Array, bend: np.Array): np.Array {
  const within = (v: np.Array): np.Array => np.clip(v, -LARGEST, LARGEST);
  const beyond = (v: np.Array): np.Array => within(v.ref.sub(within(v)));
  const half = d.ref.mul(0.5);
  const [s, b] = [within(slope.ref).add(half.ref.mul(within(bend.ref))), beyond(slope).add(half.mul(beyond(bend)))];
  return d.ref.mul(s).add(d.mul(b));
}

/** At ±∞: slope·x or curvature·x², or where the slope is 0 the limit, which is f's value at the largest number if that has come to it. */
function lineAt(x: np.Array, bound: Bound, shape: SmoothShape | AlgebraicShape, f: np.Array): np.Array {
  const side = ({ slope, curvature = 0 }: Line, at: number): np.Array | number => {
    if (curvature !== 0 || Math.abs(slope) === Infinity) {
      // Without the other infinity, of which 0·∞ would be a derivative.
      const far = at > 0 ? np.maximum(x.ref, 0) : np.minimum(x.ref, 0);
      return far.ref.mul(far.mul(constant(curvature || at * Math.sign(slope) * LARGEST, x)));
    }
    if (slope !== 0) return x.ref.mul(constant(slope, x));
    const limit = bound.evaluate(0, at * Infinity);
    return Math.fround(bound.evaluate(0, at * LARGEST)) === Math.fround(limit) ? f.ref : constant(limit, x);
  };
  const y = np.where(x.ref.greater(0), side(shape.above, 1), side(shape.below, -1));
  x.dispose();
  f.dispose();
  return y;
}

const LARGEST = 3.4028234663852886e38;
const arrays = new Map<string, np.Array>();

/** The rows in float32, in the memory of a device. Kept: compiled programs refer to them. */
function arrayOf(key: string, bound: Bound, order: Order, device: Device): np.Array {
  const name = `${device} ${order} ${key}`;
  let array = arrays.get(name);
  if (array === undefined) {
    array = np.array(float32Rows(tableOf(key, bound, order)), { device });
    arrays.set(name, array);
  }
  return array.ref;
}

/** x₀, 1/w, c₀/s, c₁·w/s … c₄·w⁴/s, s. */
const COLUMNS = ROW + 2;

/**
 * x₀ is rounded, and the polynomial expanded there, so that x − x₀ is exact and relative accuracy beside zeros stays; w is
 * about the width of the row and s the size of the largest coefficient, so that none that counts leaves the range of float32,
 * of which GPUs flush the subnormal part.
 */
function float32Rows({ map, data }: FamilyTable): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(map.rows * COLUMNS);
  for (let row = 0; row < map.rows; row++) {
    const [x0, ...c] = data.subarray(row * ROW, (row + 1) * ROW);
    const shift = Math.fround(x0) - x0;
    for (let k = 0; k < c.length - 1; k++) for (let j = c.length - 2; j >= k; j--) c[j] += shift * c[j + 1];
    const [from, to] = map.interval(row);
    const isLine = row === map.below || row === map.above;
    const width = isLine ? 1 : 2 ** Math.max(-126, Math.min(exponentOf(to - from), 126));
    const scaled = c.map((value, k) => value * width ** k);
    const size = 2 ** Math.max(-126, Math.min(exponentOf(Math.max(...scaled.map(Math.abs))), 126));
    rows.set([x0, 1 / width, ...scaled.map((value) => value / size), size], row * COLUMNS);
  }
  return rows;
}

function value({ map }: FamilyTable, rows: np.Array, x: np.Array): np.Array {
  const first = rowOf(map, x.ref).mul(COLUMNS);
  const column = (k: number): np.Array => rows.ref.slice(first.ref.add(k).astype(np.int32));
  const u = np.clip(x.ref, -LARGEST, LARGEST).sub(column(0)).mul(column(1));
  const size = COLUMNS - 1;
  let y = column(size - 1);
  for (let k = size - 2; k >= 2; k--) y = column(k).add(u.ref.mul(y));
  y = y.mul(column(size));
  for (const used of [u, first, rows]) used.dispose();
  return np.where(sizeOf(x.ref).greater(infinity()), x, y); // GPUs lose NaN in `clip`
}

/**
 * The number of x's row. In float32, in which it is exact: jax-js does not keep numbers in programs as integers. Only small
 * constants: jax-js writes whole numbers from 2³¹ to 10²¹ so that no shader compiles with them.
 */
function rowOf({ low, high, centre, scale, shift, side, first, above, below }: RowMap, x: np.Array): np.Array {
  const t = minus(np.clip(x, -LARGEST, LARGEST), centre);
  if (shift === 0) return np.ceil(np.clip(t.mul(scale), low * scale, high * scale)).sub(first - 0x4b400000);
  const bits = np.maximum(np.abs(t.ref), Math.min(scale, SAFE / 2)).view(np.int32); // of −0, too, which `abs` may keep
  const digits = np.rightShift(bits, np.array(shift, { dtype: np.int32 })).astype(np.float32);
  const distance = np.maximum(digits.sub(first), 0);
  return np.where(t.greater(0), np.minimum(distance.ref, above), np.minimum(distance.add(side), below));
}

const SAFE = 2 ** 31;

/** x − c, exact where x.sub(c) is. */
function minus(x: np.Array, c: number): np.Array {
  return Math.abs(c) < SAFE
    ? x.sub(c)
    : x
        .mul(2 ** -70)
        .sub(c * 2 ** -70)
        .mul(2 ** 70);
}
