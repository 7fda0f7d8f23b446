import { literal } from './polynomial.js';

/** Writes a number that depends on an activation's parameters: a literal, or where the shader finds it. */
export type Constant = (value: number) => string;

/** The statements of a function of `x`, a finite f32, that end with its value. */
export type Body = (constant: Constant) => string;

const view = new DataView(new ArrayBuffer(4));

/** `value` as the sum of a number of 11 bits and a float32: `first11` of it and the rest. */
export function pair(value: number): readonly [high: number, low: number] {
  view.setFloat32(0, value);
  view.setUint32(0, view.getUint32(0) & 0xffffe000);
  const high = view.getFloat32(0);
  return [high, value - high];
}

/** t = |x|, at most `limit`, as h + l, h of 11 bits. */
export function magnitude(limit: number, constant: Constant = literal): string {
  return `
  let t: f32 = min(abs(x), ${constant(limit)});
  let h: f32 = first11(t);
  let l: f32 = t - h;`;
}

/**
 * t = |x − `centre`|, at most `limit`, as h + l, h of 11 bits. The difference is taken part by part: that of the high parts
 * is `apart`, of at most 22 bits, and what that leaves out.
 */
export function distance(centre: number, limit: number, constant: Constant): string {
  const [high, low] = pair(centre).map(constant);
  return `
  let xh: f32 = first11(x);
  let apart: f32 = whole(xh - ${high});
  let rest: f32 = select(xh - whole(apart + ${high}), whole(xh - apart) - ${high}, abs(xh) > abs(${high})) + ((x - xh) - ${low});
  let side: f32 = select(1.0, -1.0, apart + rest < 0.0);
  let t: f32 = min(abs(apart + rest), ${literal(limit)});
  let h: f32 = first11(t);
  let l: f32 = select(whole(side * apart - h) + side * rest, 0.0, t == ${literal(limit)});`;
}

/** e = e^(−factor·t). */
export function decay(factor: number, constant: Constant): string {
  const [high, low] = pair(factor).map(constant);
  return factor === 1
    ? `
  let e: vec4f = exponential(h, l);`
    : `
  let e: vec4f = exponential(${high} * h, ${high} * l + ${low} * t);`;
}

/** −0 made of the sign of an x below or above 0: compilers take a literal −0 for +0. */
export const NEGATIVE_ZERO: { readonly below: string; readonly above: string } = {
  below: 'bitcast<f32>(bitcast<u32>(x) & 0x80000000u)',
  above: 'bitcast<f32>(~bitcast<u32>(x) & 0x80000000u)',
};
