import type { Exponential } from '../activations/formulas/exponential.js';
import { floatBelow } from '../numerics/float32.js';
import { type Body, decay, distance, magnitude } from './body.js';
import { literal } from './polynomial.js';

type Order = 0 | 1;

const FAR = 1e30; // where every exponential has vanished, and sums of a few such numbers are still finite

/** 1/(1 + e^(−x)). */
export const sigmoidBody =
  (order: Order): Body =>
  () =>
    `${magnitude(256)}${decay(1, literal)}
  let g: vec2f = gate(e);
  let r: f32 = g.x + g.y;
  return ${order === 0 ? 'select(r, times_exponential(g.x, g.y, e), x < 0.0)' : 'times_exponential(g.x * g.x, (2.0 * g.x + g.y) * g.y, e)'};`;

/** tanh x = (1 − e)/(1 + e), e = e^(−2t); with e = s·(1 + p), 1 − e is (1 − s) − s·p, which is exact enough near 0. */
export const tanhBody =
  (order: Order): Body =>
  () =>
    `${magnitude(256)}${decay(2, literal)}
  let g: vec2f = gate(e);
  let r: f32 = g.x + g.y;
  ${order === 0 ? 'return select(sign_as(complement(e) * r, x), x, t < 1e-8);' : 'return times_exponential(4.0 * g.x * g.x, 4.0 * (2.0 * g.x + g.y) * g.y, e);'}`;

/** max(x, 0) + log(1 + e^(−beta·t))/beta; x, where beta·x is above the threshold. */
export const softplusBody =
  (beta: number, threshold: number, order: Order): Body =>
  (constant) => {
    const start = `${magnitude(Math.min(FAR, 512 / beta), constant)}${decay(beta, constant)}`;
    const edge = floatBelow(threshold / beta);
    const guard = (y: string, beyond: string): string =>
      edge < 2 ** 127 ? `select(${y}, ${beyond}, x > ${constant(edge)})` : y;
    if (order === 0)
      return `${start}
  let v: f32 = scaled(1.0, e);
  let y: f32 = max(x, 0.0) + ${beta === 1 ? 'log_plus(v)' : `select(log_plus(v) * ${constant(1 / beta)}, scaled(${constant(1 / beta)}, e), v < 1e-8)`};
  return ${guard('y', 'x')};`;
    return `${start}
  let g: vec2f = gate(e);
  let y: f32 = select(g.x + g.y, times_exponential(g.x, g.y, e), x < 0.0);
  return ${guard('y', '1.0')};`;
  };

/** log σ(x) = −(max(−x, 0) + log(1 + e^(−t))). */
export const logsigmoidBody =
  (order: Order): Body =>
  () => {
    const start = `${magnitude(256)}${decay(1, literal)}`;
    if (order === 0)
      return `${start}
  return -(max(-x, 0.0) + log_plus(scaled(1.0, e)));`;
    return `${start}
  let g: vec2f = gate(e);
  return select(g.x + g.y, times_exponential(g.x, g.y, e), x > 0.0);`;
  };

/** x·e·(1 + e/2)/(1 + e·(1 + e/2)) below 0, x·(1 − 2e²/(1 + 2e·(1 + e))) above, e = e^(−t); derivatives as in the definition. */
export const mishBody =
  (order: Order): Body =>
  () => {
    const start = `${magnitude(256)}${decay(1, literal)}
  let w: f32 = scaled(1.0, e);`;
    if (order === 0)
      return `${start}
  let below: f32 = scaled((1.0 + 0.5 * w) * x / (1.0 + w * (1.0 + 0.5 * w)), e);
  let above: f32 = x * (1.0 - 2.0 * w * w / (1.0 + 2.0 * w * (1.0 + w)));
  return sign_as(select(above, below, x < 0.0), x);`;
    return `${start}
  let d: f32 = select(1.0 + 2.0 * w * (1.0 + w), 2.0 + w * (2.0 + w), x < 0.0);
  let i: f32 = 1.0 / d;
  let below: f32 = scaled(((w + 2.0) * d - 4.0 * t * (w + 1.0)) * i * i, e);
  let above: f32 = 1.0 + 2.0 * w * w * i * (2.0 * t * (1.0 + w) * i - 1.0);
  return select(above, below, x < 0.0);`;
  };

/** scale·x above 0, scale·alpha·(e^(x/width) − 1) below. */
export const exponentialBody =
  ({ scale, alpha, width }: Exponential, order: Order): Body =>
  (constant) => {
    const start = `${magnitude(Math.min(FAR, 512 * width), constant)}${decay(1 / width, constant)}`;
    const depth = (scale * alpha) / width;
    const times = (factor: string, by: number): string => (by === 1 ? factor : `${constant(by)} * ${factor}`);
    if (order === 0)
      return `${start}
  let y: f32 = select(-(${times('complement(e)', scale * alpha)}), ${times('x', depth)}, t < ${constant(1e-8 * Math.min(width, 1))});
  return select(${times('x', scale)}, y, x <= 0.0);`;
    return `${start}
  return select(${constant(scale)}, scaled(${constant(depth)}, e), x <= 0.0);`;
  };

/** x·½·e below the location, x·(1 − ½·e) above, e = e^(−|z|), z = (x − location)/scale. */
export const laluBody =
  (location: number, scale: number, order: Order): Body =>
  (constant) => {
    const below = location === 0 ? 'x < 0.0' : 'side < 0.0';
    const start = `${location === 0 ? magnitude(FAR) : distance(location, FAR, constant)}${decay(1 / scale, constant)}`;
    if (order === 0)
      return `${start}
  return sign_as(select(x * (1.0 - 0.5 * scaled(1.0, e)), scaled(0.5 * x, e), ${below}), x);`;
    return `${start}
  let w: f32 = clamp(${scale === 1 ? 'x' : `x * ${constant(1 / scale)}`}, -1e30, 1e30);
  let d: f32 = scaled(0.5 * select(w - 1.0, w + 1.0, ${below}), e);
  return select(1.0 + d, d, ${below});`;
  };
