import { type Format, largestOf, type Numbers, rounded, unit } from './format.js';
import { boundOf, type FunctionName } from './functions.js';
import { pointsOf, specialsOf } from './points.js';
import { ORDERS, type Order } from './target.js';

/** A function at the points at which targets are measured. */
export interface Reference {
  readonly format: Format;
  readonly points: Numbers;
  readonly specials: readonly number[];
  /** Points at which the function or a derivative jumps. */
  readonly kinks: readonly number[];
  /** The least and the largest value, in the format. */
  readonly range: readonly [low: number, high: number];
  /** By order: the exact results in float64, and what an error is measured in. */
  readonly exact: readonly Float64Array[];
  readonly units: readonly Float64Array[];
  /** By order: the results due at the specials and at the kinks, in the format. */
  readonly due: readonly { readonly specials: number[]; readonly kinks: number[] }[];
}

/** The function by its definition in this library, worked out in double-double arithmetic and rounded to float64. */
export function referenceOf(name: FunctionName, format: Format, count: number): Reference {
  const { evaluate, definition, parameters } = boundOf(name);
  const facts = definition.facts?.(parameters);
  const kinks = facts?.kinks ?? [];
  const points = pointsOf(format, count, kinks);
  const specials = specialsOf(largestOf(format));
  const exact = ORDERS.map((order) => Float64Array.from(points, (x) => evaluate(order, x)));
  return {
    format,
    points,
    specials,
    kinks,
    range: [rounded(facts?.range.low ?? -Infinity, format), rounded(facts?.range.high ?? Infinity, format)],
    exact,
    units: exact.map((y) => unitsOf(points, y, format)),
    due: ORDERS.map((order: Order) => ({
      specials: specials.map((x) => rounded(evaluate(order, x), format)),
      kinks: kinks.map((x) => rounded(evaluate(order, x), format)),
    })),
  };
}

/** Within this part of x beside a crossing of 0, errors are in units of the result at its edge. */
const NEAR = 1 / 8;

/**
 * The unit in the last place of each exact result. Beside a place where the function crosses 0, other than 0 itself, no formula
 * that adds keeps digits of what is left: there it is the unit of the result an eighth of x away.
 */
function unitsOf(points: Numbers, exact: Float64Array, format: Format): Float64Array {
  const units = exact.map((y) => unit(y, format));
  for (let i = 1; i < points.length; i++) {
    if (!(exact[i - 1] * exact[i] < 0) || points[i - 1] < 0 !== points[i] < 0) continue;
    const root = points[i];
    const [from, to] = [lowest(points, root - NEAR * Math.abs(root)), lowest(points, root + NEAR * Math.abs(root))];
    const edge = unit(Math.max(Math.abs(exact[from]), Math.abs(exact[Math.min(to, points.length - 1)])), format);
    for (let k = from; k < to; k++) units[k] = Math.max(units[k], edge);
  }
  return units;
}

/** The index of the first point at or above x. */
function lowest(points: Numbers, x: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
