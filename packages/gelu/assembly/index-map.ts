// The row of every element: rows come from (centre − x)²·density, rounded to an integer by adding 2²³.

import { centreOf, densityOf, highOf, lowOf, originOf } from './header';

// A module built with PLACED works in a memory that belongs to someone else, and is told where.
@external("env", "scratch")
declare const placed: usize;

/** Where the row addresses of a block stand: among the first bytes of the memory, unless the module is told. */
@inline
export function scratch(): usize {
  return PLACED ? placed : 1024;
}

/** Elements in a block: its addresses are stored long before they are used, which a store needs to be cheap. */
export const BLOCK: i32 = 512;

/** x limited to [low, high]; NaN gives low. */
@inline
export function clamp(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(high, f32x4.pmax(low, x));
}

/** The row number, in the low bits. */
@inline
function index(x: v128, low: v128, high: v128, centre: v128, density: v128): v128 {
  const u = f32x4.sub(centre, clamp(x, low, high));
  return f32x4.add(f32x4.mul(f32x4.mul(u, u), density), f32x4.splat(8388608.0));
}

/** Row addresses for rows of 48 bytes: the address of row 0 less what the bits of 2²³ add is part of the origin. */
export function locate48(src: usize, n: i32, at: usize): void {
  const low = lowOf(at);
  const high = highOf(at);
  const centre = centreOf(at);
  const density = densityOf(at);
  const origin = i32x4.splat(originOf(at, 48));
  for (let i = 0; i < n << 2; i += 16) {
    const s = index(v128.load(src + i), low, high, centre, density);
    v128.store(scratch() + i, i32x4.add(origin, i32x4.add(i32x4.shl(s, 4), i32x4.shl(s, 5))));
  }
}

/** What `origin` has as part of it: 16 times the bits of 2²³. */
const MAGIC: u32 = 0xb0000000;

/**
 * Row addresses for rows of 16 bytes, which must lie at multiples of 16 below 2²³: sixteen times the row number, a
 * half (8) and the origin are added in float32, where 2²³ makes the sum an integer; what is below 16 is cut off.
 * With PLACED they may lie anywhere: the part of the origin above 2²² is added as an integer.
 */
export function locate16(src: usize, n: i32, at: usize): void {
  const l = lowOf(at);
  const h = highOf(at);
  const a = centreOf(at);
  const k = f32x4.mul(densityOf(at), f32x4.splat(16));
  const base: i32 = originOf(at, 16) + MAGIC;
  const above: i32 = PLACED ? base & ~0x3fffff : 0;
  const b = f32x4.splat(8388616.0 + f32(base - above));
  const p = i32x4.splat(above);
  for (let i = 0; i < n << 2; i += 32) {
    v128.store(scratch() + i, address16(v128.load(src + i), l, h, a, k, b, p));
    v128.store(scratch() + i, address16(v128.load(src + i, 16), l, h, a, k, b, p), 16);
  }
}

@inline
function address16(x: v128, low: v128, high: v128, centre: v128, density: v128, origin: v128, above: v128): v128 {
  const u = f32x4.sub(centre, clamp(x, low, high));
  const square = f32x4.mul(u, u);
  const sum = ASC_FEATURE_RELAXED_SIMD
    ? f32x4.relaxed_madd(square, density, origin)
    : f32x4.add(f32x4.mul(square, density), origin);
  const address = v128.and(sum, i32x4.splat(0x7ffff0));
  return PLACED ? i32x4.add(address, above) : address;
}
