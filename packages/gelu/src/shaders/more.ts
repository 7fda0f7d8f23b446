import { expm1 } from '../numerics/expm1.js';
import { floatBelow } from '../numerics/float32.js';
import { type Body, decay, distance, magnitude } from './body.js';
import { bell } from './gates.js';
import { literal, polynomial } from './polynomial.js';
import { TANHSHRINK } from './polynomials.js';

/** (e^(−t) − 1 + t)/t² for |t| ≤ 0.34, Taylor's: relative error 2^-28. */
const EXPONENTIAL_REST: readonly number[] = [1 / 2, -1 / 6, 1 / 24, -1 / 120, 1 / 720, -1 / 5040, 1 / 40320];

type Order = 0 | 1 | 2;

const INV_SQRT_2PI = 0.3989422804014327;
const FAR = 1e30;

/** `body` with another result: `wrap` of the expression that it returns. */
export function wrapped(body: Body, wrap: (result: string, constant: (value: number) => string) => string): Body {
  return (constant) => body(constant).replace(/return ([^;]*);$/, (_, result) => `return ${wrap(result, constant)};`);
}

/** The body of f(−x) from that of f(x), negated for even orders: of −f(−x), whose derivative is f'(−x). */
export function mirrored(body: Body, order: Order): Body {
  const text: Body = (constant) => `
  let mirror: f32 = -x;${body(constant).replace(/(?<![.\w])x\b(?!:)/g, 'mirror')}`;
  return order === 1 ? text : wrapped(text, (result) => `-(${result})`);
}

/** g = e^(factor·t), t = |x|. */
function growth(factor: number, constant: (value: number) => string): string {
  return decay(factor, constant).replace('let e: vec4f = exponential(', 'let g: vec4f = growth(');
}

/** e^x and its derivatives. */
export const expBody: Body = () => `${magnitude(512)}${decay(1, literal)}${growth(1, literal)}
  return select(times_exponential(1.0, 0.0, e), times_exponential(1.0, 0.0, g), x > 0.0);`;

/** x above 0, alpha·(e^(x/alpha) − 1) below, for alpha below 0: there it grows. */
export const growingCelu =
  (alpha: number, order: Order): Body =>
  (constant) => {
    const start = `${magnitude(Math.min(FAR, -512 * alpha), constant)}${growth(-1 / alpha, constant)}`;
    if (order === 0)
      return `${start}
  let below: f32 = select(scaled(${constant(alpha)}, g) - ${constant(alpha)}, ${constant(alpha)} * (g.x + g.y), g.z * g.w == 1.0);
  return select(x, select(below, x, t < ${constant(-1e-8 * Math.max(alpha, -1))}), x <= 0.0);`;
    return `${start}
  return select(${order === 1 ? '1.0' : '0.0'}, scaled(${constant(order === 1 ? 1 : 1 / alpha)}, g), x <= 0.0);`;
  };

/** Φ(z), φ(z)/sigma and −z·φ(z)/sigma², z = (x − mu)/sigma. */
export const laplaceBody =
  (mu: number, sigma: number, order: Order): Body =>
  (constant) => {
    const start = bell(mu, sigma, constant);
    if (order === 0)
      return `${start}
  let m: vec2f = mills(zh, zl);
  let q: f32 = select(times_exponential(m.x, m.y, e), 0.0, z == 16.0);
  return select(1.0 - q, q, side < 0.0);`;
    const density = `select(scaled(${constant(INV_SQRT_2PI / sigma)}, e), 0.0, z == 16.0)`;
    if (order === 1)
      return `${start}
  return ${density};`;
    return `${start}
  return -side * ${constant(1 / sigma)} * z * ${density};`;
  };

/** n_m = e^d − 1 with small relative error, d = n_side·(n_h + n_l) = x − place. */
function shifted(place: number, constant: (value: number) => string): string {
  return `${distance(place, 64, constant).replace(/\b(side|xh|apart|rest|t|h|l)\b/g, 'n_$1')}
  let n_e: vec4f = exponential(n_h, n_l);
  let n_g: vec4f = growth(n_h, n_l);
  let n_m: f32 = select(-complement(n_e), select(scaled(1.0, n_g) - 1.0, n_g.x + n_g.y, n_g.z * n_g.w == 1.0), n_side > 0.0);`;
}

/** The value where its terms cancel: s·(e^d − 1) + (beta − alphaN)·d, s = alphaN·e^zero, whose terms do not, or near d = 0 by its slope there and s·(e^d − 1 − d). */
function besideZero(zero: number, alphaN: number, beta: number, constant: (value: number) => string): string {
  const size = alphaN * Math.exp(zero);
  const rest = beta - alphaN;
  const slope = beta + alphaN * Math.expm1(zero);
  return `${shifted(zero, constant)}
  let n_d: f32 = n_side * (n_h + n_l);
  let n_r: f32 = clamp(-n_d, -0.34, 0.34);
  let series: f32 = ${constant(slope)} * n_d + ${constant(size)} * (n_r * (n_r * ${polynomial('n_r', EXPONENTIAL_REST)}));
  let near: f32 = select(${constant(size)} * n_m + ${constant(rest)} * n_d, series, n_t < 0.34);`;
}

/** x·(alphaP·x + beta) above 0, alphaN·(e^min(x, eps) − 1 − x) + beta·x below, and its derivatives. */
export const xieluBody =
  ({ alphaP, alphaN, beta, eps }: { readonly [name: string]: number }, order: Order, zero?: number): Body =>
  (constant) => {
    const [p, n, b] = [alphaP, alphaN, beta].map(constant);
    const flat = (bent: string, line: string): string =>
      eps === 0 ? bent : `select(${bent}, ${line}, x > ${constant(floatBelow(eps))})`;
    const start = `${magnitude(FAR)}${decay(1, literal)}`;
    const rest = beta - alphaN;
    const flatHigh = Math.fround(expm1(eps, 0, true));
    const flatLow = expm1(eps, 0, true) - flatHigh;
    // How far to the left and to the right of its zero the value is taken from there.
    const left = Math.min(32, -(zero ?? 0));
    const reach = Math.min(32, -0.5 * (zero ?? 0), (0.25 * alphaN) / Math.abs(rest));
    // Beyond the series two terms cancel, unless the zero is far out, where e^x has little to say.
    const right = alphaN * Math.exp(zero ?? 0) < 0.5 * Math.abs(rest) ? reach : Math.min(reach, 0.34);
    const near = zero === undefined || order > 0 ? '' : besideZero(zero, alphaN, beta, constant);
    if (order === 0)
      return `${start}
  let size: f32 = e.z * e.w;
  let bent: f32 = select((abs(x) - (1.0 - size)) + size * (e.x + e.y), t * (t * ${polynomial('t', EXPONENTIAL_REST)}), t < 0.34);
  let below: f32 = ${flat(`select(${n} * bent - ${b} * abs(x), (${constant(-rest)} * abs(x) - ${n}) + scaled(${n}, e), t > 1.0)`, `${n} * ((${constant(flatHigh)} - x) + ${constant(flatLow)}) + ${b} * x`)};
${near}
  let chosen: f32 = ${near === '' ? 'below' : `select(below, near, n_t < select(${constant(right)}, ${constant(left)}, n_side < 0.0))`};
  let negative: f32 = ${eps === 0 ? `select(chosen, ${b} * x, t < ${constant(1e-8 * Math.min(1, beta / alphaN))})` : 'chosen'};
  return select(x * (${p} * x + ${b}), negative, x <= 0.0);`;
    if (order === 1) {
      // From the minimum it is (alphaN − beta)·(e^d − 1), of which nothing cancels.
      const least = rest < 0 ? Math.log1p(-beta / alphaN) : undefined;
      const below = least === undefined ? `${b} - ${n} * complement(e)` : `${constant(-rest)} * n_m`;
      return `${least === undefined ? start : shifted(least, constant)}
  return select(2.0 * ${p} * x + ${b}, ${flat(below, constant(rest))}, x <= 0.0);`;
    }
    return `${start}
  return select(2.0 * ${p}, ${flat(`scaled(${n}, e)`, '0.0')}, x <= 0.0);`;
  };

/** 0, ((x + 1)/2)² and x, and its derivatives. */
export const sparsePlusBody =
  (order: Order): Body =>
  () =>
    `
  let s: f32 = ${order === 2 ? '0.5' : '0.5 * (x + 1.0)'};
  return select(select(${order === 0 ? 's * s' : 's'}, ${['x', '1.0', '0.0'][order]}, x >= 1.0), 0.0, x <= -1.0);`;

/** x − tanh x: by a polynomial near 0, as (t − 1) + 2e/(1 + e), e = e^(−2t), beyond; tanh²x; 8e·(1 − e)/(1 + e)³. */
export const tanhshrinkBody =
  (order: Order): Body =>
  () => {
    const start = `${magnitude(order === 0 ? FAR : 256)}${decay(2, literal)}
  let r: f32 = 1.0 / (1.0 + scaled(1.0, e));`;
    if (order === 0)
      return `${start}
  let s: f32 = min(x * x, 1.0);
  let near: f32 = x * (s * ${polynomial('s', TANHSHRINK)});
  return select(sign_as((abs(x) - 1.0) + scaled(2.0 * r, e), x), near, t < 1.0);`;
    if (order === 1)
      return `${start}
  let y: f32 = complement(e) * r;
  return select(y * y, x * x, t < 1e-6);`;
    return `${start}
  return sign_as(scaled(8.0 * r * r * r * complement(e), e), x);`;
  };
