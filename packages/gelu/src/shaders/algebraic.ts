import type { Body } from './body.js';

type Order = 0 | 1;

/** x/(1 + t) and 1/(1 + t)², t = |x|. */
export const softsignBody =
  (order: Order): Body =>
  () => {
    if (order === 0)
      return `
  return select(x / (1.0 + abs(x)), sign_as(1.0, x), abs(x) > 1e9);`;
    return `
  let r: f32 = 1.0 / (1.0 + min(abs(x), 1e30));
  return r * r;`;
  };

/**
 * (x + r)/2 and (1 + x/r)/2, r = √(x² + b); below 0, x + r is b/(r + t). In t, c and r, halves of |x|, √b and r, it is
 * r + t or c²/(r + t); with m the larger and n the lesser of t and c, r is m·√(1 + (n/m)²), so that nothing overflows.
 */
export const squareplusBody =
  (b: number, order: Order): Body =>
  (constant) => {
    const c = constant(Math.sqrt(b) / 2);
    const scale = '2.3283064365386963e-10'; // 2^-32, for the quotient of a number and a large one
    const start = `
  let t: f32 = 0.5 * abs(x);
  let m: f32 = max(t, ${c});
  let q: f32 = min(t, ${c}) / m;
  let r: f32 = m * root(1.0 + q * q);
  let below: f32 = (${c} * ${scale}) * (${c} / ((r + t) * ${scale}));`;
    if (order === 0)
      return `${start}
  return select(r + t, below, x < 0.0);`;
    return `${start}
  let d: f32 = 0.5 * below / r;
  return select(1.0 - d, d, x < 0.0);`;
  };

const INVERSE_PI = '0.31830987334251404';

/** x·(½ + arctan(z)/π), z = (x − location)/scale, and its derivative, both as in the definition, by q = 1/|z| beyond 1. */
export const caluBody =
  (location: number, scale: number, order: Order): Body =>
  (constant) => {
    const near = Math.fround(location);
    const difference = location === 0 ? 'x' : `((x - ${constant(near)}) - ${constant(location - near)})`;
    const z = scale === 1 ? difference : `${difference} * ${constant(1 / scale)}`;
    const start = `
  let z: f32 = clamp(${z}, -1e30, 1e30);
  let a: f32 = abs(z);
  let outer: bool = a > 1.0;
  let q: f32 = select(a, 1.0 / a, outer);
  let s: f32 = q * q;
  let k: f32 = arctangent(s);`;
    if (order === 0)
      return `${start}
  let f: f32 = ${INVERSE_PI} * (q - q * (s * k));
  let inner: f32 = 0.5 + sign_as(f, z);
  let y: f32 = x * select(inner, select(1.0 - f, f, z < 0.0), outer);
  return select(y, ${constant(-scale / Math.PI)}, z <= -1e30);`;
    const slope = `${start}
  let d: f32 = ${INVERSE_PI} * (q * s) * (1.0 / (1.0 + s) - k);
  let inner: f32 = 0.5 + sign_as(${INVERSE_PI} * ((q - q * (s * k)) + q / (1.0 + s)), z);`;
    if (location !== 0)
      return `${slope}
  let y: f32 = select(inner, select(1.0 - d, d, z < 0.0), outer) + ${constant(location / scale)} * ${INVERSE_PI} * select(1.0, s, outer) / (1.0 + s);
  return select(y, sign_as(0.0, ${location < 0 ? '-' : ''}(${constant(Math.max(((scale / location) * scale) / 15, -3e38))} + 0.1 * abs(x))), y == 0.0);`;
    return `${slope}
  return select(inner, select(1.0 - d, d, z < 0.0), outer);`;
  };
