// float32 vectors as pairs of float64 vectors.

/** 2⁴⁰⁰, as LIMIT of src/kernels/family/fit.ts. */
export const LIMIT: f64 = 2.582249878086909e120;

/** ±∞ becomes ±LIMIT, which no polynomial of degree 2 turns into NaN, and which is ∞ again in float32. NaN stays. */
@inline
export function limited(x: v128): v128 {
  return f64x2.pmin(f64x2.pmax(x, f64x2.splat(-LIMIT)), f64x2.splat(LIMIT));
}

@inline
export function upper(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 1));
}

@inline
export function round(low: v128, high: v128): v128 {
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}
