import { type Numbers, rounded, smallestNormal } from './format.js';
import { FORMULAS } from './formulas.js';
import { boundOf, FUNCTION_NAMES, type FunctionName } from './functions.js';
import type { Reference } from './reference.js';

/** What a runtime computes really, by what its results lie nearest to. */
export interface Recognised {
  /** The function of the landscape; null: none of them. */
  function: FunctionName | null;
  /** The formula whose roundings, step by step, its results have; null: none that loses anything. */
  formula: string | null;
}

/** Where functions are told apart, and formulas, whose losses are in the tails. */
const BODY = 4;
const TAIL = 20;
/** Results that are nearer than this are the function's, however they were rounded. */
const NEAR = { float64: 1e-5, float32: 1e-5, float16: 2e-4 } as const;
/** Beyond this they are another's, or none's. */
const APART = { float64: 1e-4, float32: 1e-4, float16: 4e-3 } as const;
const MOST = 2000;
const NEAREST = 2 ** -40;
/** A mean relative distance below this is no loss to be explained. */
const LOSSLESS = 1e-4;

/** Finds what `results`, those of a function at the points of `reference`, are results of. */
export function recognised(
  name: FunctionName,
  { points, format, exact: [exact] }: Reference,
  results: Numbers,
): Recognised {
  const within = (limit: number): number[] => {
    const all = Array.from(points.keys()).filter((i) => Math.abs(points[i]) <= limit && Math.abs(points[i]) > NEAREST);
    const step = Math.max(1, Math.ceil(all.length / MOST));
    return all.filter((_, k) => k % step === 0);
  };
  const r = (x: number): number => rounded(x, format);
  const body = within(BODY);
  const farthest = (f: (i: number) => number): number =>
    body.reduce((most, i) => Math.max(most, distance(results[i], r(f(i)))), 0);
  const own = farthest((i) => exact[i]);
  const formula = formulaOf(name, points, format, exact, results, within(TAIL));
  if (own <= NEAR[format]) return { function: name, formula };
  if (own > APART[format] && formula !== null) return { function: null, formula };
  const other = FUNCTION_NAMES.find((candidate) => {
    const { evaluate } = boundOf(candidate);
    const apart = farthest((i) => evaluate(0, points[i]));
    return apart <= APART[format] && apart < own / 4;
  });
  return { function: other ?? (own <= APART[format] ? name : null), formula: other === undefined ? formula : null };
}

const distance = (a: number, b: number): number =>
  Number.isNaN(a) ? Infinity : Math.abs(a - b) / Math.max(1, Math.abs(b));

/** The formula that is nearer to the results than the exact function is. */
function formulaOf(
  name: FunctionName,
  points: Numbers,
  format: Reference['format'],
  exact: Float64Array,
  results: Numbers,
  all: readonly number[],
): string | null {
  const r = (x: number): number => rounded(x, format);
  /** The mean relative distance, of which more than all counts as all. */
  const mean = (f: (i: number) => number): number =>
    indices.reduce((sum, i) => {
      const [a, b] = [results[i], f(i)];
      const size = Math.max(Math.abs(a), Math.abs(b));
      return sum + (a === b ? 0 : Number.isNaN(a) || size === 0 ? 1 : Math.min(1, Math.abs(a - b) / size));
    }, 0) / indices.length;
  const indices = all.filter((i) => Math.abs(exact[i]) >= smallestNormal(format));
  const loss = mean((i) => exact[i]);
  if (loss < LOSSLESS) return null;
  let [best, least] = [null as string | null, loss / 2];
  for (const { of, text, steps } of FORMULAS) {
    if (of !== name) continue;
    const f = steps(r);
    const found = mean((i) => f(points[i]));
    if (found < least) [best, least] = [text, found];
  }
  return best;
}
