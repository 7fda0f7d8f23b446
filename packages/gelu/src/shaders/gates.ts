import type { Form } from '../activations/gelu/forms.js';
import { SIGMOID_GATE, TANH_GATE } from '../activations/gelu/gate-form.js';
import { type Body, type Constant, decay, distance, magnitude, pair } from './body.js';
import { literal } from './polynomial.js';

type Order = 0 | 1;

const INV_SQRT_2PI = 0.3989422804014327;

// The functions x·g(x) with g(−x) = 1 − g(x), as max(x, 0) − t·g(−t), t = |x|: nothing cancels. Their derivative is that of
// t·g(−t) below 0, and 1 minus it above.

/** Gives max(x, 0) − `product`, with the sign of x; where |x| is below `tiny` it is ½x to the last bit. */
const value = (product: string, tiny: string): string => `
  let y: f32 = max(x, 0.0) - ${product};
  return sign_as(select(y, 0.5 * x, abs(x) < ${tiny}), x);`;

/** For gates whose slope at 0 is about that of Φ. */
const TINY = '2.9e-8';

const slope = (product: string): string => `
  let d: f32 = ${product};
  return select(1.0 - d, d, x < 0.0);`;

/** t·e·m for pairs. */
const timesPair = (m: string): string => `times_exponential(h * ${m}.x, h * ${m}.y + l * (${m}.x + ${m}.y), e)`;

/**
 * t·σ(−v) and its derivative, e·r·(1 − c·r), r = 1/(1 + e), c = t·v'; `e` is made already, and `exponent` makes c as ch + cl,
 * ch of 12 bits.
 */
function logistic(order: Order, exponent: string, tiny: string): string {
  const start = `
  let r: vec2f = gate(e);`;
  if (order === 0) return `${start}${value(timesPair('r'), tiny)}`;
  return `${start}${exponent}
  let a: f32 = 1.0 - ch * r.x;
  let b: f32 = ch * r.y + cl * (r.x + r.y);
  let mh: f32 = first12(a - b);
  let ml: f32 = (a - mh) - b;${slope('times_exponential(r.x * mh, r.x * ml + r.y * (mh + ml), e)')}`;
}

/** c = (ph + pl), ph of 22 bits, as ch + cl. */
const taken = (ph: string, pl: string): string => `
  let ph: f32 = ${ph};
  let pl: f32 = ${pl};
  let ch: f32 = first12(ph + pl);
  let cl: f32 = whole(ph - ch) + pl;`;

/** x·Φ(x): t·E·M, E = e^(−t²/2), M the Mills ratio; the derivative E·(M − t/√(2π)). */
function normal(order: Order): string {
  const start = `${magnitude(16)}
  let e: vec4f = exponential(0.5 * h * h, 0.5 * l * (t + h));
  let m: vec2f = mills(h, l);`;
  if (order === 0) return `${start}${value(timesPair('m'), TINY)}`;
  const high = 0.3984375; // 1/√(2π) in two parts, the first of 6 bits
  const low = INV_SQRT_2PI - high;
  return `${start}${slope(
    `times_exponential(m.x - ${literal(high)} * h, m.y - (${literal(high)} * l + ${literal(low)} * t), e)`,
  )}`;
}

/** a + b·t². */
const quadratic = (a: number, b: number): string =>
  `affine(${[...pair7(a), ...pair7(b)].map(literal).join(', ')}, qh, ql)`;

/** t, and e = e^(−v), v = t·(a + b·t²). */
export function cubicDecay(): string {
  return `${magnitude(12)}
  let qh: f32 = first11(h * h);
  let ql: f32 = whole(h * h - qh) + l * (t + h);
  let s: vec2f = ${quadratic(TANH_GATE.a, TANH_GATE.b)};
  let e: vec4f = exponential(s.x * h, s.y * t + s.x * l);`;
}

/** x·σ(v), v = x·(a + b·x²); t·v' is t·(a + 3b·t²). */
function cubic(order: Order): string {
  return `${cubicDecay()}${logistic(
    order,
    `
  let u: vec2f = ${quadratic(TANH_GATE.a, 3 * TANH_GATE.b)};${taken('u.x * h', 'u.y * t + u.x * l')}`,
    TINY,
  )}`;
}

/** x·σ(beta·x), beta above 0. */
export function swish(beta: number, order: Order, limit: number = Math.min(1e30, 512 / beta)): Body {
  return (constant: Constant) => {
    const [high, low] = pair(beta).map(constant);
    const exponent = beta === 1 ? taken('h', 'l') : taken(`${high} * h`, `${high} * l + ${low} * t`);
    const tiny = constant(2e-8 / Math.max(beta, 1));
    return `${magnitude(limit, constant)}${decay(beta, constant)}${logistic(order, exponent, tiny)}`;
  };
}

/** z = |x − mean|/std as zh + zl, at most 16, and e = e^(−z²/2). */
export function bell(mean: number, std: number, constant: Constant): string {
  const [ih, il] = pair(1 / std).map(constant);
  return `${distance(mean, 1e30, constant)}
  let vh: f32 = ${ih} * h;
  let vl: f32 = ${ih} * l + ${il} * t;
  let z: f32 = min(vh + vl, 16.0);
  let zh: f32 = first11(z);
  let zl: f32 = select(whole(vh - zh) + vl, 0.0, z == 16.0);
  let e: vec4f = exponential(0.5 * zh * zh, 0.5 * zl * (z + zh));`;
}

/** x·Φ(z), z = (x − mean)/std, and Φ(z) + x/std·φ(z); `atZero` is Φ(−mean/std). */
function general(mean: number, std: number, atZero: number, order: Order): Body {
  return (constant) => {
    const start = `${bell(mean, std, constant)}
  let m: vec2f = mills(zh, zl);`;
    if (order === 0)
      return `${start}
  let xl: f32 = x - xh;
  let g: f32 = select(times_exponential(xh * m.x, xh * m.y + xl * (m.x + m.y), e), 0.0, z == 16.0);
  return sign_as(select(select(x - g, g, side < 0.0), x * ${constant(atZero)}, abs(x) < 1e-30), x);`;
    return `${start}
  let a: f32 = clamp(x * ${constant(1 / std)}, -1e30, 1e30) * ${literal(INV_SQRT_2PI)};
  let b: f32 = a - side * (m.x + m.y);
  let d: f32 = select(scaled(b, e), sign_as(0.0, b), z == 16.0);
  return select(1.0 + d, d, side < 0.0);`;
  };
}

/** GELU in its three forms and its general one, and their derivatives. */
export function geluBody({ approximate, mean, std }: Form, atZero: number, order: Order): Body {
  if (mean !== 0 || std !== 1) return general(mean, std, atZero, order);
  if (approximate === 'none') return () => normal(order);
  if (approximate === 'tanh') return () => cubic(order);
  const limited = swish(SIGMOID_GATE.a, order, 75);
  return () => limited(literal);
}

/** A number as one of 7 bits and the rest. */
function pair7(v: number): readonly [number, number] {
  const unit = 2 ** (Math.floor(Math.log2(v)) - 6);
  const high = Math.round(v / unit) * unit;
  return [high, v - high];
}
