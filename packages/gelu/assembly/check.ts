// Comparison of a kernel's results with a reference that is a polynomial piece. Not part of the library: scripts/ only.

/** Writes the n floats whose bits are first, first + 1, … */
export function fill(dst: usize, first: u32, n: i32): void {
  for (let i = 0; i < n; i++) store<u32>(dst + (i << 2), first + i);
}

/** How many of n floats do not have these bits. */
export function countOther(src: usize, n: i32, bits: u32): i32 {
  let count = 0;
  for (let i = 0; i < n; i++) count += i32(load<u32>(src + (i << 2)) != bits);
  return count;
}

/** How many of n floats are numbers. */
export function countNumbers(src: usize, n: i32): i32 {
  let count = 0;
  for (let i = 0; i < n; i++) count += i32((load<u32>(src + (i << 2)) & 0x7fffffff) <= 0x7f800000);
  return count;
}

/** The piece at the two floats at src: Σ c[k]·t^k, t = (x − centre)·scale, k = 0 … 7. */
@inline
function piece(src: usize, c: usize, centre: f64, scale: f64): v128 {
  const x = f64x2.promote_low_f32x4(v128.load64_zero(src));
  const t = f64x2.mul(f64x2.sub(x, f64x2.splat(centre)), f64x2.splat(scale));
  let y = v128.load64_splat(c, 56);
  y = f64x2.add(f64x2.mul(y, t), v128.load64_splat(c, 48));
  y = f64x2.add(f64x2.mul(y, t), v128.load64_splat(c, 40));
  y = f64x2.add(f64x2.mul(y, t), v128.load64_splat(c, 32));
  y = f64x2.add(f64x2.mul(y, t), v128.load64_splat(c, 24));
  y = f64x2.add(f64x2.mul(y, t), v128.load64_splat(c, 16));
  y = f64x2.add(f64x2.mul(y, t), v128.load64_splat(c, 8));
  return f64x2.add(f64x2.mul(y, t), v128.load64_splat(c));
}

/**
 * Writes to `list` the numbers of those of n results (an even number) that are not what both ends of piece ± margin
 * round to: these are wrong, or too near to a midpoint to tell. Returns how many there are.
 */
export function doubtful(
  x: usize, result: usize, n: i32, c: usize, centre: f64, scale: f64, margin: f64, list: usize,
): i32 {
  const m = f64x2.splat(margin);
  let count = 0;
  for (let i = 0; i < n; i += 2) {
    const y = piece(x + (i << 2), c, centre, scale);
    const low = f32x4.demote_f64x2_zero(f64x2.sub(y, m));
    const high = f32x4.demote_f64x2_zero(f64x2.add(y, m));
    const actual = v128.load64_zero(result + (i << 2));
    const wrong = v128.or(v128.xor(low, actual), v128.xor(high, actual));
    if (v128.any_true(wrong)) {
      if (i32x4.extract_lane(wrong, 0)) store<i32>(list + (count++ << 2), i);
      if (i32x4.extract_lane(wrong, 1)) store<i32>(list + (count++ << 2), i + 1);
    }
  }
  return count;
}

/** The errors of the two results at src in units in the last place, these being at least `least`. */
@inline
function errors(x: usize, result: usize, c: usize, centre: f64, scale: f64, least: f64): v128 {
  const y = piece(x, c, centre, scale);
  const binade = v128.and(y, i64x2.splat(0x7ff0000000000000));
  const unit = f64x2.max(f64x2.mul(binade, f64x2.splat(1.1920928955078125e-7)), f64x2.splat(least));
  const actual = f64x2.promote_low_f32x4(v128.load64_zero(result));
  return f64x2.div(f64x2.abs(f64x2.sub(actual, y)), unit);
}

/** The largest error of n results (an even number). */
export function largestError(
  x: usize, result: usize, n: i32, c: usize, centre: f64, scale: f64, least: f64,
): f64 {
  let largest = f64x2.splat(0);
  for (let i = 0; i < n << 2; i += 8) largest = f64x2.max(largest, errors(x + i, result + i, c, centre, scale, least));
  return max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
}

/** Writes to `list` the numbers of the results whose error is not below `bound`; returns how many there are. */
export function listErrors(
  x: usize, result: usize, n: i32, c: usize, centre: f64, scale: f64, least: f64, bound: f64, list: usize,
): i32 {
  let count = 0;
  for (let i = 0; i < n; i += 2) {
    const below = f64x2.lt(errors(x + (i << 2), result + (i << 2), c, centre, scale, least), f64x2.splat(bound));
    if (!i64x2.extract_lane(below, 0)) store<i32>(list + (count++ << 2), i);
    if (!i64x2.extract_lane(below, 1)) store<i32>(list + (count++ << 2), i + 1);
  }
  return count;
}
