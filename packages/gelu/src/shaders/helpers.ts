import { polynomial } from './polynomial.js';
import { ARCTANGENT, EXPONENTIAL, LOGARITHM, MILLS } from './polynomials.js';

// Functions that those of the activations are made of, in the part of WGSL that `glsl.ts` can turn into GLSL.
//
// A compiler may fuse a product with a sum and re-associate sums, so an exact result never hangs on the order of two
// additions: numbers are taken apart by masks, products of the parts are exact (at most 24 bits), and what is left of a
// difference that must be exact goes through a mask too, which stops a compiler from looking through it. The built-in exp,
// log, tanh and atan are not used, and a division, good to 2.5 ULP, only as a first guess or where that is enough.

/** A helper function and its text. */
export interface Helper {
  readonly name: string;
  readonly text: string;
}

const helper = (name: string, text: string): Helper => ({ name, text });

/** In the order in which they call each other. */
export const HELPERS: readonly Helper[] = [
  // The leading 8, 11, 12 bits of a number.
  helper('first8', 'fn first8(v: f32) -> f32 { return bitcast<f32>(bitcast<u32>(v) & 0xffff0000u); }'),
  helper('first11', 'fn first11(v: f32) -> f32 { return bitcast<f32>(bitcast<u32>(v) & 0xffffe000u); }'),
  helper('first12', 'fn first12(v: f32) -> f32 { return bitcast<f32>(bitcast<u32>(v) & 0xfffff000u); }'),
  // A number of at most 22 bits, which no compiler will take apart.
  helper('whole', 'fn whole(v: f32) -> f32 { return bitcast<f32>(bitcast<u32>(v) & 0xfffffffcu); }'),
  // |a| with the sign of b.
  helper(
    'sign_as',
    'fn sign_as(a: f32, b: f32) -> f32 { return bitcast<f32>((bitcast<u32>(a) & 0x7fffffffu) | (bitcast<u32>(b) & 0x80000000u)); }',
  ),
  // e^−(h + l) = (1 + x + y)·z·w with z and w powers of 2. h has at most 22 bits, so that h − k·ln 2 is exact, ln 2 in two
  // parts; from 256 on it is 0. x is exact, |x| < 0.36, and y small beside it.
  helper(
    'exponential',
    `
fn exponential(h: f32, l: f32) -> vec4f {
  let a: f32 = min(h, 256.0);
  let b: f32 = select(l, 0.0, h >= 256.0);
  let k: f32 = floor((a + b) * 1.442695 + 0.5);
  let x: f32 = whole(a - k * 0.693115234375);
  let y: f32 = b - k * 0.00003194618446286768;
  let r: f32 = x + y;
  let q: f32 = ${polynomial('r', EXPONENTIAL)};
  let k1: f32 = min(k, 126.0);
  let k2: f32 = min(k - k1, 126.0);
  return vec4f(-x, r * (r * q) - y, bitcast<f32>(u32(127.0 - k1) << 23u), select(bitcast<f32>(u32(127.0 - k2) << 23u), 0.0, h >= 256.0));
}`,
  ),
  // e^(h + l) likewise, for h + l ≥ 0: infinite from 256 on, if not before.
  helper(
    'growth',
    `
fn growth(h: f32, l: f32) -> vec4f {
  let a: f32 = min(h, 128.0);
  let b: f32 = select(l, 0.0, h >= 128.0);
  let k: f32 = floor((a + b) * 1.442695 + 0.5);
  let x: f32 = whole(a - k * 0.693115234375);
  let y: f32 = b - k * 0.00003194618446286768;
  let r: f32 = -(x + y);
  let q: f32 = ${polynomial('r', EXPONENTIAL)};
  let k1: f32 = min(k, 127.0);
  return vec4f(x, r * (r * q) + y, bitcast<f32>(u32(127.0 + k1) << 23u), bitcast<f32>(u32(127.0 + k - k1) << 23u));
}`,
  ),
  // (h + l)·e for an exponential e: h has at most 24 bits, l is small beside it.
  helper(
    'times_exponential',
    'fn times_exponential(h: f32, l: f32, e: vec4f) -> f32 { return (h + (l + ((h + l) * e.y + (h + l) * e.x))) * e.z * e.w; }',
  ),
  // v·e, v one number.
  helper('scaled', 'fn scaled(v: f32, e: vec4f) -> f32 { return v * (1.0 + (e.x + e.y)) * e.z * e.w; }'),
  // 1 − e for an exponential e of something positive, with small relative error.
  helper(
    'complement',
    `
fn complement(e: vec4f) -> f32 {
  return select(1.0 - scaled(1.0, e), -(e.x + e.y), e.z * e.w == 1.0);
}`,
  ),
  // The Mills ratio e^(t²/2)·(1 − Φ(t)) of t = h + l < 16, h of 11 bits, as x + y, x of 12 bits. With w = 1/(t + 9/4) it is
  // w·(11/32 + 7/4·w + B(w)), and B is small: a few units of 2^-28.
  helper(
    'mills',
    `
fn mills(h: f32, l: f32) -> vec2f {
  let w: f32 = 1.0 / (h + l + 2.25);
  let wh: f32 = first8(w);
  let wl: f32 = (whole((1.0 - 2.25 * wh) - wh * h) - wh * l) * w;
  let z: f32 = whole(wh - 0.25) + wl;
  let gh: f32 = 0.34375 + 1.75 * wh;
  let gl: f32 = 1.75 * wl + ${polynomial('z', MILLS)};
  let p: f32 = wh * gh;
  let m: f32 = first12(p);
  return vec2f(m, whole(p - m) + (wh * gl + wl * (gh + gl)));
}`,
  ),
  // 1/(1 + e) for an exponential e, as x + y, x of 12 bits.
  helper(
    'gate',
    `
fn gate(e: vec4f) -> vec2f {
  let s: f32 = e.z * e.w;
  let p: f32 = e.x + e.y;
  let r: f32 = 1.0 / (1.0 + s + s * p);
  let h: f32 = first12(r);
  return vec2f(h, (whole((1.0 - h) - h * s) - h * (s * p)) * r);
}`,
  ),
  // ah + al + (bh + bl)·(h + l) as x + y, x of 11 bits; so has h, and ah and bh have 7.
  helper(
    'affine',
    `
fn affine(ah: f32, al: f32, bh: f32, bl: f32, h: f32, l: f32) -> vec2f {
  let s: f32 = first11(ah + bh * h);
  return vec2f(s, whole(whole(ah - s) + bh * h) + (al + bl * (h + l) + bh * l));
}`,
  ),
  // log(1 + v), 0 ≤ v ≤ 1: 2·artanh(v/(2 + v)).
  helper(
    'log_plus',
    `
fn log_plus(v: f32) -> f32 {
  let z: f32 = v / (2.0 + v);
  let s: f32 = z * z;
  return select(2.0 * (z + z * (s * ${polynomial('s', LOGARITHM)})), v, v < 2.9e-8);
}`,
  ),
  // √v for v in [1, 2]: the built-in root and one step of Newton's, its square in exact parts.
  helper(
    'root',
    `
fn root(v: f32) -> f32 {
  let s: f32 = sqrt(v);
  let h: f32 = first12(s);
  return s + (whole(v - h * h) - (s - h) * (s + h)) * 0.5 / s;
}`,
  ),
  // (q − arctan q)/q³ for q² = s ≤ 1.
  helper('arctangent', `fn arctangent(s: f32) -> f32 { return ${polynomial('s', ARCTANGENT)}; }`),
];
