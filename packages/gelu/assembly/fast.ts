// float32 within 1.35 ULP: float32 lanes, degree 2 a row. A row is x0, c0, c1, c2 in float32.
// Compiled twice: with the feature relaxed-simd, products and sums are fused where the machine can.
import { BLOCK, clamp, joinIdentity, joinLimits, locate16, SCRATCH } from './index-map';

/** c0 + (c1·d + c2·d²), d = x − x0, for four elements; q is where their row addresses stand. */
@inline
function four(x: v128, q: usize, low: v128, high: v128): v128 {
  const r0 = v128.load(load<u32>(q));
  const r1 = v128.load(load<u32>(q, 4));
  const r2 = v128.load(load<u32>(q, 8));
  const r3 = v128.load(load<u32>(q, 12));
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  const d = f32x4.sub(clamp(x, low, high), v128.shuffle<f64>(low01, low23, 0, 2));
  const c0 = v128.shuffle<f64>(low01, low23, 1, 3);
  const c1 = v128.shuffle<f64>(high01, high23, 0, 2);
  const c2 = v128.shuffle<f64>(high01, high23, 1, 3);
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(d, f32x4.relaxed_madd(c2, d, c1), c0);
  return f32x4.add(c0, f32x4.add(f32x4.mul(c1, d), f32x4.mul(c2, f32x4.mul(d, d))));
}

/** n elements (a multiple of 8) of a function that becomes x above `top`. */
export function identity(
  src: usize, dst: usize, n: i32, low: f32, high: f32, centre: f32, density: f32, origin: i32, top: f32,
): void {
  const l = f32x4.splat(low);
  const h = f32x4.splat(high);
  const t = f32x4.splat(top);
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locate16(src, m, low, high, centre, density, origin);
    for (let i = 0; i < m << 2; i += 32) {
      let x = v128.load(src + i);
      v128.store(dst + i, joinIdentity(four(x, SCRATCH + i, l, h), x, t));
      x = v128.load(src + i, 16);
      v128.store(dst + i, joinIdentity(four(x, SCRATCH + i + 16, l, h), x, t), 16);
    }
    src += BLOCK << 2;
    dst += BLOCK << 2;
  }
}

/** n elements (a multiple of 8) of a function that has limits, the lower of them 0. */
export function limits(
  src: usize, dst: usize, n: i32, low: f32, high: f32, centre: f32, density: f32, origin: i32,
): void {
  const l = f32x4.splat(low);
  const h = f32x4.splat(high);
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locate16(src, m, low, high, centre, density, origin);
    for (let i = 0; i < m << 2; i += 32) {
      let x = v128.load(src + i);
      v128.store(dst + i, joinLimits(four(x, SCRATCH + i, l, h), x));
      x = v128.load(src + i, 16);
      v128.store(dst + i, joinLimits(four(x, SCRATCH + i + 16, l, h), x), 16);
    }
    src += BLOCK << 2;
    dst += BLOCK << 2;
  }
}

/** dst = gradient · f(src), f as for `limits`, in one pass. */
export function product(
  gradient: usize, src: usize, dst: usize, n: i32, low: f32, high: f32, centre: f32, density: f32, origin: i32,
): void {
  const l = f32x4.splat(low);
  const h = f32x4.splat(high);
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locate16(src, m, low, high, centre, density, origin);
    for (let i = 0; i < m << 2; i += 32) {
      let x = v128.load(src + i);
      const first = f32x4.mul(v128.load(gradient + i), joinLimits(four(x, SCRATCH + i, l, h), x));
      x = v128.load(src + i, 16);
      const second = f32x4.mul(v128.load(gradient + i, 16), joinLimits(four(x, SCRATCH + i + 16, l, h), x));
      v128.store(dst + i, first);
      v128.store(dst + i, second, 16);
    }
    src += BLOCK << 2;
    dst += BLOCK << 2;
    gradient += BLOCK << 2;
  }
}
