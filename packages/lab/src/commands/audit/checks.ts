import { type Approximate, gelu, geluDerivative } from 'gelu';
import { ulp, ulpError } from 'gelu/numerics';

/** Inputs, what the function under audit gives there, and what it should give in float64. x is ascending. */
export interface Samples {
  x: Float32Array;
  y: Float32Array;
  exact: Float64Array;
}

/** How often something is wrong; where it is nearest to 0, or worst. */
export interface Defect {
  count: number;
  at: number | null;
}

const SMALLEST_NORMAL = 2 ** -126;

function nearest(x: Float32Array, wrong: (i: number) => boolean): Defect {
  const defect: Defect = { count: 0, at: null };
  for (let i = 0; i < x.length; i++) {
    if (!wrong(i)) continue;
    defect.count++;
    if (defect.at === null || Math.abs(x[i]) < Math.abs(defect.at)) defect.at = x[i];
  }
  return defect;
}

/** NaN, or an infinity where the exact result is a float32. */
export function notFinite({ x, y, exact }: Samples): Defect {
  return nearest(x, (i) => !Number.isFinite(y[i]) && Number.isFinite(Math.fround(exact[i])));
}

/** A result of the wrong sign. */
export function wrongSign({ x, y, exact }: Samples): Defect {
  return nearest(x, (i) => y[i] * Math.sign(exact[i]) < 0);
}

/** 0 where the exact result is a normal float32. */
export function flushed({ x, y, exact }: Samples): Defect {
  return nearest(x, (i) => y[i] === 0 && Math.abs(exact[i]) >= SMALLEST_NORMAL);
}

/** Beyond the tolerances with which frameworks compare float32 (PyTorch's assert_close): 10⁻⁵ + 1.3·10⁻⁶·|exact|. */
export function notClose({ x, y, exact }: Samples): Defect {
  return nearest(x, (i) => {
    if (!Number.isFinite(Math.fround(exact[i]))) return false;
    return !(Math.abs(y[i] - exact[i]) <= 1e-5 + 1.3e-6 * Math.abs(exact[i]));
  });
}

/** Steps against the slope, between neighbours at which the exact function rises, or falls; the largest in ULP. */
export function notMonotone({ x, y, exact }: Samples, approximate: Approximate): Defect & { ulp: number } {
  const slope = geluDerivative(Float64Array.from(x), { approximate });
  const found: Defect & { ulp: number } = { count: 0, at: null, ulp: 0 };
  for (let i = 0; i + 1 < x.length; i++) {
    const direction = Math.sign(slope[i]);
    const back = direction === Math.sign(slope[i + 1]) ? (y[i] - y[i + 1]) * direction : 0;
    if (!(back > 0)) continue;
    found.count++;
    const size = back / ulp(exact[i], 'float32');
    if (size <= found.ulp) continue;
    found.ulp = size;
    found.at = x[i];
  }
  return found;
}

/** The largest |f(x) − f(−x) − x| in ULP of x, over inputs that come with both signs. */
export function asymmetry({ x, y }: Samples): { ulp: number; at: number | null } {
  let worst: { ulp: number; at: number | null } = { ulp: 0, at: null };
  for (let i = 0, j = x.length - 1; i < j; i++, j--) {
    const error = Math.abs(y[j] - y[i] - x[j]) / ulp(x[j], 'float32');
    // NaN is told elsewhere.
    if (x[i] === -x[j] && error > worst.ulp) worst = { ulp: error, at: x[j] };
  }
  return worst;
}

/** A special input: what comes out and what should. */
export interface Special {
  x: number;
  actual: number;
  expected: number;
  /** The same, the sign of a zero included. */
  same: boolean;
}

export const SPECIAL: readonly number[] = [
  0,
  -0,
  Infinity,
  -Infinity,
  Number.NaN,
  3.4028234663852886e38,
  -3.4028234663852886e38,
];

/** What comes out at the special inputs; order 1 is the derivative. */
export function specials(actual: Float32Array, approximate: Approximate, order: 0 | 1): Special[] {
  const f = order === 0 ? gelu : geluDerivative;
  return SPECIAL.map((x, i) => {
    const expected = Math.fround(f(x, { approximate }));
    return { x, actual: actual[i], expected, same: Object.is(actual[i], expected) };
  });
}

/** The worst error within one range of inputs. */
export interface RangeWorst {
  range: string;
  points: number;
  ulp: number;
  at: number | null;
}

const RANGES: readonly string[] = [
  'result 0',
  'result subnormal',
  'x < −5',
  '−5 to −1',
  '−1 to 0',
  'tiny: |x| < 2⁻¹⁰',
  '0 to 1',
  '1 to 5',
  'x > 5',
];

/** The worst error in ULP, range by range. `unit` is what an error is measured in, if not the exact result. */
export function byRange({ x, y, exact }: Samples, unit: (i: number) => number = (i) => exact[i]): RangeWorst[] {
  const ranges = RANGES.map((range): RangeWorst => ({ range, points: 0, ulp: 0, at: null }));
  for (let i = 0; i < x.length; i++) {
    const here = ranges[rangeOf(x[i], exact[i])];
    const error = errorAt(y[i], exact[i], unit(i));
    here.points++;
    if (error <= here.ulp) continue;
    here.ulp = error;
    here.at = x[i];
  }
  return ranges.filter(({ points }) => points > 0);
}

/** |actual − exact| in float32 ULP of `unit`. */
export function errorAt(actual: number, exact: number, unit: number): number {
  if (unit === exact) return ulpError(actual, exact, 0, 'float32');
  return Number.isNaN(actual) ? Infinity : Math.abs(actual - exact) / ulp(unit, 'float32');
}

function rangeOf(x: number, exact: number): number {
  if (Math.abs(x) < 2 ** -10) return 5;
  if (Math.fround(exact) === 0) return 0;
  if (Math.abs(exact) < SMALLEST_NORMAL) return 1;
  const bounds = [-5, -1, 0, 1, 5];
  const index = bounds.findIndex((bound) => x < bound);
  return [2, 3, 4, 6, 7, 8][index < 0 ? 5 : index];
}

/** The worst error for each power of two of |x|, negative x and positive x: [exponent, ULP]. */
export function byExponent(
  { x, y, exact }: Samples,
  unit: (i: number) => number,
): Record<'negative' | 'positive', [number, number][]> {
  const worst = { negative: new Map<number, number>(), positive: new Map<number, number>() };
  for (let i = 0; i < x.length; i++) {
    if (x[i] === 0) continue;
    const side = worst[x[i] < 0 ? 'negative' : 'positive'];
    const exponent = Math.max(-149, Math.floor(Math.log2(Math.abs(x[i]))));
    side.set(exponent, Math.max(side.get(exponent) ?? 0, errorAt(y[i], exact[i], unit(i))));
  }
  const sorted = (side: Map<number, number>): [number, number][] => [...side].sort(([a], [b]) => a - b);
  return { negative: sorted(worst.negative), positive: sorted(worst.positive) };
}
