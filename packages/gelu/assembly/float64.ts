// float64: the quick path of the definition (src/activations/gelu, src/numerics), two elements at a time, with the same
// operations in the same order, so with the same bits. What is left out is exact: low words that are 0, and signs.
// All factors 2^e are shifted up by 2⁵¹², which the last multiplication takes back, rounding once.
// A block passes through stages, whose results stand in the scratch, so that the chains of operations overlap.

const BLOCK: i32 = 256;
const EXP: usize = 2048; // scratch: pairs (high, low) for two elements, 32 bytes
const OTHER: usize = EXP + 16 * BLOCK; // the Mills ratio; b·x², |x·v'|, denominators
const THIRD: usize = OTHER + 16 * BLOCK; // addends; 1 + E
export const POWERS: usize = THIRD + 16 * BLOCK; // 2^(j/128), 128 pairs
export const ROOTS: usize = POWERS + 2048; // rows of the roots: none, tanh, sigmoid
const ROOT_BYTES: usize = 128;
export const ROWS: usize = ROOTS + 3 * ROOT_BYTES; // c0, its low word, c1 … c10 of the Mills ratio: 641 rows
export const STAGE: usize = (ROWS + 641 * 96 + 63) & ~63;

// Constants stand in the memory, where they take a third of the room that they need in the code.
const C = memory.data<f64>([
  134217729, 0, 1, 0.5, 3, reinterpret<f64>((1023 + 512) << 52), reinterpret<f64>((1023 - 512) << 52),
  reinterpret<f64>((1023 - 500) << 52), 5.0 / 128, -0.5, -0.0, -Infinity, 6755399441055744, 184.6649652337873,
  0.00541521234663378, 1.4907929131586486e-12, 3.339980929490351e-22, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 16,
  0.0625, 0.3989422804014327, 0.3989422768354416, 3.5659911135077493e-09, -2.49232720227773e-17, 1.5957691216057308,
  -9.96930880911092e-17, 0.07135481627260025, 0.071354815736413, 5.361872473796936e-10, -6.175149918155315e-19,
  1.702, 1.701999992132187, 7.867813067718998e-09, 4.263256414560601e-17,
], 8);
const SPLITTER: usize = C; // 2²⁷ + 1
const ZERO: usize = C + 8;
const ONE: usize = C + 16;
const HALF: usize = C + 24;
const THREE: usize = C + 32;
const BIG: usize = C + 40; // 2⁵¹²
const SMALL: usize = C + 48; // 2⁻⁵¹²
const LEAST: usize = C + 56; // 2⁻⁵⁰⁰
const REACH: usize = C + 64;
const MINUS_HALF: usize = C + 72;
const MINUS_ZERO: usize = C + 80;
const MINUS_INFINITY: usize = C + 88;
const MAGIC: usize = C + 96; // 1.5·2⁵²: its sum with an integer has the integer in its low bits
const N_OVER_LN2: usize = C + 104;
const LN2_1: usize = C + 112;
const LN2_2: usize = C + 120;
const LN2_3: usize = C + 128;
const INVERSE_720: usize = C + 136;
const INVERSE_120: usize = C + 144;
const INVERSE_24: usize = C + 152;
const INVERSE_6: usize = C + 160;
const STEPS: usize = C + 168;
const STEP: usize = C + 176;
const INV_SQRT_2PI: usize = C + 184;
const INV_SQRT_2PI_HEAD: usize = C + 192; // a half of its bits
const INV_SQRT_2PI_TAIL: usize = C + 200; // the other
const INV_SQRT_2PI_LOW: usize = C + 208;
const TANH_A: usize = C + 216;
const TANH_A_LOW: usize = C + 224;
const TANH_B: usize = C + 232;
const TANH_B_HEAD: usize = C + 240; // a half of its bits
const TANH_B_TAIL: usize = C + 248; // the other
const TANH_B_LOW: usize = C + 256;
const SIGMOID_A: usize = C + 264;
const SIGMOID_A_HEAD: usize = C + 272; // a half of its bits
const SIGMOID_A_TAIL: usize = C + 280; // the other
const SIGMOID_A_LOW: usize = C + 288;

@inline
function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

@inline
function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}

@inline
function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

@inline
function constant(at: usize): v128 {
  return v128.load64_splat(at);
}

/** a + b − s, where s = a + b. */
@inline
function sumLow(a: v128, b: v128, s: v128): v128 {
  const t = sub(s, a);
  return add(sub(a, sub(s, t)), sub(b, t));
}

/** The same for |a| ≥ |b|. */
@inline
function fastLow(a: v128, b: v128, s: v128): v128 {
  return sub(b, sub(s, a));
}

/** The upper half of the bits of a: products of halves are exact. */
@inline
function head(a: v128): v128 {
  const s = mul(constant(SPLITTER), a);
  return sub(s, sub(s, a));
}

/** a·b − p, where p = a·b, from the halves of a and b. */
@inline
function halvesLow(ah: v128, al: v128, bh: v128, bl: v128, p: v128): v128 {
  return add(add(add(sub(mul(ah, bh), p), mul(ah, bl)), mul(al, bh)), mul(al, bl));
}

/** a·b − p, where p = a·b. */
@inline
function productLow(a: v128, b: v128, p: v128): v128 {
  const ah = head(a);
  const bh = head(b);
  return halvesLow(ah, sub(a, ah), bh, sub(b, bh), p);
}

/** a·a − p, where p = a·a, from the halves of a. */
@inline
function squareLow(ah: v128, al: v128, p: v128): v128 {
  const m = mul(ah, al);
  return add(add(add(sub(mul(ah, ah), p), m), m), mul(al, al));
}

/** What the product of two pairs leaves beside p = ah·bh. */
@inline
function mulRest(ah: v128, al: v128, bh: v128, bl: v128, p: v128): v128 {
  return add(productLow(ah, bh, p), add(mul(ah, bl), mul(al, bh)));
}

/** Math.round: the nearest integer, halves up. */
@inline
function round(x: v128): v128 {
  const c = f64x2.ceil(x);
  return sub(c, v128.and(f64x2.gt(sub(c, x), constant(HALF)), constant(ONE)));
}

/** k = v·128/ln 2, rounded, as float64 and in the low bits of two integers, of a block of pairs v. */
function exponents(m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const k = round(mul(v128.load(EXP + i), constant(N_OVER_LN2)));
    v128.store(THIRD + i, k);
    v128.store(THIRD + i, add(k, constant(MAGIC)), 16);
  }
}

/** exp(v)·2⁵¹² of a block of pairs, which it replaces. */
function exponentials(m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const vh = v128.load(EXP + i);
    const vl = v128.load(EXP + i, 16);
    const k = v128.load(THIRD + i);
    const bits = v128.load(THIRD + i, 16);
    const first = v128.load(POWERS + ((load<i32>(THIRD + i, 16) & 127) << 4));
    const second = v128.load(POWERS + ((load<i32>(THIRD + i, 24) & 127) << 4));
    const scale = i64x2.add(
      i64x2.shl(v128.and(bits, i64x2.splat(~127)), 45),
      i64x2.splat((1023 + 512) << 52),
    );
    const r1 = sub(vh, mul(k, constant(LN2_1)));
    const middle = mul(k, constant(LN2_2));
    const tail = sub(vl, mul(k, constant(LN2_3)));
    const r = add(sub(r1, middle), tail);
    const rest = add(sub(sub(r1, r), middle), tail);
    let p = add(constant(INVERSE_120), mul(r, constant(INVERSE_720)));
    p = add(constant(INVERSE_24), mul(r, p));
    p = add(constant(INVERSE_6), mul(r, p));
    p = add(constant(HALF), mul(r, p));
    p = add(rest, mul(mul(r, r), p));
    const high = v128.shuffle<f64>(first, second, 0, 2);
    const q = add(v128.shuffle<f64>(first, second, 1, 3), mul(high, add(r, p)));
    const e = add(high, q);
    v128.store(EXP + i, mul(e, scale));
    v128.store(EXP + i, mul(fastLow(high, q, e), scale), 16);
  }
}

/** |x|, at most `limit`, also for NaN. */
@inline
function limited(x: v128, limit: f64): v128 {
  return f64x2.pmin(f64x2.splat(limit), f64x2.abs(x));
}

/** −x²/2 of a block; and, for the Mills ratio, how far |x| is from the centre of its row, and the row's number. */
function squares(src: usize, m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const t = limited(v128.load(src + (i >> 1)), 40);
    const k = round(mul(t, constant(STEPS)));
    v128.store(OTHER + i, sub(t, mul(k, constant(STEP))));
    v128.store(OTHER + i, add(k, constant(MAGIC)), 16);
    const th = head(t);
    const square = mul(t, t);
    v128.store(EXP + i, mul(square, constant(MINUS_HALF)));
    v128.store(EXP + i, mul(squareLow(th, sub(t, th), square), constant(MINUS_HALF)), 16);
  }
}

/** The Mills ratio at |x| of a block, as pairs. */
function millsRatios(m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const a = ROWS + load<u32>(OTHER + i, 16) * 96;
    const b = ROWS + load<u32>(OTHER + i, 24) * 96;
    const d = v128.load(OTHER + i);
    let first = v128.load(a, 80);
    let second = v128.load(b, 80);
    let p = v128.shuffle<f64>(first, second, 1, 3);
    p = add(mul(p, d), v128.shuffle<f64>(first, second, 0, 2));
    first = v128.load(a, 64);
    second = v128.load(b, 64);
    p = add(mul(p, d), v128.shuffle<f64>(first, second, 1, 3));
    p = add(mul(p, d), v128.shuffle<f64>(first, second, 0, 2));
    first = v128.load(a, 48);
    second = v128.load(b, 48);
    p = add(mul(p, d), v128.shuffle<f64>(first, second, 1, 3));
    p = add(mul(p, d), v128.shuffle<f64>(first, second, 0, 2));
    first = v128.load(a, 32);
    second = v128.load(b, 32);
    p = add(mul(p, d), v128.shuffle<f64>(first, second, 1, 3));
    p = add(mul(p, d), v128.shuffle<f64>(first, second, 0, 2));
    first = v128.load(a, 16);
    second = v128.load(b, 16);
    p = add(mul(p, d), v128.shuffle<f64>(first, second, 1, 3));
    p = add(mul(v128.shuffle<f64>(first, second, 0, 2), d), mul(mul(d, d), p));
    first = v128.load(a);
    second = v128.load(b);
    const c0 = v128.shuffle<f64>(first, second, 0, 2);
    p = add(v128.shuffle<f64>(first, second, 1, 3), p);
    const high = add(c0, p);
    v128.store(OTHER + i, high);
    v128.store(OTHER + i, fastLow(c0, p, high), 16);
  }
}

/** y where 2⁻⁵⁰⁰ ≤ |x| ≤ limit; below, half of x; above and for NaN, x or −0. */
@inline
function joinValue(x: v128, y: v128, limit: f64): v128 {
  const t = f64x2.abs(x);
  const inside = v128.and(f64x2.le(t, f64x2.splat(limit)), f64x2.ge(t, constant(LEAST)));
  if (i64x2.all_true(inside)) return y;
  const outside = v128.bitselect(mul(x, constant(HALF)), f64x2.max(x, constant(MINUS_ZERO)), f64x2.lt(t, constant(LEAST)));
  return v128.bitselect(y, outside, inside);
}

/** y where |x| ≤ limit; above 1, −0 or, at −∞, 0; near the root, by its row. */
@inline
function joinDerivative(x: v128, y: v128, limit: f64, row: usize): v128 {
  const near = f64x2.lt(f64x2.abs(sub(x, v128.load64_splat(row))), constant(REACH));
  const inside = f64x2.le(f64x2.abs(x), f64x2.splat(limit));
  if (i64x2.all_true(v128.andnot(inside, near))) return y;
  const infinite = f64x2.eq(x, constant(MINUS_INFINITY));
  const below = v128.andnot(constant(MINUS_ZERO), v128.or(infinite, f64x2.gt(x, constant(ZERO))));
  const outside = v128.or(v128.or(below, v128.and(f64x2.gt(x, constant(ZERO)), constant(ONE))), f64x2.ne(x, x));
  return v128.bitselect(nearRoot(x, row), v128.bitselect(y, outside, inside), near);
}

/** The derivative near its root: (x − root)·(c0 + c1·d + … + c9·d⁹). */
function nearRoot(x: v128, row: usize): v128 {
  const d = sub(x, v128.load64_splat(row));
  let p = v128.load64_splat(row, 96);
  for (let at: usize = row + 88; at >= row + 32; at -= 8) p = add(mul(p, d), v128.load64_splat(at));
  const c0 = v128.load64_splat(row, 16);
  p = add(v128.load64_splat(row, 24), mul(p, d));
  const ph = add(c0, p);
  const pl = fastLow(c0, p, ph);
  const low = f64x2.neg(v128.load64_splat(row, 8));
  const dh = add(d, low);
  const h = mul(dh, ph);
  return add(h, mulRest(dh, fastLow(d, low, dh), ph, pl, h));
}

/** −|x|/√(2π). */
function normalSlopes(src: usize, m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const t = limited(v128.load(src + (i >> 1)), 40);
    const th = head(t);
    const w = mul(t, constant(INV_SQRT_2PI));
    const wr = add(
      halvesLow(th, sub(t, th), constant(INV_SQRT_2PI_HEAD), constant(INV_SQRT_2PI_TAIL), w),
      mul(t, constant(INV_SQRT_2PI_LOW)),
    );
    const wh = add(w, wr);
    v128.store(THIRD + i, f64x2.neg(wh));
    v128.store(THIRD + i, f64x2.neg(fastLow(w, wr, wh)), 16);
  }
}

/** E·M below the centre, 1 − E·M above, in the place of E; for the derivative M − |x|/√(2π) stands for M. */
function normalTails(src: usize, m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const eh = v128.load(EXP + i);
    const mh = v128.load(OTHER + i);
    const p = mul(eh, mh);
    const q = mulRest(eh, v128.load(EXP + i, 16), mh, v128.load(OTHER + i, 16), p);
    const h = add(p, q);
    const l = fastLow(p, q, h);
    const s = sub(constant(BIG), h);
    const u = sub(sub(sub(constant(BIG), s), h), l);
    const v = add(s, u);
    const negative = f64x2.lt(v128.load(src + (i >> 1)), constant(ZERO));
    v128.store(EXP + i, v128.bitselect(h, v, negative));
    v128.store(EXP + i, v128.bitselect(l, fastLow(s, u, v), negative), 16);
  }
}

/** The product of a pair and x, rounded, in the place of the pair. */
function products(src: usize, m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const x = v128.load(src + (i >> 1));
    const h = v128.load(EXP + i);
    const y = mul(h, x);
    v128.store(EXP + i, add(y, add(productLow(h, x, y), mul(v128.load(EXP + i, 16), x))));
  }
}

/** (ah + al) + (bh + bl) to `at` as a pair. */
@inline
function sum(ah: v128, al: v128, bh: v128, bl: v128, at: usize): void {
  const s = add(ah, bh);
  const r = add(al, bl);
  const u = add(sumLow(ah, bh, s), r);
  const v = add(s, u);
  const vr = add(sumLow(al, bl, r), fastLow(s, u, v));
  const h = add(v, vr);
  v128.store(at, h);
  v128.store(at, fastLow(v, vr, h), 16);
}

/** dst = the results, with those that the stages do not give. */
function finishValues(src: usize, dst: usize, m: i32, limit: f64): void {
  for (let i = 0; i < m << 4; i += 32) {
    const x = v128.load(src + (i >> 1));
    v128.store(dst + (i >> 1), joinValue(x, mul(v128.load(EXP + i), constant(SMALL)), limit));
  }
}

/** The same for the derivative. */
function finishDerivatives(src: usize, dst: usize, m: i32, limit: f64, row: usize): void {
  for (let i = 0; i < m << 4; i += 32) {
    const x = v128.load(src + (i >> 1));
    v128.store(dst + (i >> 1), joinDerivative(x, mul(v128.load(EXP + i), constant(SMALL)), limit, row));
  }
}

/** b·x² of a block, as pairs. */
function cubics(src: usize, m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const t = limited(v128.load(src + (i >> 1)), 24);
    const th = head(t);
    const square = mul(t, t);
    const sh = head(square);
    const p = mul(square, constant(TANH_B));
    const q = add(
      halvesLow(sh, sub(square, sh), constant(TANH_B_HEAD), constant(TANH_B_TAIL), p),
      add(mul(square, constant(TANH_B_LOW)), mul(squareLow(th, sub(t, th), square), constant(TANH_B))),
    );
    const h = add(p, q);
    v128.store(OTHER + i, h);
    v128.store(OTHER + i, fastLow(p, q, h), 16);
  }
}

/** a + b·x². */
function tanhSlopes(m: i32): void {
  for (let i = 0; i < m << 4; i += 32)
    sum(constant(TANH_A), constant(TANH_A_LOW), v128.load(OTHER + i), v128.load(OTHER + i, 16), EXP + i);
}

/** v' = a + 3b·x², in the place of b·x². */
function tanhDerivatives(m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const c = v128.load(OTHER + i);
    const twice = add(c, c);
    const triple = add(twice, c);
    const rest = add(fastLow(twice, c, triple), mul(v128.load(OTHER + i, 16), constant(THREE)));
    const h = add(triple, rest);
    sum(constant(TANH_A), constant(TANH_A_LOW), h, fastLow(triple, rest, h), OTHER + i);
  }
}

/** The products of the pairs at `at` and ±|x|, in their place. */
function scale(src: usize, at: usize, m: i32, sign: usize): void {
  for (let i = 0; i < m << 4; i += 32)
    times(v128.or(limited(v128.load(src + (i >> 1)), 24), constant(sign)), at + i);
}

/** The product of the pair at `at` and t, in its place. */
@inline
function times(t: v128, at: usize): void {
  const h = v128.load(at);
  const p = mul(h, t);
  const q = add(productLow(h, t, p), mul(v128.load(at, 16), t));
  const high = add(p, q);
  v128.store(at, high);
  v128.store(at, fastLow(p, q, high), 16);
}

/** −|v|, v = 1.702·x, and |x·v'| = |v| of a block. */
function sigmoidExponents(src: usize, m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const t = limited(v128.load(src + (i >> 1)), 480);
    const th = head(t);
    const p = mul(constant(SIGMOID_A), t);
    const q = add(
      halvesLow(constant(SIGMOID_A_HEAD), constant(SIGMOID_A_TAIL), th, sub(t, th), p),
      mul(constant(SIGMOID_A_LOW), t),
    );
    const v = add(p, q);
    const vl = fastLow(p, q, v);
    v128.store(OTHER + i, v);
    v128.store(OTHER + i, vl, 16);
    v128.store(EXP + i, f64x2.neg(v));
    v128.store(EXP + i, f64x2.neg(vl), 16);
  }
}

/** x·E below 0, x above, in the place of E, and 1 + E. */
function gateValues(src: usize, m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const x = v128.load(src + (i >> 1));
    const eh = v128.load(EXP + i);
    const el = v128.load(EXP + i, 16);
    const f = mul(eh, constant(SMALL));
    const s = add(constant(ONE), f);
    const u = add(fastLow(constant(ONE), f, s), mul(el, constant(SMALL)));
    const d = add(s, u);
    v128.store(OTHER + i, d);
    v128.store(OTHER + i, fastLow(s, u, d), 16);
    const negative = f64x2.lt(x, constant(ZERO));
    v128.store(EXP + i, v128.bitselect(eh, constant(BIG), negative));
    v128.store(EXP + i, v128.and(el, negative), 16);
    times(x, EXP + i);
  }
}

/** 1 + E; and −|w| below 0, E·|w| above, in the place of w = x·v'. */
function gateTerms(src: usize, m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const f = mul(v128.load(EXP + i), constant(SMALL));
    const fl = mul(v128.load(EXP + i, 16), constant(SMALL));
    const s = add(constant(ONE), f);
    const u = add(fastLow(constant(ONE), f, s), fl);
    const d = add(s, u);
    const dl = fastLow(s, u, d);
    v128.store(THIRD + i, d);
    v128.store(THIRD + i, dl, 16);
    const wh = v128.load(OTHER + i);
    const wl = v128.load(OTHER + i, 16);
    const p = mul(wh, f);
    const q = mulRest(wh, wl, f, fl, p);
    const h = add(p, q);
    const negative = f64x2.lt(v128.load(src + (i >> 1)), constant(ZERO));
    v128.store(OTHER + i, v128.bitselect(f64x2.neg(wh), h, negative));
    v128.store(OTHER + i, v128.bitselect(f64x2.neg(wl), fastLow(p, q, h), negative), 16);
  }
}

/** The sums of the pairs at THIRD and OTHER, in the place of the latter. */
function sums(m: i32): void {
  for (let i = 0; i < m << 4; i += 32)
    sum(v128.load(THIRD + i), v128.load(THIRD + i, 16), v128.load(OTHER + i), v128.load(OTHER + i, 16), OTHER + i);
}

/** From that, the numerators E·(1 + E − |w|) and 1 + E + E·|w| and the denominator (1 + E)². */
function gateDerivatives(src: usize, m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const eh = v128.load(EXP + i);
    const h = v128.load(OTHER + i);
    const l = v128.load(OTHER + i, 16);
    let p = mul(h, eh);
    let q = mulRest(h, l, eh, v128.load(EXP + i, 16), p);
    const below = add(p, q);
    const negative = f64x2.lt(v128.load(src + (i >> 1)), constant(ZERO));
    v128.store(EXP + i, v128.bitselect(below, mul(h, constant(BIG)), negative));
    v128.store(EXP + i, v128.bitselect(fastLow(p, q, below), mul(l, constant(BIG)), negative), 16);
    const d = v128.load(THIRD + i);
    const dh = head(d);
    const dl = mul(d, v128.load(THIRD + i, 16));
    p = mul(d, d);
    q = add(squareLow(dh, sub(d, dh), p), add(dl, dl));
    const square = add(p, q);
    v128.store(OTHER + i, square);
    v128.store(OTHER + i, fastLow(p, q, square), 16);
  }
}

/** The quotient of the two pairs, rounded, in the place of the first. */
function quotients(m: i32): void {
  for (let i = 0; i < m << 4; i += 32) {
    const h = v128.load(EXP + i);
    const d = v128.load(OTHER + i);
    const q = f64x2.div(h, d);
    const p = mul(q, d);
    const rest = add(sub(sub(h, p), productLow(q, d, p)), v128.load(EXP + i, 16));
    v128.store(EXP + i, add(q, f64x2.div(sub(rest, mul(q, v128.load(OTHER + i, 16))), d)));
  }
}

/** dst = the form (0 none, 1 tanh, 2 sigmoid) or its derivative on n elements, an even number; dst may be src. */
export function evaluate(form: i32, derivative: bool, src: usize, dst: usize, n: i32): void {
  const limit: f64 = form === 0 ? 40 : form === 1 ? 24 : 480;
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    if (form === 0) squares(src, m);
    else if (form === 1) {
      cubics(src, m);
      tanhSlopes(m);
      scale(src, EXP, m, MINUS_ZERO); // −|v|
      if (derivative) {
        tanhDerivatives(m);
        scale(src, OTHER, m, ZERO); // |x·v'|
      }
    } else sigmoidExponents(src, m);
    exponents(m);
    exponentials(m);
    if (form === 0) {
      millsRatios(m);
      if (derivative) {
        normalSlopes(src, m);
        sums(m);
      }
      normalTails(src, m);
      if (!derivative) products(src, m);
    } else {
      if (derivative) {
        gateTerms(src, m);
        sums(m);
        gateDerivatives(src, m);
      } else gateValues(src, m);
      quotients(m);
    }
    if (derivative) finishDerivatives(src, dst, m, limit, ROOTS + <usize>form * ROOT_BYTES);
    else finishValues(src, dst, m, limit);
    src += BLOCK << 3;
    dst += BLOCK << 3;
  }
}

/** dst = gradient·dst. */
export function multiply(gradient: usize, dst: usize, n: i32): void {
  for (let i = 0; i < n << 3; i += 16) v128.store(dst + i, mul(v128.load(gradient + i), v128.load(dst + i)));
}
