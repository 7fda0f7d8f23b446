/** `gelu/jax`: GELU as a function of jax-js arrays (`npm install @jax-js/jax`). */
import { jit, lax, numpy as np } from '@jax-js/jax';
import { APPROXIMATE, type Approximate } from '../activations/gelu/forms.js';
import { describe, GeluRangeError, GeluTypeError } from '../errors.js';
import { NONE, type Parts, SIGMOID, TANH } from './parts.js';
import { formula } from './term.js';

export type { Approximate };

/** Which GELU. */
export interface JaxGeluOptions {
  /** 'none' (default): the exact form; 'tanh', 'sigmoid': the paper's approximations, as functions in their own right. */
  readonly approximate?: Approximate | undefined;
}

const PARTS: { readonly [form in Approximate]: Parts } = { none: NONE, tanh: TANH, sigmoid: SIGMOID };

/**
 * max(x, 0) + g(|x|), where g has its own first and second derivative: with c = t held constant, g(t) is written as
 * g(c) + (t − c)·g'(c) + ½(t − c)²·g"(c), whose value is g and whose derivatives are g' and g". At 0 jax's choice of a
 * slope for max is the same for max(x, 0) and for |x| = max(x, −x), so that the sum is right whichever it is.
 */
function build({ limit, evaluate }: Parts): (x: np.Array) => np.Array {
  return jit((x: np.Array) =>
    formula(x, (input) => {
      const t = input.max(input.times(-1)).atMost(limit);
      const c = t.map(lax.stopGradient);
      const { g, slope, halfCurvature, factor } = evaluate(c);
      const [g0, g1, g2] = [g, slope, halfCurvature].map((y) => y.times(factor.first));
      const dt = t.minus(c);
      return input.atLeast(0).plus(g0.plus(dt.times(g1.plus(dt.times(g2)))).times(factor.last));
    }),
  );
}

const compiled: Partial<Record<Approximate, (x: np.Array) => np.Array>> = {};

/**
 * GELU of a float32 array of any shape; takes ownership of x, as the functions of jax-js do. Works under `jit`, `grad`,
 * `vmap`, `jvp` and `hessian`, with its own first and second derivative.
 *
 * Accuracy: within 10 float32 ULP of the exact value (tanh and sigmoid: 5), tail and subnormal results included; the
 * first derivative within 10, the second within 16 ULP of the larger of its addends. gelu(−∞) = 0, gelu(+∞) = +∞; no
 * finite input gives NaN.
 *
 * @throws GeluTypeError if x is not a float32 array; GeluRangeError if `approximate` is unknown.
 */
export function gelu(x: np.Array, { approximate = 'none' }: JaxGeluOptions = {}): np.Array {
  if (!APPROXIMATE.includes(approximate))
    throw new GeluRangeError(
      'approximate',
      `one of ${APPROXIMATE.map((a) => `'${a}'`).join(', ')}`,
      describe(approximate),
    );
  if (x?.dtype !== np.float32)
    throw new GeluTypeError(
      'x',
      'a float32 array of jax-js',
      x?.dtype === undefined ? describe(x) : `one of ${x.dtype}`,
    );
  compiled[approximate] ??= build(PARTS[approximate]);
  return compiled[approximate](x);
}
