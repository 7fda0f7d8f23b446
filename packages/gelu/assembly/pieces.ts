// Functions of up to three polynomials. What a piece is comes as bits, chosen by two comparisons. `at` is the address of
// the description, 16 bytes an entry:
//   0, 1    x > entry 0 begins the second piece, x > entry 1 the third; NaN where there is none
//   2 … 4   float32: the value of a constant piece; each entry is xor-ed with the one before, as all below
//   5 … 7   all bits set in a piece that is x
//   8 … 10  all bits set in the piece that is a polynomial
//   11 … 14 float64: c0, c1, c2 of that polynomial, and what it is multiplied by
//   15 … 17 float64: the values of constant pieces
//   18      the sign bit where c0 of a polynomial of degree 1 is another below 0: with the other sign
import { limited, round, upper } from './lanes';

@inline
function choose(at: usize, second: v128, third: v128): v128 {
  return v128.xor(
    v128.load(at),
    v128.xor(v128.and(second, v128.load(at, 16)), v128.and(third, v128.load(at, 32))),
  );
}

/** The polynomial at two elements; one of degree 1 needs no care at ±∞. */
@inline
function polynomial(x: v128, at: usize, quadratic: boolean): v128 {
  const t = quadratic ? limited(x) : x;
  let p = v128.load(at, 192);
  if (quadratic) p = f64x2.add(p, f64x2.mul(t, v128.load(at, 208)));
  let c0 = v128.load(at, 176);
  if (!quadratic) c0 = v128.xor(c0, v128.and(x, v128.load(at, 288)));
  p = f64x2.add(c0, f64x2.mul(t, p));
  return f64x2.mul(p, v128.load(at, 224));
}

@inline
function fourSimple(x: v128, at: usize): v128 {
  const second = f32x4.gt(x, v128.load(at));
  const third = f32x4.gt(x, v128.load(at, 16));
  const y = v128.or(choose(at + 32, second, third), v128.and(x, choose(at + 80, second, third)));
  return v128.or(y, f32x4.ne(x, x));
}

@inline
function chosen(first: v128, second: v128, third: v128, change: v128, lastChange: v128): v128 {
  return v128.xor(first, v128.xor(v128.and(second, change), v128.and(third, lastChange)));
}

/** A mask of four as masks of two. */
@inline
function lowerMask(m: v128): v128 {
  return v128.shuffle<f32>(m, m, 0, 0, 1, 1);
}

@inline
function upperMask(m: v128): v128 {
  return v128.shuffle<f32>(m, m, 2, 2, 3, 3);
}

@inline
function fourProducts(g: v128, x: v128, at: usize, mixed: boolean): v128 {
  const second = f32x4.gt(x, v128.load(at));
  const third = f32x4.gt(x, v128.load(at, 16));
  let low = choose(at + 240, lowerMask(second), lowerMask(third));
  let high = choose(at + 240, upperMask(second), upperMask(third));
  if (mixed) {
    const chosen = choose(at + 128, second, third);
    low = v128.bitselect(polynomial(f64x2.promote_low_f32x4(x), at, true), low, lowerMask(chosen));
    high = v128.bitselect(polynomial(upper(x), at, true), high, upperMask(chosen));
  }
  const y = round(f64x2.mul(f64x2.promote_low_f32x4(g), low), f64x2.mul(upper(g), high));
  return v128.or(y, f32x4.ne(x, x));
}

/** n elements (a multiple of 8) of a function whose pieces are constants and x. */
export function simple(src: usize, dst: usize, n: i32, at: usize): void {
  for (let i = 0; i < n << 2; i += 32) {
    v128.store(dst + i, fourSimple(v128.load(src + i), at));
    v128.store(dst + i, fourSimple(v128.load(src + i, 16), at), 16);
  }
}

/** n elements (a multiple of 8) of one that has another polynomial among its pieces. */
export function mixed(src: usize, dst: usize, n: i32, at: usize): void {
  if (load<f64>(at, 208) == 0) mixedLoop(src, dst, n, at, false);
  else mixedLoop(src, dst, n, at, true);
}

@inline
function mixedLoop(src: usize, dst: usize, n: i32, at: usize, quadratic: boolean): void {
  // Kept out of the loop: loads are what it would wait for.
  const edge = v128.load(at);
  const lastEdge = v128.load(at, 16);
  const k = v128.load(at, 32);
  const k1 = v128.load(at, 48);
  const k2 = v128.load(at, 64);
  const u = v128.load(at, 80);
  const u1 = v128.load(at, 96);
  const u2 = v128.load(at, 112);
  const w = v128.load(at, 128);
  const w1 = v128.load(at, 144);
  const w2 = v128.load(at, 160);
  for (let i = 0; i < n << 2; i += 16) {
    const x = v128.load(src + i);
    const second = f32x4.gt(x, edge);
    const third = f32x4.gt(x, lastEdge);
    const p = round(polynomial(f64x2.promote_low_f32x4(x), at, quadratic), polynomial(upper(x), at, quadratic));
    const y = v128.or(chosen(k, second, third, k1, k2), v128.and(x, chosen(u, second, third, u1, u2)));
    const z = v128.or(y, v128.and(p, chosen(w, second, third, w1, w2)));
    v128.store(dst + i, v128.or(z, f32x4.ne(x, x)));
  }
}

/** dst = gradient · the function, rounded once; its pieces are constants. */
export function simpleProduct(gradient: usize, src: usize, dst: usize, n: i32, at: usize): void {
  for (let i = 0; i < n << 2; i += 16)
    v128.store(dst + i, fourProducts(v128.load(gradient + i), v128.load(src + i), at, false));
}

/** Likewise, with a polynomial among them. */
export function mixedProduct(gradient: usize, src: usize, dst: usize, n: i32, at: usize): void {
  for (let i = 0; i < n << 2; i += 16)
    v128.store(dst + i, fourProducts(v128.load(gradient + i), v128.load(src + i), at, true));
}
