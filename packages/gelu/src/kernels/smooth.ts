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
  /** Leaves the value at x as (out[0] + out[1])·2^out[2], with a relative error of at most 2⁻⁵⁷. */
  evaluate(x: number, out: Float64Array): void;
  /** The points where it crosses zero, and others that need care. */
  anchors(): readonly Anchor[];
  /** The rows of the correctly rounded kernel. */
  readonly correct: IndexMap;
  /** What makes that kernel right on every input: found by trying all of them. */
  readonly nudges: readonly Nudge[];
  /** The rows of the fast kernel. */
  readonly fast: IndexMap;
}

const MAGIC = 8388608; // 2²³: adding it rounds to an integer
const { fround } = Math;

/** The number of x's row, counted from `centre`, by the very operations of the kernels. NaN has that of `low`. */
export function rowNumber(map: IndexMap, x: number): number {
  const limited = x > map.low ? Math.min(x, map.high) : map.low; // NaN is not above
  const u = fround(map.centre - limited);
  return fround(fround(fround(u * u) * map.density) + MAGIC) - MAGIC;
}

/** The rows in use: the lowest number, how many, and which of them (counted from the lowest) is that of `high`. */
export function rowRange(map: IndexMap): { readonly first: number; readonly rows: number; readonly last: number } {
  const [low, high] = [rowNumber(map, map.low), rowNumber(map, map.high)];
  const first = Math.min(low, high);
  return { first, rows: Math.abs(high - low) + 1, last: high - first };
}

/** The largest float32 below the row of `high`. */
export function topOfCurve(map: IndexMap): number {
  const last = rowNumber(map, map.high);
  // Bisection over the bits of positive floats, whose order is that of the numbers.
  const bits = new Uint32Array(1);
  const value = new Float32Array(bits.buffer);
  value[0] = map.high;
  let above = bits[0];
  let below = 0;
  while (above - below > 1) {
    const middle = (above + below) >>> 1;
    bits[0] = middle;
    if (rowNumber(map, value[0]) === last) above = middle;
    else below = middle;
  }
  bits[0] = below;
  return value[0];
}
