// float32 within 1 ULP: float32 lanes, degree 2 a row. A row is x0, c0, c1, c2 in float32; the coefficients carry a
// factor of 2²⁴ that is taken off at the end, so that a subnormal result is rounded once, as others are.
// Compiled twice: with the feature relaxed-simd, products and sums are fused where the machine can.
import { highOf, lowOf } from './header';
import { BLOCK, locate16, scratch } from './index-map';

export { extent } from './rows';

/**
 * c0 + c1·d + c2·d², d = x − x0, for four elements, with the factor; q is where their row addresses stand. Where the
 * function has a zero at x0, Horner's rule would cost accuracy: it rounds c1 + c2·d.
 */
@inline
function four(x: v128, q: usize, horner: bool): v128 {
  const r0 = v128.load(load<u32>(q));
  const r1 = v128.load(load<u32>(q, 4));
  const r2 = v128.load(load<u32>(q, 8));
  const r3 = v128.load(load<u32>(q, 12));
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  const d = f32x4.sub(x, v128.shuffle<f64>(low01, low23, 0, 2));
  const c0 = v128.shuffle<f64>(low01, low23, 1, 3);
  const c1 = v128.shuffle<f64>(high01, high23, 0, 2);
  const c2 = v128.shuffle<f64>(high01, high23, 1, 3);
  if (ASC_FEATURE_RELAXED_SIMD && horner) return f32x4.relaxed_madd(d, f32x4.relaxed_madd(c2, d, c1), c0);
  const curved = f32x4.mul(f32x4.mul(c2, d), d);
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.add(c0, f32x4.relaxed_madd(c1, d, curved));
  return f32x4.add(c0, f32x4.add(f32x4.mul(c1, d), curved));
}

@inline
function unscale(r: v128): v128 {
  return f32x4.mul(r, f32x4.splat(5.9604644775390625e-8));
}

/** A function that becomes x: that is so where the row's value is 0, which happens at zero and above the curve only. */
@inline
function fourIdentity(x: v128, q: usize, low: v128, high: v128): v128 {
  const r = four(f32x4.pmin(f32x4.pmax(x, low), high), q, false); // NaN stays
  return v128.or(unscale(r), v128.and(x, f32x4.eq(r, f32x4.splat(0))));
}

/** A function with limits. Below the curve the row is a constant, so only −∞ needs care. */
@inline
function fourLimits(x: v128, q: usize, high: v128): v128 {
  const r = four(f32x4.pmin(x, high), q, true); // NaN stays
  return v128.and(unscale(r), f32x4.ne(x, f32x4.splat(-Infinity)));
}

/** n elements (a multiple of 8) of a function that becomes x above the curve. */
export function identity(src: usize, dst: usize, n: i32, at: usize): void {
  const low = lowOf(at);
  const high = highOf(at);
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locate16(src, m, at);
    for (let i = 0; i < m << 2; i += 32) {
      let x = v128.load(src + i);
      v128.store(dst + i, fourIdentity(x, scratch() + i, low, high));
      x = v128.load(src + i, 16);
      v128.store(dst + i, fourIdentity(x, scratch() + i + 16, low, high), 16);
    }
    src += BLOCK << 2;
    dst += BLOCK << 2;
  }
}

/** n elements (a multiple of 8) of a function that has limits, the lower of them 0. */
export function limits(src: usize, dst: usize, n: i32, at: usize): void {
  const high = highOf(at);
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locate16(src, m, at);
    for (let i = 0; i < m << 2; i += 16) v128.store(dst + i, fourLimits(v128.load(src + i), scratch() + i, high));
    src += BLOCK << 2;
    dst += BLOCK << 2;
  }
}

/** dst = gradient · f(src), f as for `limits`, in one pass. */
export function product(gradient: usize, src: usize, dst: usize, n: i32, at: usize): void {
  const high = highOf(at);
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locate16(src, m, at);
    for (let i = 0; i < m << 2; i += 16)
      v128.store(dst + i, f32x4.mul(v128.load(gradient + i), fourLimits(v128.load(src + i), scratch() + i, high)));
    src += BLOCK << 2;
    dst += BLOCK << 2;
    gradient += BLOCK << 2;
  }
}
