import { add, div, lo, mul } from '../numerics/dd.js';
import { gateFacts, gateShape } from './formulas/gate.js';
import { DH, DL, EH, EL, EXPONENT, LOGISTIC_MAX, parts, split, UH, UL } from './formulas/logistic.js';
import { deliver, deliverProduct, gateLimit } from './formulas/result.js';
import type { Activation, Evaluate } from './model/activation.js';

const MINIMUM = { x: -1.1924312145154952, value: -0.3088434130172504 };
const LIPSCHITZ = 1.0884981612517279;

/**
 * x·g, g = tanh(log(1 + w)) = w·(w + 2)/D, w = e^x, D = w² + 2w + 2, and its derivatives g + x·g' and 2g' + x·g'' with
 * g' = 4w·(w + 1)/D², g'' = 4w·(2 + 2w − 3w² − 2w³)/D³. Above 0 all are written in E = 1/w, over powers of
 * D/w² = 1 + 2E + 2E².
 */
const evaluate: Evaluate = function evaluate(order, x, precise = false): number {
  if (!(Math.abs(x) <= LOGISTIC_MAX)) return gateLimit(order, x, x);
  if (x === 0 && order === 0) return deliver(x, 0, 0);
  const negative = split(x, 0, precise);
  const eh = parts[EH];
  const el = parts[EL];
  const uh = parts[UH];
  const ul = parts[UL];
  const oneh = parts[DH]; // 1 + E
  const onel = parts[DL];
  const e = parts[EXPONENT];
  // D, or D/w² above 0: with q = E·(1 + E), E² + 2E + 2 = q + E + 2 and 1 + 2E + 2E² = 1 + 2q.
  let h = mul(oneh, onel, uh, ul);
  const qh = h;
  const ql = lo[0];
  if (negative) {
    h = add(qh, ql, oneh, onel);
    h = add(h, lo[0], 1, 0);
  } else h = add(1, 0, 2 * qh, 2 * ql);
  const Dh = h;
  const Dl = lo[0];
  // g without its factor w below 0: w + 2, above (1 + 2E).
  const nh = negative ? add(oneh, onel, 1, 0) : add(oneh, onel, uh, ul);
  const nl = lo[0];
  if (order === 0) {
    h = div(nh, nl, Dh, Dl);
    if (negative) h = mul(h, lo[0], eh, el);
    return deliverProduct(h, lo[0], negative ? e : 0, x);
  }
  if (order === 1) {
    // w·((w + 2)·D + 4x·(w + 1))/D² below 0, ((1 + 2E)·D̂ + 4x·E²·(1 + E))/D̂² above.
    const ah = mul(nh, nl, Dh, Dl);
    const al = lo[0];
    if (negative) h = mul(oneh, onel, 4 * x, 0);
    else {
      h = mul(qh, ql, uh, ul);
      h = mul(h, lo[0], 4 * x, 0);
    }
    h = add(ah, al, h, lo[0]);
    if (!precise && Math.abs(h) < ah / 16) return evaluate(order, x, true);
    if (negative) h = mul(h, lo[0], eh, el);
    h = div(h, lo[0], Dh, Dl);
    h = div(h, lo[0], Dh, Dl);
    return deliver(h, lo[0], negative ? e : 0);
  }
  // 4w·(2·(1 + w)·D + x·(2 + 2w − 3w² − 2w³))/D³ below 0, 4E²·(2·(1 + E)·D̂ + x·(2E³ + 2E² − 3E − 2))/D̂³ above.
  if (negative) {
    h = add(3, 0, 2 * uh, 2 * ul);
    h = mul(h, lo[0], uh, ul);
    h = add(2, 0, -h, -lo[0]);
    h = mul(h, lo[0], uh, ul);
    h = add(2, 0, h, lo[0]);
  } else {
    h = mul(qh, ql, 2 * uh, 2 * ul); // 2E² + 2E³
    const cubic = h;
    const cubicLow = lo[0];
    h = mul(uh, ul, -3, 0);
    h = add(cubic, cubicLow, h, lo[0]);
    h = add(h, lo[0], -2, 0);
  }
  h = mul(h, lo[0], x, 0);
  const bh = h;
  const bl = lo[0];
  h = mul(oneh, onel, 2 * Dh, 2 * Dl);
  const ah = h;
  h = add(h, lo[0], bh, bl);
  if (!precise && Math.abs(h) < ah / 16) return evaluate(order, x, true);
  h = mul(h, lo[0], 4 * eh, 4 * el);
  if (!negative) h = mul(h, lo[0], eh, el);
  for (let k = 0; k < 3; k++) h = div(h, lo[0], Dh, Dl);
  return deliver(h, lo[0], negative ? e : 2 * e);
};

/** x·tanh(softplus(x)). */
export const mish: Activation = {
  name: 'mish',
  layer: 'Mish',
  aliases: [
    { name: 'mish', source: 'Hugging Face' },
    { name: 'MishActivation', source: 'Hugging Face' },
    { name: 'mish', source: 'Keras' },
    { name: 'mish', source: 'JAX' },
    { name: 'Mish', source: 'ONNX' },
    { name: 'mish', source: 'MLX' },
    { name: 'mish', source: 'diffusers' },
    { name: 'mish', source: 'timm' },
  ],
  formula: 'x·tanh(log(1 + exp(x)))',
  parameters: {},
  evaluator: () => evaluate,
  shape: () => gateShape(MINIMUM),
  facts: () => gateFacts({ ...MINIMUM, lipschitz: LIPSCHITZ }),
  origin: {
    year: 2019,
    paper: {
      title: 'Mish: A Self Regularized Non-Monotonic Activation Function',
      authors: 'Misra',
      url: 'https://arxiv.org/abs/1908.08681',
    },
    usedBy: ['YOLOv4', 'Scaled-YOLOv4'],
  },
};
