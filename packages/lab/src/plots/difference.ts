import type { Bound } from 'gelu';
import { type FloatType, ulpError } from 'gelu/numerics';
import { grid, type Order, type Range } from './curves.js';

/** A difference over a range: the largest, where that is, and the mean over evenly spaced points. */
export interface Difference {
  worst: number;
  at: number;
  mean: number;
}

const POINTS = 16_385;

/** |f − g| over the range, of the functions or of derivatives. */
export function largestDifference(f: Bound, g: Bound, range: Range, order: Order = 0): Difference {
  return largest((x) => Math.abs(f.evaluate(order, x) - g.evaluate(order, x)), range);
}

/** The same in units in the last place of `type` at the value of `f`: beside a zero of f they are tiny, the difference huge. */
export function ulpDifference(f: Bound, g: Bound, range: Range, order: Order, type: FloatType): Difference {
  return largest((x) => ulpError(g.evaluate(order, x), f.evaluate(order, x), 0, type), range);
}

/** Looks at points of a grid, then ever closer around the largest. */
function largest(distance: (x: number) => number, range: Range): Difference {
  const [from, to] = range;
  let found = { worst: -1, at: from };
  const look = (points: readonly number[]): number[] =>
    points.map((x) => {
      const here = distance(x);
      if (here > found.worst) found = { worst: here, at: x };
      return here;
    });
  const values = look(grid(range, POINTS));
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  for (let reach = (to - from) / (POINTS - 1); reach > 1e-9 * (to - from); reach /= 16)
    look(grid([Math.max(from, found.at - reach), Math.min(to, found.at + reach)], 33));
  return { ...found, mean };
}
