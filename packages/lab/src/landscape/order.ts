import type { Numbers } from './format.js';
import { unit } from './format.js';
import type { Reference } from './reference.js';

/** A place where results contradict one another, by how much in units in the last place, and how often they do. */
export interface Contradiction {
  count: number;
  x: number;
  got: number;
  ulp: number;
}

/** Steps down between neighbours where the function rises at both, and up where it falls. */
export function stepsBackward(
  { points, exact: [value, slope], units: [units] }: Reference,
  y: Numbers,
): Contradiction | null {
  return worstOf(points, y, (i) => {
    const direction = Math.sign(slope[i]);
    if (i + 1 === points.length || direction === 0 || direction !== Math.sign(slope[i + 1])) return 0;
    if ((value[i + 1] - value[i]) * direction < 0) return 0;
    return ((y[i] - y[i + 1]) * direction) / units[i];
  });
}

/** Results outside the function's range: a tanh above 1. */
export function beyondRange({ points, range: [low, high], format }: Reference, y: Numbers): Contradiction | null {
  return worstOf(points, y, (i) => {
    if (y[i] > high) return (y[i] - high) / unit(high, format);
    return y[i] < low ? (low - y[i]) / unit(low, format) : 0;
  });
}

const SAME = 1e-12;
/** A unit or two are rounding. */
const MOST = 2;

/**
 * Where f(−x) is not −f(x), of functions that are odd, or f(x) − f(−x) not x, of those that are x times a probability, by more than 2
 * units. The points come with both signs.
 */
export function lopsided(
  { points, exact: [value], units: [units], format }: Reference,
  y: Numbers,
): Contradiction | null {
  const last = points.length - 1;
  const every = (apart: (i: number) => number): boolean =>
    points.every((x, i) => Math.abs(apart(i)) <= SAME * Math.max(Math.abs(value[i]), Math.abs(x)));
  if (every((i) => value[i] + value[last - i]))
    return worstOf(points, y, (i) => above(Math.abs(y[i] + y[last - i]) / units[i]));
  if (!every((i) => value[i] - value[last - i] - points[i])) return null;
  return worstOf(points, y, (i) =>
    above(Math.abs(y[i] - y[last - i] - points[i]) / Math.max(unit(points[i], format), units[i], units[last - i])),
  );
}

const above = (ulp: number): number => (ulp > MOST ? ulp : 0);

function worstOf(points: Numbers, y: Numbers, ulpAt: (i: number) => number): Contradiction | null {
  let worst: Contradiction | null = null;
  let count = 0;
  for (let i = 0; i < points.length; i++) {
    const ulp = ulpAt(i);
    if (!(ulp > 0) || ulp === Infinity) continue; // NaN and infinities are told elsewhere
    count++;
    if (worst === null || ulp > worst.ulp) worst = { count, x: points[i], got: y[i], ulp };
  }
  return worst === null ? null : { ...worst, count };
}
