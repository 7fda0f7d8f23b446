// Compares a float32 kernel with the definition on a range of the 2³² inputs, usually all of them.
//
// The reference does not know the kernels' tables. The inputs, in the order of their bits, are cut into blocks of up to
// 2¹⁶; on each the function is interpolated by a polynomial of degree 7 through values of the high-precision
// definition (relative error below 2⁻⁹⁰), and the interpolation is tested against the definition at three more points:
// a block in which it is off by more than 2⁻⁴⁶ of the block's largest value is halved. Where a result is not what
// piece ± 2⁻⁴³ round to on both sides, the definition itself decides, in double-double.
import { preciseGelu, ulp } from '../dist/numerics.js';
import { compile } from './build-kernels.mjs';

const BLOCK = 65536;
const TERMS = 8;
const INFINITY_BITS = 0x7f800000;
const X = 1024;
const RESULT = X + 4 * BLOCK;
const LIST = RESULT + 4 * BLOCK;
const C = 0;
const LEAST = 2 ** -149;
const memory = new WebAssembly.Memory({ initial: 16 });
const exact = new Float64Array(2);
const view = new DataView(new ArrayBuffer(4));
let wasm;

/** The float32 with these bits. */
export function floatOf(bits) {
  view.setUint32(0, bits);
  return view.getFloat32(0);
}

/** high + low rounded once to float32. */
function roundPair(high, low) {
  const near = Math.fround(high);
  if (low === 0 || near === high) return near;
  view.setFloat32(0, near);
  const away = Math.abs(high) > Math.abs(near) ? 1 : -1;
  const other = floatOf(view.getUint32(0) + away);
  if (Math.abs(high - near) !== Math.abs(other - high)) return near;
  return low > 0 ? Math.max(near, other) : Math.min(near, other);
}

/** What `form`, or its derivative, of x is, correctly rounded to float32. */
export function correctlyRounded(form, order, x) {
  if (x === -Infinity) return order === 0 ? -0 : 0;
  if (x === Infinity) return order === 0 ? x : 1;
  if (x === 0 && order === 0) return x;
  // gelu(x) = x/2 + c·x² + O(x⁴) with c > 0 in every form: only the sign of the second term matters to a tie, and it is
  // far below the definition's 2⁻⁹⁰.
  if (order === 0 && Math.abs(x) < 2 ** -60) return roundPair(x / 2, 0.4 * x * x);
  preciseGelu(form, order, x, exact);
  if (exact[0] === 0) return -0; // below float64: only the tail left of zero is
  if (Math.abs(exact[0]) < 2 ** -150) return exact[0] < 0 ? -0 : 0;
  return roundPair(exact[0], exact[1]);
}

// Chebyshev's points of order 8 on [−1, 1].
const POINTS = Float64Array.from({ length: TERMS }, (_, j) => Math.cos((Math.PI * (2 * j + 1)) / (2 * TERMS)));

/** Interpolates on the floats from bits `first`; leaves the coefficients at C. Undefined if that is not exact enough. */
function interpolate(form, order, first, n) {
  const a = floatOf(first);
  const b = floatOf(first + n - 1);
  const centre = a + (b - a) / 2;
  const scale = n === 1 ? 0 : 2 / (b - a);
  const c = new Float64Array(memory.buffer, C, TERMS);
  const t = new Float64Array(TERMS);
  let largest = 0;
  for (let j = 0; j < TERMS; j++) {
    const x = centre + POINTS[j] / scale;
    t[j] = (x - centre) * scale;
    preciseGelu(form, order, x, exact);
    c[j] = exact[0];
    largest = Math.max(largest, Math.abs(exact[0]));
  }
  for (let k = 1; k < TERMS; k++) for (let j = TERMS - 1; j >= k; j--) c[j] = (c[j] - c[j - 1]) / (t[j] - t[j - k]);
  for (let k = TERMS - 2; k >= 0; k--) for (let j = k; j < TERMS - 1; j++) c[j] -= c[j + 1] * t[k];
  for (const point of [-1, 0.1, 1]) {
    const x = centre + point / scale;
    const at = (x - centre) * scale;
    preciseGelu(form, order, x, exact);
    let y = 0;
    for (let k = TERMS - 1; k >= 0; k--) y = y * at + c[k];
    if (!(Math.abs(y - exact[0]) <= 2 ** -46 * largest)) return undefined;
  }
  return { centre, scale, margin: 2 ** -43 * largest };
}

/**
 * Runs `kernel(x, out)` on the float32 inputs with bits from `from` up to but not `to` (multiples of 65,536) and
 * compares with `form` ('none', 'tanh', 'sigmoid'), or with its derivative if `order` is 1.
 *
 * With `precision` 'correct' it lists the misrounded inputs: `wrong`, a list of [input's bits, result, right result], and
 * their number in `misrounded`. With 'fast' it looks for the largest error in ULP, `worst`, at `worstAt`, and counts those
 * above 1 in `above1`; inputs closer than `rootWidth` to `root` are apart: their largest error in ULP of `rootScale`, the
 * larger addend, is `worstAtRoot`, and in plain ULP `worstPlainAtRoot`. `special` counts wrong results for ±∞ and NaN.
 * `onDecided(x, right)` is called for every input near a midpoint, `onLarge(x, error)` for every error above `large`.
 */
export async function checkExhaustive({
  form,
  order,
  kernel,
  precision = 'correct',
  from = 0,
  to = 2 ** 32,
  root = Number.NaN,
  rootWidth = 0.003,
  rootScale = 0.25,
  onProgress = () => {},
  onDecided = () => {},
  large = 1,
  onLarge = () => {},
}) {
  if (wasm === undefined) {
    const module = await WebAssembly.compile(await compile('check.ts', []));
    wasm = (await WebAssembly.instantiate(module, { env: { memory } })).exports;
  }
  const x = new Float32Array(memory.buffer, X, BLOCK);
  const out = new Float32Array(memory.buffer, RESULT, BLOCK);
  const list = new Int32Array(memory.buffer, LIST, BLOCK);
  const found = {
    inputs: to - from,
    misrounded: 0,
    wrong: [],
    decided: 0,
    special: 0,
    worst: 0,
    worstAt: 0,
    above1: 0,
    worstAtRoot: 0,
    worstPlainAtRoot: 0,
  };

  const compareOne = (i, first) => {
    found.decided++;
    const right = correctlyRounded(form, order, x[i]);
    onDecided(x[i], right);
    if (Object.is(right, out[i])) return;
    found.misrounded++;
    if (found.wrong.length < 1000) found.wrong.push([first + i, out[i], right]);
  };
  const errorOf = (i) => {
    preciseGelu(form, order, x[i], exact);
    return Math.abs(out[i] - exact[0]) / ulp(exact[0], 'float32');
  };
  const record = (error, i) => {
    if (error > 1) found.above1++;
    if (error > large) onLarge(x[i], error);
    if (error > found.worst) [found.worst, found.worstAt] = [error, x[i]];
  };

  const compare = (first, at, n) => {
    if (n < 8) {
      for (let i = at; i < at + n; i++) precision === 'correct' ? compareOne(i, first) : record(errorOf(i), i);
      return;
    }
    // Where the function has vanished; it does so left of zero.
    preciseGelu(form, order, x[at], exact);
    if (Math.abs(exact[0]) < 2 ** -200 && x[at] < -1) {
      const other = wasm.countOther(RESULT + 4 * at, n, 0x80000000);
      if (other > 0)
        for (let i = at; i < at + n; i++)
          if (!Object.is(out[i], -0)) precision === 'correct' ? compareOne(i, first) : record(Infinity, i);
      return;
    }
    const piece = interpolate(form, order, first + at, n);
    if (piece === undefined) {
      compare(first, at, n / 2);
      compare(first, at + n / 2, n / 2);
      return;
    }
    const { centre, scale, margin } = piece;
    const [px, pr] = [X + 4 * at, RESULT + 4 * at];
    if (precision === 'correct') {
      const doubtful = wasm.doubtful(px, pr, n, C, centre, scale, margin, LIST);
      for (let k = 0; k < doubtful; k++) compareOne(at + list[k], first);
      return;
    }
    if (Math.min(Math.abs(x[at] - root), Math.abs(x[at + n - 1] - root)) < rootWidth) {
      compareAtRoot(at, n);
      return;
    }
    const error = wasm.largestError(px, pr, n, C, centre, scale, LEAST);
    // Which inputs it was, by the definition itself: the piece only says that there are some.
    if (error > found.worst * 1.000001 || error > large) {
      const bound = Math.min(error, large) * 0.999999;
      const count = wasm.listErrors(px, pr, n, C, centre, scale, LEAST, bound, LIST);
      for (let k = 0; k < count; k++) record(errorOf(at + list[k]), at + list[k]);
    }
  };
  const compareAtRoot = (at, n) => {
    for (let i = at; i < at + n; i++) {
      const error = errorOf(i);
      if (Math.abs(x[i] - root) >= rootWidth) record(error, i);
      else {
        found.worstPlainAtRoot = Math.max(found.worstPlainAtRoot, error);
        const scaled = (error * ulp(exact[0], 'float32')) / ulp(rootScale, 'float32');
        found.worstAtRoot = Math.max(found.worstAtRoot, scaled);
      }
    }
  };

  for (let first = from; first < to; first += BLOCK) {
    wasm.fill(X, first, BLOCK);
    kernel(x, out);
    if ((first & 0x7fffffff) < INFINITY_BITS) compare(first, 0, BLOCK);
    else {
      // ∞ begins the block of its bits, the rest is NaN.
      const infinite = (first & 0x7fffffff) === INFINITY_BITS ? 1 : 0;
      if (infinite && !Object.is(out[0], correctlyRounded(form, order, x[0]))) found.special++;
      found.special += wasm.countNumbers(RESULT + 4 * infinite, BLOCK - infinite);
    }
    if ((first & 0xffffff) === 0) onProgress(first, found);
  }
  return found;
}
