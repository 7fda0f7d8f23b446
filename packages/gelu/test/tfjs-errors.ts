import * as tf from '@tensorflow/tfjs-core';
import { type Approximate, evaluate, type Order } from '../src/activations/gelu/forms.js';

/** Every exponent, and the range where the functions bend; a length that is no multiple of 8. */
export const POINTS: Float32Array = Float32Array.from({ length: 40_003 }, (_, i) =>
  i % 4 ? (i / 40_003) * 24 - 16 : (i % 8 ? 1 : -1) * 2 ** ((i % 2048) / 8 - 128) * 1.37,
);
POINTS.set([0, -0, Infinity, -Infinity, Number.NaN, 3.4e38, -3.4e38, 1.4e-45, -1.4e-45]);

/** The distance of neighbouring float32 at y. */
export const ulp = (y: number): number => 2 ** Math.max(-149, Math.floor(Math.log2(Math.abs(y))) - 23);

/** How results are judged. */
export interface Tolerance {
  /** Errors count in units of the exact value or of this, if that is larger: 0.2 is the larger addend beside the roots. */
  readonly least?: number;
  /** Whether a result too small for a normal number may be 0, as GPUs have it. */
  readonly flush?: boolean;
}

/** The largest error of GELU or a derivative at POINTS, in ULP. Throws where NaN or infinity is not what it should be. */
function worstError(
  y: ArrayLike<number>,
  order: Order,
  approximate: Approximate,
  { least = 0, flush = false }: Tolerance = {},
): number {
  let error = 0;
  POINTS.forEach((x, i) => {
    const exact = evaluate({ approximate, mean: 0, std: 1 }, order, x);
    const difference = Math.abs(y[i] - exact);
    if (Object.is(y[i], exact) || (flush && difference <= 2 ** -126)) return;
    const off = difference / Math.max(ulp(exact), ulp(least));
    if (!(off < 1e6)) throw new Error(`${y[i]} at ${x} instead of ${exact}`);
    error = Math.max(error, off);
  });
  return error;
}

/** The numbers of the tensor that f makes, which must be the only one it leaves. */
export async function numbers(f: () => tf.Tensor): Promise<Float32Array> {
  const before = tf.memory().numTensors;
  const y = f();
  if (tf.memory().numTensors !== before + 1) throw new Error(`${tf.memory().numTensors - before} tensors are left`);
  const data = (await y.data()) as Float32Array;
  y.dispose();
  return data;
}

/** The largest errors of a GELU and its two derivatives. Those of the derivatives count in ULP of the larger addend. */
export async function errors(
  f: (x: tf.Tensor) => tf.Tensor,
  approximate: Approximate,
  flush = false,
): Promise<number[]> {
  const x = tf.tensor1d(POINTS);
  const first = tf.grad(f);
  const second = tf.grad(first);
  const found: number[] = [];
  for (const [order, g] of [f, first, second].entries()) {
    const y = await numbers(() => g(x));
    found.push(worstError(y, order as Order, approximate, { flush, least: order === 0 ? 0 : 0.2 }));
  }
  x.dispose();
  return found;
}
