/**
 * `gelu/jax`: GELU as a function of jax-js arrays. Needs `npm install @jax-js/jax`: without it, the import fails with
 * ERR_MODULE_NOT_FOUND, which names the package.
 */
import { jit, numpy as np } from '@jax-js/jax';
import { APPROXIMATE, type Approximate } from '../activations/gelu/forms.js';
import { describe, GeluRangeError, GeluTypeError } from '../errors.js';
import { requireOptions } from '../options.js';
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
 * max(x, 0) + g(|x|), where g has its own first and second derivative: with t = |x| held constant and d = |x| − t = 0,
 * g is written as g(t) + d·g'(t) + ½d²·g"(t), whose value is g and whose derivatives are g' and g". The limit keeps
 * ∞ − ∞ out of d.
 *
 * |x| = max(x, 0) − min(0, x) has the slope 1 at 0, as max(x, 0) has it there. The second z comes last, in forward mode and
 * in reverse mode alike, so that no subnormal number is multiplied further.
 *
 * jax-js stores every array that two results share, one kernel for each: here, in a training step, |x|, t, d, z, `other`
 * and the derivative.
 */
function build({ limit, root, other, value, slope, bend }: Parts): (x: np.Array) => np.Array {
  return jit((x: np.Array) =>
    formula(x, (input) => {
      const magnitude = input.atLeast(0).minus(input.map((array) => np.minimum(0, array)));
      const t = magnitude.constant().atMost(limit);
      const d = magnitude.atMost(limit).minus(t);
      const z = root(t);
      const m = other(t, z);
      const first = slope(t, m).times(z);
      const second = bend(d.times(z), t, m, z);
      const g = value(t, m).times(z).times(z);
      return input
        .atLeast(0)
        .plus(g)
        .plus(d.times(first.plus(second).times(z)));
    }),
  );
}

const compiled: Partial<Record<Approximate, (x: np.Array) => np.Array>> = {};

/**
 * GELU of a float32 array of any shape; takes ownership of x, as the functions of jax-js do. Works under `jit`, `grad`,
 * `vmap`, `jvp` and `hessian`, with its own first and second derivative. On every back end of jax-js: the formulas are
 * sums, products, floors, one square root, and comparisons.
 *
 * Accuracy, in float32 ULP, tail and subnormal results included, measured on the WebAssembly back end; the derivatives in
 * ULP of the larger of their addends:
 *
 * | form | value | first derivative | second derivative |
 * |---|---|---|---|
 * | none | 8 | 6 | 7 |
 * | tanh | 7 | 9 | 12 |
 * | sigmoid | 7 | 8 | 9 |
 *
 * gelu(−∞) = 0, gelu(−0) = 0, gelu(+∞) = +∞, NaN stays NaN; the derivative is 0 at −∞ and 1 at +∞. No finite input
 * gives NaN.
 *
 * @throws GeluTypeError if x is not a float32 array of jax-js, `approximate` not a string, or another option is given;
 * GeluRangeError if `approximate` is unknown.
 */
export function gelu(x: np.Array, options: JaxGeluOptions = {}): np.Array {
  requireOptions(options, ['approximate']);
  const { approximate = 'none' } = options;
  const allowed = `one of ${APPROXIMATE.map((a) => `'${a}'`).join(', ')}`;
  if (typeof approximate !== 'string') throw new GeluTypeError('approximate', allowed, describe(approximate));
  if (!APPROXIMATE.includes(approximate)) throw new GeluRangeError('approximate', allowed, describe(approximate));
  if (x?.dtype !== np.float32)
    throw new GeluTypeError(
      'x',
      'a float32 array of jax-js',
      x?.dtype === undefined ? describe(x) : `one of ${x.dtype}`,
    );
  compiled[approximate] ??= build(PARTS[approximate]);
  return compiled[approximate](x);
}
