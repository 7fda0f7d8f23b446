// Rows of x0, c0, c1, c2, c3, c4 in float64: which one an element has, and its polynomial there.
import { centreOf, densityOf, highOf, lowOf, originOf, shiftOf, sideOf } from './header';
import { LIMIT, limited, round, upper } from './lanes';

/** x − centre within [low, high]; NaN gives low. */
@inline
function distance(x: v128, low: v128, high: v128, centre: v128): v128 {
  return f32x4.pmin(high, f32x4.pmax(low, f32x4.sub(x, centre)));
}

@inline
function address(row: v128, origin: v128): v128 {
  return i32x4.add(origin, i32x4.add(i32x4.shl(row, 4), i32x4.shl(row, 5)));
}

/** The number of a row of width 1/scale: adding 1.5·2²³ leaves an integer of either sign in the low bits. */
@inline
function uniform(t: v128, scale: v128): v128 {
  return f32x4.add(f32x4.ceil(f32x4.mul(t, scale)), f32x4.splat(12582912.0));
}

/** Row addresses where rows are of one width, 1/scale: row r ends at centre + r/scale, which belongs to it. */
function locateUniform(src: usize, dst: usize, n: i32, at: usize): void {
  const l = lowOf(at);
  const h = highOf(at);
  const a = centreOf(at);
  const k = densityOf(at);
  const b = i32x4.splat(originOf(at, 48));
  for (let i = 0; i < n << 2; i += 32) {
    let t = distance(v128.load(src + i), l, h, a);
    v128.store(dst + i, address(uniform(t, k), b));
    t = distance(v128.load(src + i, 16), l, h, a);
    v128.store(dst + i, address(uniform(t, k), b), 16);
  }
}

/** The number of a row by the leading bits of the distance, which is at least `least`; below the centre `side` is added. */
@inline
function leadingBits(t: v128, least: v128, shift: i32, side: v128): v128 {
  const size = f32x4.pmax(least, v128.and(t, i32x4.splat(0x7fffffff)));
  return i32x4.add(i32x4.shr_u(size, shift), v128.and(f32x4.le(t, f32x4.splat(0)), side));
}

/** Row addresses where the widths of rows grow with the distance from the centre. */
function locateLogarithmic(src: usize, dst: usize, n: i32, at: usize): void {
  const l = lowOf(at);
  const h = highOf(at);
  const a = centreOf(at);
  const m = densityOf(at);
  const s = sideOf(at);
  const shift = shiftOf(at);
  const b = i32x4.splat(originOf(at, 48));
  for (let i = 0; i < n << 2; i += 32) {
    let t = distance(v128.load(src + i), l, h, a);
    v128.store(dst + i, address(leadingBits(t, m, shift, s), b));
    t = distance(v128.load(src + i, 16), l, h, a);
    v128.store(dst + i, address(leadingBits(t, m, shift, s), b), 16);
  }
}

/** Leaves the row addresses of n elements (a multiple of 8) of src at dst, for the table at `at`. */
@inline
export function locateRows(src: usize, dst: usize, n: i32, at: usize): void {
  if (shiftOf(at) === 0) locateUniform(src, dst, n, at);
  else locateLogarithmic(src, dst, n, at);
}

/** The row address of x. */
@inline
export function addressOf(x: f32, at: usize): usize {
  const t = distance(f32x4.splat(x), lowOf(at), highOf(at), centreOf(at));
  const scale = densityOf(at);
  const shift = shiftOf(at);
  const row = shift === 0 ? uniform(t, scale) : leadingBits(t, scale, shift, sideOf(at));
  return i32x4.extract_lane(address(row, i32x4.splat(originOf(at, 48))), 0);
}

/** The rows' polynomials, d = x − x0, at two elements with rows at a and b. */
@inline
function evaluate(x: v128, a: usize, b: usize): v128 {
  const a0 = v128.load(a);
  const b0 = v128.load(b);
  const a1 = v128.load(a, 16);
  const b1 = v128.load(b, 16);
  const a2 = v128.load(a, 32);
  const b2 = v128.load(b, 32);
  const d = f64x2.sub(limited(x), v128.shuffle<f64>(a0, b0, 0, 2));
  let p = f64x2.add(v128.shuffle<f64>(a2, b2, 0, 2), f64x2.mul(d, v128.shuffle<f64>(a2, b2, 1, 3)));
  p = f64x2.add(v128.shuffle<f64>(a1, b1, 1, 3), f64x2.mul(d, p));
  p = f64x2.add(v128.shuffle<f64>(a1, b1, 0, 2), f64x2.mul(d, p));
  return f64x2.add(v128.shuffle<f64>(a0, b0, 1, 3), f64x2.mul(d, p));
}

@inline
function lowerTwo(x: v128, q: usize): v128 {
  return evaluate(f64x2.promote_low_f32x4(x), load<u32>(q), load<u32>(q, 4));
}

@inline
function upperTwo(x: v128, q: usize): v128 {
  return evaluate(upper(x), load<u32>(q, 8), load<u32>(q, 12));
}

/** The function at four elements whose row addresses stand at q. */
@inline
export function four(x: v128, q: usize): v128 {
  return round(lowerTwo(x, q), upperTwo(x, q));
}

/** The same times g, rounded once. */
@inline
export function fourProducts(g: v128, x: v128, q: usize): v128 {
  return round(
    f64x2.mul(f64x2.promote_low_f32x4(g), lowerTwo(x, q)),
    f64x2.mul(upper(g), upperTwo(x, q)),
  );
}

/** The polynomials and their derivatives at two elements with rows at a and b, to y and z. */
@inline
function evaluateBoth(x: v128, a: usize, b: usize, y: usize, z: usize): void {
  const a0 = v128.load(a);
  const b0 = v128.load(b);
  const a1 = v128.load(a, 16);
  const b1 = v128.load(b, 16);
  const a2 = v128.load(a, 32);
  const b2 = v128.load(b, 32);
  const d = f64x2.sub(limited(x), v128.shuffle<f64>(a0, b0, 0, 2));
  const c4 = v128.shuffle<f64>(a2, b2, 1, 3);
  const p3 = f64x2.add(v128.shuffle<f64>(a2, b2, 0, 2), f64x2.mul(d, c4));
  const p2 = f64x2.add(v128.shuffle<f64>(a1, b1, 1, 3), f64x2.mul(d, p3));
  const p1 = f64x2.add(v128.shuffle<f64>(a1, b1, 0, 2), f64x2.mul(d, p2));
  const p0 = f64x2.add(v128.shuffle<f64>(a0, b0, 1, 3), f64x2.mul(d, p1));
  const q = f64x2.add(p2, f64x2.mul(d, f64x2.add(p3, f64x2.mul(d, c4))));
  v128.store64_lane(y, f32x4.demote_f64x2_zero(p0), 0);
  v128.store64_lane(z, f32x4.demote_f64x2_zero(f64x2.add(p1, f64x2.mul(d, q))), 0);
}

/** The function at four elements whose row addresses stand at y, to y, and its derivative to z. */
@inline
export function fourBoth(x: v128, y: usize, z: usize): void {
  evaluateBoth(f64x2.promote_low_f32x4(x), load<u32>(y), load<u32>(y, 4), y, z);
  evaluateBoth(upper(x), load<u32>(y, 8), load<u32>(y, 12), y + 8, z + 8);
}

/** The function at one element with its row at a, to y and, unless z is 0, its derivative to z: the same bits. */
export function one(x: f64, a: usize, y: usize, z: usize): void {
  const d = min(max(x, -LIMIT), LIMIT) - load<f64>(a);
  const c4 = load<f64>(a, 40);
  const p3 = load<f64>(a, 32) + d * c4;
  const p2 = load<f64>(a, 24) + d * p3;
  const p1 = load<f64>(a, 16) + d * p2;
  store<f32>(y, <f32>(load<f64>(a, 8) + d * p1));
  if (z) store<f32>(z, <f32>(p1 + d * (p2 + d * (p3 + d * c4))));
}
