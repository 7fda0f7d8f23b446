import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Approximate } from '../activations/gelu/approximate.js';
import { isStandard } from '../activations/gelu/forms.js';
import { SIGMOID_GATE, TANH_GATE } from '../activations/gelu/gate-form.js';
import type { Order } from '../activations/model/order.js';
import { MILLS } from '../shaders/polynomials.js';
import { compute, type Inputs, type Work } from './kernels.js';

type Operand = Tensor | number;

const INV_SQRT_2PI = 0.3989422804014327;

const { abs, add, div, exp, floor, isNaN: isNan, less, maximum, minimum, mul, neg, sub, tensor, tidy, where } = tf;

/** x·(c[0] + x·(c[1] + …)) without the first x. */
function polynomial(x: Tensor, c: readonly number[]): Tensor {
  return c.slice(0, -1).reduceRight<Tensor>((sum, factor) => add(mul(sum, x), factor), tf.fill(x.shape, c.at(-1)!));
}

/** x down to the next multiple of 2^-bits. */
const cut = (x: Operand, bits: number): Tensor => div(floor(mul(x, 2 ** bits)), 2 ** bits);

/** a to so many bits, and the rest. */
function split(a: number, bits: number): readonly [number, number] {
  const unit = 2 ** (Math.floor(Math.log2(a)) + 1 - bits);
  const high = Math.round(a / unit) * unit;
  return [high, a - high];
}

/** e^−(main + rest), where main is exact and rest small: e^(−main/2), which comes twice and is a normal number, and e^−rest. */
type Decay = readonly [half: Tensor, rest: Tensor];

const decay = (main: Tensor, rest: Tensor): Decay => [exp(mul(main, -0.5)), exp(neg(rest))];

/** y·e; e itself may be subnormal, and have lost its digits. */
const times = (y: Operand, [half, rest]: Decay): Tensor => mul(mul(mul(y, rest), half), half);

/** e^(−t²/2) for 0 ≤ t ≤ 16: the square in an exact part and a small one. */
function bell(t: Tensor): Decay {
  const h = cut(t, 8);
  return decay(mul(mul(h, h), 0.5), mul(mul(sub(t, h), add(t, h)), 0.5));
}

/** The exact form: t·Q(t) with Q = E·M, its derivative E·(M − t/√(2π)), the second one E/√(2π)·(2 − t²). */
function normal(t: Tensor, order: Order): Tensor {
  const e = bell(t);
  if (order === 2) return times(mul(INV_SQRT_2PI, sub(2, mul(t, t))), e);
  const w = div(1, add(t, 2.25));
  const b = polynomial(sub(w, 0.25), MILLS);
  const m = mul(w, add(0.34375, add(mul(w, 1.75), b)));
  return times(order === 0 ? mul(t, m) : sub(m, mul(t, INV_SQRT_2PI)), e);
}

/** t·σ(−v), v = t·(a + b·t²), and its derivatives; v as an exact part and a small one. */
function logistic(t: Tensor, order: Order, { a, b }: { readonly a: number; readonly b: number }): Tensor {
  const [ah, al] = split(a, 7);
  const [bh, bl] = b === 0 ? [0, 0] : split(b, 4);
  const h = cut(t, 6);
  const l = sub(t, h);
  const q = mul(t, t);
  const main = add(ah, mul(bh, mul(h, h)));
  const sh = cut(main, 10);
  const sl = add(sub(main, sh), add(add(al, mul(bl, q)), mul(bh, mul(l, add(t, h)))));
  const e = decay(mul(sh, h), add(mul(sh, l), mul(sl, t)));
  const w = times(1, e);
  const r = div(1, add(1, w));
  if (order === 0) return times(mul(t, r), e);
  const d = add(a, mul(3 * b, q));
  if (order === 1) return times(mul(r, sub(1, mul(mul(t, d), r))), e);
  const secondDerivative = sub(add(2 * a, mul(12 * b, q)), mul(mul(t, mul(d, d)), mul(sub(1, w), r)));
  return times(mul(mul(r, r), secondDerivative), e);
}

/** A form of GELU or a derivative, of operations that every backend has. */
function geluOf(x: Tensor, approximate: Approximate, order: Order): Tensor {
  const limit = { none: 16, tanh: 12, sigmoid: 75 }[approximate];
  const t = minimum(abs(x), limit);
  const part =
    approximate === 'none' ? normal(t, order) : logistic(t, order, approximate === 'tanh' ? TANH_GATE : SIGMOID_GATE);
  if (order === 0) return sub(maximum(x, 0), part);
  return order === 1 ? where(less(x, 0), part, sub(1, part)) : part;
}

/**
 * For backends of which nothing is known: GELU's three forms of other operations; of other activations the tensors' numbers are
 * read, worked on here and written back.
 */
export function composed({ x, dy }: Inputs, { target, order, precision }: Work): Tensor {
  const { source } = target;
  if ('definition' in source || !isStandard(source)) {
    const out = new Float32Array(x.size);
    compute(
      { target, order, precision },
      x.dataSync() as Float32Array,
      out,
      dy?.dataSync() as Float32Array | undefined,
    );
    return tensor(out, x.shape, 'float32');
  }
  return tidy(() => {
    const y = geluOf(x, source.approximate, order);
    const known = where(isNan(x), x, y);
    return dy ? mul(dy, known) : known;
  });
}
