import type { Approximate } from '../../activations/gelu/approximate.js';
import { faster } from '../../activations/gelu/faster.js';
import { evaluate, scalarFunction } from '../../activations/gelu/forms.js';
import { NUDGES } from './nudges.js';
import type { Anchor, SmoothFunction } from './smooth.js';

/**
 * The rows, and digits of a float32: for a function the largest that is not in the row of `high`, for a derivative the one
 * nearest to its root.
 */
type Facts = readonly [centre: number, density: number, low: number, high: number, mark: number];

// `high` is where float32 can no longer tell the function from x (or 1), `low` where it can no longer tell it from 0:
// both half a unit beyond the last change. `density` was chosen by trying: half of it multiplies the misrounded
// inputs, to be nudged right, by thirty. For the sigmoid form, whose tail is exponential, a distant centre on
// the other side makes the rows almost uniform. That of its derivative has zero and root in the middles of rows.
// biome-ignore format: a table
const FACTS: { readonly [form in Approximate]: readonly [Facts, Facts] } = {
  none: [[5.75, 16, -14.5, 5.75, 5.5732231], [6.25, 16, -14.75, 6.25, -0.75179154]],
  tanh: [[5.5, 32, -11, 5.5, 5.3749995], [5.75, 32, -11, 5.75, -0.75246143]],
  sigmoid: [[-96, 1, -66, 10.5, 10.496479], [-80.19339, 1.49277413, -66, 12.25, -0.75115424]],
};

// The value at 0 is tiny instead of 0, so that subnormal halves, which are ties, go the way of the next term, c·x² > 0.
const ZERO: readonly Anchor[] = [{ x: 0, value: 2 ** -177, slope: 0.5 }];

function define(approximate: Approximate, order: 0 | 1): SmoothFunction {
  const [centre, density, low, high, mark] = FACTS[approximate][order];
  const form = { approximate, mean: 0, std: 1 };
  let quick: ((x: number) => number) | undefined;
  const value = (x: number): number => {
    quick ??= scalarFunction(form, order);
    return quick(x);
  };
  const tangent = (x: number): Anchor => ({ x, value: evaluate(form, 1, x), slope: evaluate(form, 2, x) });
  const float = Math.fround(mark);
  const name = order ? `${approximate}'` : approximate;
  return {
    name,
    above: order === 0 ? 'identity' : 1,
    evaluate: value,
    rough: () => faster.rough?.(approximate, order) ?? value,
    anchors: () => (order === 0 ? ZERO : (approximate === 'sigmoid' ? [float] : [float, 0]).map(tangent)),
    correct: { centre, density, low, high },
    top: float,
    nudges: NUDGES[approximate][order],
  };
}

/** The six functions: the three forms of GELU (order 0) and their derivatives (order 1), as the kernels take them. */
export const GELU_FUNCTIONS: { readonly [form in Approximate]: readonly [SmoothFunction, SmoothFunction] } = {
  none: both('none'),
  tanh: both('tanh'),
  sigmoid: both('sigmoid'),
};

function both(form: Approximate): readonly [SmoothFunction, SmoothFunction] {
  return [define(form, 0), define(form, 1)];
}
