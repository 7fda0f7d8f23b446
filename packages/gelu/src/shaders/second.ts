import type { Exponential } from '../activations/formulas/exponential.js';
import { type Form, isStandard } from '../activations/gelu/forms.js';
import { SIGMOID_GATE, TANH_GATE } from '../activations/gelu/gate-form.js';
import type { Bound } from '../activations/model/activation.js';
import { SELU } from '../activations/selu.js';
import { floatBelow } from '../numerics/float32.js';
import { type Body, decay, distance, magnitude } from './body.js';
import { bell, cubicDecay } from './gates.js';
import { literal } from './polynomial.js';

// Second derivatives. Here w = e^(−|…|) and r = 1/(1 + w), so that σ' = w·r² and 1 − 2σ = −(1 − w)·r above 0.

type Numbers = { readonly [name: string]: number };

const FAR = 1e30;
const INV_SQRT_2PI = 0.3989422804014327;
const INVERSE_PI = 0.3183098861837907;

const WITH_R = `
  let r: f32 = 1.0 / (1.0 + scaled(1.0, e));`;

/** φ(x)·(2 − x²). */
const normal: Body = () => `${magnitude(16)}
  let e: vec4f = exponential(0.5 * h * h, 0.5 * l * (t + h));
  return scaled(${literal(INV_SQRT_2PI)} * ((2.0 - h * h) - l * (t + h)), e);`;

/** φ(z)/std·(2 − x/std·z), z = (x − mean)/std. */
const general =
  ({ mean, std }: Form): Body =>
  (constant) =>
    `${bell(mean, std, constant)}
  let c: f32 = clamp(x * ${constant(1 / std)}, -1e30, 1e30) * side * z;
  return select(scaled(${constant(INV_SQRT_2PI / std)} * (2.0 - c), e), sign_as(0.0, 2.0 - c), z == 16.0);`;

/** Of x·σ(v), v = x·(a + b·x²): w·r²·(2a + 12b·x² − t·v'²·(1 − w)·r). */
function logistic(start: string, a: string, b: number): string {
  const plus = (factor: number): string => (b === 0 ? '' : ` + ${literal(factor * b)} * t * t`);
  return `${start}${WITH_R}
  let d: f32 = ${a}${plus(3)};
  return scaled(r * r * (2.0 * ${a}${plus(12)} - t * d * d * complement(e) * r), e);`;
}

const swish =
  (beta: number, limit = Math.min(FAR, 512 / Math.abs(beta))): Body =>
  (constant) =>
    logistic(`${magnitude(limit, constant)}${decay(beta, constant)}`, constant(beta), 0);

function gelu(form: Form): Body {
  if (!isStandard(form)) return general(form);
  if (form.approximate === 'none') return normal;
  if (form.approximate === 'tanh') return () => logistic(cubicDecay(), literal(TANH_GATE.a), TANH_GATE.b);
  return () => swish(SIGMOID_GATE.a, 75)(literal);
}

/** −factor·σ'·(1 − w)·r with the sign of x: of σ, and of tanh x = 2σ(2x) − 1. */
const odd =
  (slope: number, factor: number): Body =>
  () =>
    `${magnitude(256)}${decay(slope, literal)}${WITH_R}
  return sign_as(scaled(${literal(factor)} * r * r * r * complement(e), e), -x);`;

/** σ'. */
const even = (beta: number, factor: number, start: string, constant: (value: number) => string): string =>
  `${start}${decay(beta, constant)}${WITH_R}
  let y: f32 = scaled(${constant(factor)} * r * r, e);`;

const softplus =
  ({ beta, threshold }: Numbers): Body =>
  (constant) => {
    const edge = floatBelow(threshold / beta);
    const start = even(beta, beta, magnitude(Math.min(FAR, 512 / beta), constant), constant);
    return `${start}
  return ${edge < 2 ** 127 ? `select(y, 0.0, x > ${constant(edge)})` : 'y'};`;
  };

const logsigmoid: Body = () => `${even(1, 1, magnitude(256), literal)}
  return -y;`;

/** 2T' + x·T", T = tanh(softplus x), in w: for x below 0, D = 2 + 2w + w²; above, D = 1 + 2w + 2w² and another w. */
const mish: Body = () => `${magnitude(256)}${decay(1, literal)}
  let w: f32 = scaled(1.0, e);
  let negative: bool = x < 0.0;
  let i: f32 = 1.0 / select(1.0 + 2.0 * w * (1.0 + w), 2.0 + w * (2.0 + w), negative);
  let s: f32 = 4.0 * (1.0 + w) * (1.0 + w) * i;
  let below: f32 = 2.0 * (1.0 + w) - t * ((1.0 + 2.0 * w) - w * s);
  let above: f32 = scaled(2.0 * (1.0 + w) + t * ((w + 2.0) - s), e);
  return scaled(4.0 * i * i * select(above, below, negative), e);`;

const exponential =
  ({ scale, alpha, width }: Exponential): Body =>
  (constant) =>
    `${magnitude(Math.min(FAR, 512 * width), constant)}${decay(1 / width, constant)}
  return select(0.0, scaled(${constant((scale * alpha) / width / width)}, e), x <= 0.0);`;

/** w/scale·(1 − |x|/(2·scale)) outside of the interval from 0 to the location. */
const lalu =
  ({ location, scale }: Numbers): Body =>
  (constant) =>
    `${location === 0 ? magnitude(FAR) : distance(location, FAR, constant)}${decay(1 / scale, constant)}
  let c: f32 = clamp(x * ${constant(0.5 / scale)}, -1e30, 1e30);
  return scaled(${constant(1 / scale)} * (1.0 - select(c, -c, ${location === 0 ? 'x' : 'side'} < 0.0)), e);`;

/** 2·(1 − location/scale·z)/(π·scale·(1 + z²)²). */
const calu =
  ({ location, scale }: Numbers): Body =>
  (constant) =>
    `
  let z: f32 = clamp((x - ${constant(location)}) * ${constant(1 / scale)}, -1e18, 1e18);
  let q: f32 = 1.0 / (1.0 + z * z);
  return ${constant((2 * INVERSE_PI) / scale)} * (1.0 - ${constant(location / scale)} * z) * q * q;`;

/** −2/(1 + t)³ with the sign of x. */
const softsign: Body = () => `
  let r: f32 = 1.0 / (1.0 + min(abs(x), 1e30));
  return select(sign_as(2.0 * r * r * r, -x), 0.0, x == 0.0);`;

/** b/(2r³), r = √(x² + b). */
const squareplus =
  ({ b }: Numbers): Body =>
  (constant) => {
    const c = constant(Math.sqrt(b));
    return `
  let m: f32 = max(abs(x), ${c});
  let q: f32 = min(abs(x), ${c}) / m;
  let s: f32 = sqrt(1.0 + q * q);
  let k: f32 = ${c} / m / s;
  return 0.5 * k * k / m / s;`;
  };

const SECOND: { readonly [name: string]: (parameters: Numbers) => Body } = {
  gelu: (form) => gelu(form as unknown as Form),
  silu: ({ beta }) => swish(beta),
  mish: () => mish,
  softplus,
  squareplus,
  sigmoid: () => odd(1, 1),
  logsigmoid: () => logsigmoid,
  tanh: () => odd(2, 8),
  softsign: () => softsign,
  elu: ({ alpha }) => exponential({ scale: 1, alpha, width: 1 }),
  selu: () => exponential(SELU),
  celu: ({ alpha }) => exponential({ scale: 1, alpha, width: alpha }),
  lalu,
  calu,
};

/** The second derivative of a built-in activation that is not made of polynomials. */
export function secondBody({ definition: { name }, parameters }: Bound): Body | undefined {
  return SECOND[name]?.(parameters as Numbers);
}
