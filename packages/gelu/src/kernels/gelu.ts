import { type Approximate, evaluate } from '../activations/gelu/forms.js';
import { unrounded } from '../activations/gelu/result.js';
import { NUDGES } from './nudges.js';
import type { Anchor, IndexMap, SmoothFunction } from './smooth.js';

interface Facts {
  readonly correct: IndexMap;
  readonly fast: IndexMap;
  /** The float32 nearest to the root of the derivative. */
  readonly root?: number;
}

// `high` is where float32 can no longer tell the function from x (or 1), `low` where it can no longer tell it from 0:
// both half a unit beyond the last change. `density` was chosen by trying: half of it multiplies the misrounded
// inputs, to be nudged right, by thirty. For the sigmoid form, whose tail is exponential, a distant centre on
// the other side makes the rows almost uniform. That of its derivative has zero and root in the middles of rows.
// The densities of the fast rows are the least that keep to 1 ULP, near 32, 48, 64, 80, 2 and 4; with odd digits they
// have the derivative's root in the middle of a row.
const FACTS: { readonly [form in Approximate]: readonly [Facts, Facts] } = {
  none: [
    {
      correct: { centre: 5.75, density: 16, low: -14.5, high: 5.75 },
      fast: { centre: 5.75, density: 32, low: -14.5, high: 5.75 },
    },
    {
      correct: { centre: 6.25, density: 16, low: -14.75, high: 6.25 },
      fast: { centre: 6.25, density: 47.99609375, low: -14.75, high: 6.25 },
      root: Math.fround(-0.7517915246935645),
    },
  ],
  tanh: [
    {
      correct: { centre: 5.5, density: 32, low: -11, high: 5.5 },
      fast: { centre: 5.5, density: 64, low: -11, high: 5.5 },
    },
    {
      correct: { centre: 5.75, density: 32, low: -11, high: 5.75 },
      fast: { centre: 5.75, density: 80.0107421875, low: -11, high: 5.75 },
      root: Math.fround(-0.7524614220710163),
    },
  ],
  sigmoid: [
    {
      correct: { centre: -96, density: 1, low: -66, high: 10.5 },
      fast: { centre: -96, density: 2, low: -66, high: 10.5 },
    },
    {
      correct: { centre: -80.19339, density: 1.49277413, low: -66, high: 12.25 },
      fast: { centre: -96, density: 3.9999618530273438, low: -66, high: 12.25 },
      root: Math.fround(-0.7511542554412889),
    },
  ],
};

// The value at 0 is tiny instead of 0, so that subnormal halves, which are ties, go the way of the next term, c·x² > 0.
const ZERO: readonly Anchor[] = [{ x: 0, value: 2 ** -177, slope: 0.5 }];

function define(approximate: Approximate, order: 0 | 1): SmoothFunction {
  const { correct, fast, root = 0 } = FACTS[approximate][order];
  const form = { approximate, mean: 0, std: 1 };
  const tangent = (x: number): Anchor => ({ x, value: evaluate(form, 1, x), slope: evaluate(form, 2, x) });
  const name = order === 0 ? approximate : `${approximate}'`;
  return {
    name,
    above: order === 0 ? 'identity' : 1,
    evaluate: (x, out) => {
      evaluate(form, order, x);
      for (let i = 0; i < 3; i++) out[i] = unrounded[i];
    },
    anchors: () => (order === 0 ? ZERO : (approximate === 'sigmoid' ? [root] : [root, 0]).map(tangent)),
    correct,
    nudges: NUDGES[name] ?? [],
    fast,
  };
}

/** The six functions: the three forms of GELU (order 0) and their derivatives (order 1), as the kernels take them. */
export const GELU_FUNCTIONS: { readonly [form in Approximate]: readonly [SmoothFunction, SmoothFunction] } = {
  none: [define('none', 0), define('none', 1)],
  tanh: [define('tanh', 0), define('tanh', 1)],
  sigmoid: [define('sigmoid', 0), define('sigmoid', 1)],
};
