/**
 * Where an input's row is: rows are numbered by (centre − x)²·density, rounded, so that they get denser away from the
 * centre, which lies above `high`, or below `low`.
 */
export interface IndexMap {
  readonly centre: number;
  readonly density: number;
  /** Inputs below are treated as `low`: the function must round to what it rounds to at `low`. */
  readonly low: number;
  /** Inputs in the row of `high` have left the curve: there the function is `above`. */
  readonly high: number;
}

/**
 * A point at which the function is expanded in its row, in place of the row's middle: a zero, where relative accuracy
 * needs it, or a place where value and slope must be exact.
 */
export interface Anchor {
  /** A float32. */
  readonly x: number;
  readonly value: number;
  readonly slope: number;
}

/**
 * A correction to a fitted row: `amount` units in the last place are added to a coefficient, or x0 is moved by `amount`
 * and the polynomial expanded there, which changes how its terms round.
 */
export type Nudge = readonly [row: number, coefficient: 'x0' | 0 | 1 | 2 | 3 | 4, amount: number];

/**
 * A smooth function of one variable, as the float32 kernels need it: any activation or derivative that is 0 far below
 * and x, or a constant, far above. The same two kernels serve all of them, each with its own tables.
 */
export interface SmoothFunction {
  readonly name: string;
  /** What it is above the curve: x itself (then it also has x's sign at ±0) or a constant. Below it is 0. */
  readonly above: 'identity' | number;
  /** The value at x, rounded to float64; leaves it in `unrounded` with a relative error of at most 2⁻⁵⁷. */
  evaluate(x: number): number;
  /** The value at x to 2⁻⁴⁰, if x is in reach of the rows, or NaN. */
  rough(): (x: number) => number;
  /** The points where it crosses zero, and others that need care. */
  anchors(): readonly Anchor[];
  /** The rows of the correctly rounded kernel. */
  readonly correct: IndexMap;
  /** For one that becomes x, the largest float32 that is not in the row of `high`: up to there it is on its curve. */
  readonly top: number;
  /** What makes that kernel right on every input: found by trying all of them. */
  readonly nudges: readonly Nudge[];
}

const MAGIC = 8388608; // 2²³: adding it rounds to an integer
/** Its bits, which the kernels take for part of the row number. */
export const MAGIC_BITS = 0x4b000000;

/** The number of x's row, counted from `centre`, by the very operations of the kernels. NaN has that of `low`. */
export function rowNumber(map: IndexMap, x: number): number {
  const limited = x > map.low ? Math.min(x, map.high) : map.low; // NaN is not above
  const u = Math.fround(map.centre - limited);
  return Math.fround(Math.fround(Math.fround(u * u) * map.density) + MAGIC) - MAGIC;
}

/** The rows in use: the lowest number, how many, and which of them (counted from the lowest) is that of `high`. */
export function rowRange(map: IndexMap): { readonly first: number; readonly rows: number; readonly last: number } {
  const [low, high] = [rowNumber(map, map.low), rowNumber(map, map.high)];
  const first = Math.min(low, high);
  return { first, rows: Math.abs(high - low) + 1, last: high - first };
}
