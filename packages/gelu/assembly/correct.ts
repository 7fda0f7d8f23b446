// Correctly rounded float32: float64 lanes, a polynomial of degree 4 a row, one rounding at the end, no FMA.
// A row is x0, c0, c1, c2, c3, c4 in float64.
import { highOf, lostOf, lowOf, topOf } from './header';
import { BLOCK, clamp, locate48, scratch } from './index-map';
import { round, upper } from './lanes';

export { extent } from './rows';

/** c0 + (c1·d + d²·(c2 + d·(c3 + d·c4))), d = x − x0, for two elements with rows at a and b. */
@inline
function evaluate(x: v128, a: usize, b: usize): v128 {
  const a0 = v128.load(a);
  const b0 = v128.load(b);
  const a1 = v128.load(a, 16);
  const b1 = v128.load(b, 16);
  const a2 = v128.load(a, 32);
  const b2 = v128.load(b, 32);
  const d = f64x2.sub(x, v128.shuffle<f64>(a0, b0, 0, 2));
  let p = f64x2.add(v128.shuffle<f64>(a2, b2, 0, 2), f64x2.mul(d, v128.shuffle<f64>(a2, b2, 1, 3)));
  p = f64x2.add(v128.shuffle<f64>(a1, b1, 1, 3), f64x2.mul(d, p));
  p = f64x2.add(f64x2.mul(v128.shuffle<f64>(a1, b1, 0, 2), d), f64x2.mul(f64x2.mul(d, d), p));
  return f64x2.add(v128.shuffle<f64>(a0, b0, 1, 3), p);
}

/**
 * The function at four elements, or its products with those at `gradient`, rounded once; q is where their row addresses
 * stand. It is 0 unless x is a number above −∞; where x is not below `top`, and of `lost` bits everywhere, it is x.
 */
@inline
function four(gradient: usize, x: v128, q: usize, low: v128, high: v128, top: v128, lost: v128): v128 {
  const c = clamp(x, low, high);
  let lower = evaluate(f64x2.promote_low_f32x4(c), load<u32>(q), load<u32>(q, 4));
  let higher = evaluate(upper(c), load<u32>(q, 8), load<u32>(q, 12));
  const known = f32x4.lt(f32x4.splat(-Infinity), x);
  let y: v128;
  if (gradient) {
    const g = v128.load(gradient);
    lower = f64x2.mul(f64x2.promote_low_f32x4(g), v128.and(lower, v128.shuffle<f32>(known, known, 0, 0, 1, 1)));
    higher = f64x2.mul(upper(g), v128.and(higher, v128.shuffle<f32>(known, known, 2, 2, 3, 3)));
    y = round(lower, higher);
  } else y = v128.and(round(lower, higher), known);
  return v128.or(y, v128.andnot(x, v128.and(f32x4.le(x, top), lost)));
}

/** Both kernels in one text, since every page loads it: a branch that always goes the same way hardly costs. */
function run(gradient: usize, src: usize, dst: usize, n: i32, at: usize): void {
  const low = lowOf(at);
  const high = highOf(at);
  const top = topOf(at);
  const lost = lostOf(at);
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locate48(src, m, at);
    for (let i = 0; i < m << 2; i += 16)
      v128.store(
        dst + i,
        four(gradient ? gradient + i : 0, v128.load(src + i), scratch() + i, low, high, top, lost),
      );
    src += BLOCK << 2;
    dst += BLOCK << 2;
    if (gradient) gradient += BLOCK << 2;
  }
}

/**
 * n elements (a multiple of 8) of a function, whose header is at `at`. A function that becomes x does so above `top`, and below
 * that takes the sign of x: `lost` is all bits but the sign. One that has limits, the lower of them 0, has `top` = ∞ and loses
 * all bits.
 */
export function forward(src: usize, dst: usize, n: i32, at: usize): void {
  run(0, src, dst, n, at);
}

/** dst = gradient · f(src), f a function that has limits, rounded once, in one pass. */
export function product(gradient: usize, src: usize, dst: usize, n: i32, at: usize): void {
  run(gradient, src, dst, n, at);
}
