import { valueOfLine } from '../../activations/model/shape.js';
import { floatBelow, toFloat32 } from '../../numerics/float32.js';
import { exponentOf } from '../../numerics/ulp.js';
import type { Scalar } from './ends.js';
import { logarithmicMap, uniformMap } from './map.js';
import { attempt, type Curve, evaluateRow, type FamilyTable, MOST_ROWS, MOST_SIZE, next, previous } from './table.js';

/** The largest number of a row of a curve far from 0. */
const MOST_NUMBER = 2 ** 20;

/** Rows of one width, as coarse as the accuracy allows: made narrower where they fail. Undefined if these are too many. */
export function uniform(curve: Curve): FamilyTable | undefined {
  const { f, ends, breaks } = curve;
  // A curve far from 0 has rows that count from its end: there their numbers stay small.
  const reach = ends.to - ends.from;
  const isFar = breaks.length === 0 && (ends.from - reach > 0 || ends.to + reach < 0);
  const start = isFar ? previous(floatBelow(ends.from)) : jumpsAt(curve, ends.from) ? previous(ends.from) : ends.from;
  const centre = breaks[0] ?? (isFar ? previous(start) : 0);
  const size = Math.max(Math.abs(ends.from - centre), Math.abs(ends.to - centre), 2 ** -100);
  if (!(size < MOST_SIZE && size > 1 / MOST_SIZE)) return undefined;
  // The product of a density below 1 and a subnormal may be 0, on the wrong side of a jump.
  const jumps = breaks.some((x) => Math.abs(f(x) - f(next(x))) > 2 ** -22 * Math.abs(f(x)) + 2 ** -126);
  for (let density = 2 ** (3 - exponentOf(size)); ; density = nextDensity(density)) {
    if (density < 1 && jumps) continue;
    const map = uniformMap({ ...ends, from: start }, centre, density);
    if (!(map.rows <= MOST_ROWS) || (isFar && size * density > MOST_NUMBER)) return undefined;
    if (breaks.some((x) => ((x - centre) * density) % 1 !== 0)) continue;
    const table = attempt(curve, map);
    if (typeof table !== 'number') return table;
  }
}

/** Whether the curve does not fade into its line below but begins with a number of float32: then the first row must not be the line's. */
function jumpsAt({ f, ends }: Curve, from: number): boolean {
  const line = valueOfLine(ends.below, from);
  return Math.abs(f(from) - line) > Math.max(2 ** -27 * Math.abs(line), 2 ** -147);
}

/** 1, √2, 2, 2√2, 4 … as float32 */
function nextDensity(density: number): number {
  const power = 2 ** exponentOf(density);
  return density === power ? Math.fround(power * Math.SQRT2) : 2 * power;
}

/** Rows that get narrower towards a point, with at most 2^most of them where the distance from it doubles. */
export function logarithmic(curve: Curve, wanted: number, most: number): FamilyTable | undefined {
  const { ends, breaks } = curve;
  if (breaks.length > 1) return undefined;
  const centre = breaks[0] ?? wanted;
  if (!(Math.abs(centre) < MOST_SIZE)) return undefined;
  let exponent = 6;
  for (let digits = 4; digits <= most; digits++)
    for (; exponent >= -100; exponent -= 2) {
      const map = logarithmicMap(ends, centre, 2 ** exponent, digits);
      if (map.rows > MOST_ROWS) return undefined;
      const table = attempt(curve, map);
      if (typeof table !== 'number') return table;
      if (table !== 0 && table !== map.side) break; // not one of the rows around the centre: all must be narrower
    }
  return undefined;
}

/** Whether the table holds at numbers of every size, also where extreme parameters have moved what it was made for. */
export function followsFar(f: Scalar, { map, data, fit }: FamilyTable): boolean {
  for (let exponent = -140; exponent <= 126; exponent += 7)
    for (const x of [2 ** exponent, -(2 ** exponent), 0]) {
      const row = map.locate(x);
      if (!fit(row)) return false;
      const [y, found] = [f(x), evaluateRow(data, row, x)];
      const unit = 2 ** (exponentOf(Math.max(Math.abs(y), 2 ** -126)) - 23);
      if (toFloat32(found) !== toFloat32(y) && !(Math.abs(found - y) <= unit / 16)) return false;
    }
  return true;
}
