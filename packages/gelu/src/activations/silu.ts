import { add, div, lo, mul } from '../numerics/dd.js';
import { power, product, shiftOf } from '../numerics/shift.js';
import { gateFacts } from './formulas/gate.js';
import { DH, DL, EH, EL, EXPONENT, LOGISTIC_MAX, parts, split, UH, UL } from './formulas/logistic.js';
import { deliver, deliverProduct, gateLimit } from './formulas/result.js';
import type { Activation, Evaluate, Facts } from './model/activation.js';
import { extra, real } from './model/parameters.js';
import { IDENTITY, type PiecewiseShape, ZERO } from './model/shape.js';

/** What it is for beta 0: x/2. */
const HALF: PiecewiseShape = { kind: 'piecewise', breaks: [], pieces: [{ coefficients: [0, 0.5] }] };
const half: Evaluate = (order, x) =>
  order === 0 || Number.isNaN(x) ? deliver(x, 0, -1) : deliver(order === 1 ? 0.5 : 0, 0, 0);

interface Values {
  readonly [name: string]: number;
  readonly beta: number;
}

// The minimum and the steepest point of t·σ(t): the first is −(1 + W(1/e)), W Lambert's function.
const MINIMUM = { x: -1.2784645427610737, value: -0.2784645427610738 };
const LIPSCHITZ = 1.099839320128867;

/**
 * x·σ(t), t = beta·x, and its derivatives σ·(1 + t·r) and beta·σ·r·(2 + t·(r − σ)), r = 1 − σ, in E = exp(−|t|): the gate
 * E/(1 + E) below 0 and 1/(1 + E) above.
 */
function evaluator({ beta }: Values): Evaluate {
  if (beta === 0) return half;
  const betaShift = shiftOf(beta);
  const scaledBeta = beta * power(-betaShift);
  return function evaluate(order, x, precise = false): number {
    const rough = beta * x;
    if (!(Math.abs(rough) <= LOGISTIC_MAX)) return gateLimit(order, x, rough);
    if (x === 0 && order === 0) return deliver(x, 0, 0);
    const th = product(beta, x);
    const tl = lo[0];
    const negative = split(th, tl, precise);
    const dh = parts[DH];
    const dl = parts[DL];
    const e = negative ? parts[EXPONENT] : 0;
    if (order === 0) {
      const g = negative ? div(parts[EH], parts[EL], dh, dl) : div(1, 0, dh, dl);
      return deliverProduct(g, lo[0], e, x);
    }
    if (order === 1) {
      // E·(1 + E + t)/(1 + E)² below 0, (1 + E + E·t)/(1 + E)² above.
      let h = th;
      if (!negative) h = mul(th, tl, parts[UH], parts[UL]);
      h = add(dh, dl, h, negative ? tl : lo[0]);
      if (!precise && Math.abs(h) < dh / 16) return evaluate(order, x, true);
      if (negative) h = mul(h, lo[0], parts[EH], parts[EL]);
      h = div(h, lo[0], dh, dl);
      h = div(h, lo[0], dh, dl);
      return deliver(h, lo[0], e);
    }
    // E·(2·(1 + E) − |t|·(1 − E))/(1 + E)³
    let h = add(1, 0, -parts[UH], -parts[UL]);
    h = mul(h, lo[0], negative ? th : -th, negative ? tl : -tl);
    h = add(2 * dh, 2 * dl, h, lo[0]);
    if (!precise && Math.abs(h) < dh / 16) return evaluate(order, x, true);
    h = mul(h, lo[0], parts[EH], parts[EL]);
    const e2 = parts[EXPONENT];
    for (let k = 0; k < 3; k++) h = div(h, lo[0], dh, dl);
    h = mul(h, lo[0], scaledBeta, 0);
    return deliver(h, lo[0], e2 + betaShift);
  };
}

/** For beta below 0 it is −f(−x), f that of −beta: its minimum becomes a maximum. */
function swishFacts(beta: number): Facts {
  const [x, value] = [MINIMUM.x / beta, MINIMUM.value / beta];
  const facts = gateFacts({ x, value, lipschitz: LIPSCHITZ });
  if (beta > 0) return facts;
  return {
    ...facts,
    range: { low: -Infinity, high: value, attains: [false, true] },
    minimum: null,
    below: { value: -Infinity, slope: 1 },
    above: { value: 0, slope: 0 },
  };
}

const HALF_FACTS: Facts = {
  range: { low: -Infinity, high: Infinity, attains: [false, false] },
  zeros: [[0, 0]],
  stationary: [],
  minimum: null,
  monotone: 'increasing',
  smoothness: Infinity,
  kinks: [],
  convex: true,
  lipschitz: 0.5,
  below: { value: -Infinity, slope: 0.5 },
  above: { value: Infinity, slope: 0.5 },
};

/** x·σ(beta·x): SiLU for beta 1, else Swish. */
export const silu: Activation<Values> = {
  name: 'silu',
  layer: 'SiLU',
  aliases: [
    { name: 'silu', source: 'Hugging Face' },
    { name: 'swish', source: 'Hugging Face' },
    { name: 'SiLUActivation', source: 'Hugging Face' },
    { name: 'silu', source: 'Keras' },
    { name: 'swish', source: 'Keras' },
    { name: 'silu', source: 'TensorFlow' },
    { name: 'swish', source: 'TensorFlow' },
    { name: 'silu', source: 'JAX' },
    { name: 'swish', source: 'JAX' },
    { name: 'Swish', source: 'ONNX' },
    { name: 'silu', source: 'MLX' },
    { name: 'silu', source: 'ggml' },
    { name: 'silu', source: 'diffusers' },
    { name: 'swish', source: 'diffusers' },
    { name: 'silu', source: 'timm' },
    { name: 'swish', source: 'timm' },
    { name: 'silu', source: 'Megatron' },
  ],
  formula: 'x·σ(beta·x)',
  gated: { name: 'swiglu', layer: 'SwiGLU' },
  parameters: {
    beta: extra(real(1, 'the sharpness of the gate; 0 gives x/2, below 0 the function is mirrored at the origin')),
  },
  evaluator,
  shape: ({ beta }) =>
    beta === 0
      ? HALF
      : {
          kind: 'smooth',
          below: beta > 0 ? ZERO : IDENTITY,
          above: beta > 0 ? IDENTITY : ZERO,
          breaks: [],
          zeros: [[0], [MINIMUM.x / beta].filter(Number.isFinite)],
        },
  facts: ({ beta }) => (beta === 0 ? HALF_FACTS : swishFacts(beta)),
  origin: {
    year: 2016,
    paper: {
      title: 'Gaussian Error Linear Units (GELUs)',
      authors: 'Hendrycks, Gimpel',
      url: 'https://arxiv.org/abs/1606.08415',
    },
    usedBy: ['EfficientNet', 'YOLOv5', 'Stable Diffusion (U-Net)', 'Llama (as SwiGLU)'],
  },
  notes: ['PyTorch has no beta: its SiLU is beta 1. With beta it is Swish (Ramachandran, Zoph, Le 2017).'],
};
