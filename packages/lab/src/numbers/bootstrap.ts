import { quantileSorted } from 'simple-statistics';
import { random } from './random.js';
import { median } from './statistics.js';

/** A difference between two medians, and the interval that 95 % of the resamples leave. */
export interface Difference {
  /** median of a − median of b */
  difference: number;
  low: number;
  high: number;
}

const RESAMPLES = 10_000;

/**
 * The difference of the medians of `a` and `b` with its 95 % bootstrap interval (percentile method, Efron 1979), seeded.
 * a[i] and b[i] belong together (the same seed: the same batches and, where the layers agree, the same first weights), so
 * seeds are drawn, not single values. With n seeds there are at most nⁿ resamples: with 3, the interval is coarse, and
 * with one there is none (NaN).
 * @throws RangeError if the lengths differ or are 0.
 */
export function medianDifference(a: readonly number[], b: readonly number[], seed = 1): Difference {
  const n = a.length;
  if (n === 0 || n !== b.length) throw new RangeError(`a and b must have the same length, got ${n} and ${b.length}`);
  const difference = median([...a]) - median([...b]);
  if (n === 1) return { difference, low: Number.NaN, high: Number.NaN };
  const source = random(seed, 'bootstrap');
  const resampled = Array.from({ length: RESAMPLES }, () => {
    const drawn = Array.from({ length: n }, () => Math.floor(source.uniform() * n));
    return median(drawn.map((i) => a[i])) - median(drawn.map((i) => b[i]));
  }).sort((x, y) => x - y);
  return { difference, low: quantileSorted(resampled, 0.025), high: quantileSorted(resampled, 0.975) };
}
