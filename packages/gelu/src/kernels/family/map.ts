import { floatOfRank, rankOf, toFloat32 } from '../../numerics/float32.js';
import type { CurveEnds } from './ends.js';

/** Where an input's row is, by the very operations of the kernels (assembly/table-rows.ts). */
export interface RowMap {
  /** The kernel's arguments: limits of x − centre, the centre, rows per unit or the least distance, and the leading bits. */
  readonly low: number;
  readonly high: number;
  readonly centre: number;
  readonly scale: number;
  /** How far the bits of the distance are shifted; 0 for rows of one width. */
  readonly shift: number;
  /** What is added to the row numbers below the centre. */
  readonly side: number;
  /** What row 0 of the table has for a number. */
  readonly first: number;
  readonly rows: number;
  /** The rows that hold the lines. */
  readonly below: number;
  readonly above: number;
  /** The row of x, counted from 0. */
  locate(x: number): number;
  /** The rows of the inputs from `least` to `largest`, as ranges [first, last]. */
  rowsOf(least: number, largest: number): readonly (readonly [number, number])[];
  /** The inputs of a row: from (itself left out below the centre, or if all rows are of one width) to. */
  interval(row: number): readonly [number, number];
}

function distance(x: number, centre: number, low: number, high: number): number {
  const t = toFloat32(x - centre);
  return t > low ? Math.min(t, high) : low; // NaN is not above
}

/** Rows of width 1/density over the curve; one ends at `centre`. */
export function uniformMap({ from, to }: CurveEnds, centre: number, density: number): RowMap {
  const first = Math.floor((from - centre) * density);
  const last = Math.ceil((to - centre) * density) + 1;
  const low = Math.fround((first - 0.5) / density);
  const high = Math.fround((last - 0.5) / density);
  return {
    low,
    high,
    centre,
    scale: density,
    shift: 0,
    side: 0,
    first: first + 0x4b400000, // the bits of 1.5·2²³ are part of the number
    rows: last - first + 1,
    below: 0,
    above: last - first,
    locate: (x) => Math.ceil(toFloat32(distance(x, centre, low, high) * density)) - first,
    rowsOf(least, largest) {
      return [[this.locate(least), this.locate(largest)]];
    },
    interval: (row) => [centre + (first + row - 1) / density, centre + (first + row) / density],
  };
}

/** Rows by the leading `digits` binary digits of the distance from the centre, which is at least `least`. */
export function logarithmicMap({ from, to }: CurveEnds, centre: number, least: number, digits: number): RowMap {
  const shift = 23 - digits;
  const number = (t: number): number => rankOf(t) >>> shift;
  const bound = (n: number): number =>
    n << shift >= 0x7f800000 ? 2 ** 128 * (n << shift > 0x7f800000 ? 2 : 1) : floatOfRank(n << shift);
  const base = number(least);
  // The row after that of the last input of the curve; infinity's own if there is none before.
  const end = (t: number): number => Math.min(number(Math.max(t, least)) + 1, 255 << digits);
  const [lastBelow, lastAbove] = [end(Math.fround(centre - from)), end(Math.fround(to - centre))];
  const low = -floatOfRank(lastBelow << shift);
  const high = floatOfRank(lastAbove << shift);
  const side = lastAbove - base + 1;
  return {
    low,
    high,
    centre,
    scale: least,
    shift,
    side,
    first: base,
    rows: side + lastBelow - base + 1,
    below: side + lastBelow - base,
    above: lastAbove - base,
    locate: (x) => {
      const t = distance(x, centre, low, high);
      return number(Math.max(Math.abs(t), least)) - base + (t <= 0 ? side : 0);
    },
    rowsOf(least, largest) {
      const [a, b] = [this.locate(least), this.locate(largest)];
      // Rows above the centre come first, those below from `side` on: the nearest first.
      if (a < side) return [[a, b]];
      return b >= side
        ? [[b, a]]
        : [
            [0, b],
            [side, a],
          ];
    },
    interval: (row) => {
      const n = base + (row < side ? row : row - side);
      const [near, far] = [n === base ? 0 : bound(n), bound(n + 1)];
      return row < side ? [centre + near, centre + far] : [centre - far, centre - near];
    },
  };
}
