import { CORRECT_ROW, type CorrectTable } from './correct-table.js';
import { rowNumber } from './smooth.js';

/** For so many elements the rows they need are looked for, which slows the work by a twentieth; then all are made. */
const PATIENCE = 6 << 20;

/**
 * Places a table in the array that `target` gives, row by row: what it returns makes the rows for n inputs from `least`
 * to `largest`, and says whether all rows are there. All rows take longer than the work on a million elements, and few
 * inputs are in the tails.
 */
export function placeRows(
  table: CorrectTable,
  target: () => Float64Array,
): (least: number, largest: number, n: number) => boolean {
  const { map, first, rows, data } = table;
  let from = rows;
  let to = -1; // rows from … to are in place
  let elements = 0;
  const place = (start: number, end: number): void => {
    for (let row = start; row <= end; row++) table.fit(row);
    target().set(data.subarray(start * CORRECT_ROW, (end + 1) * CORRECT_ROW), start * CORRECT_ROW);
  };
  return (least, largest, n) => {
    elements += n;
    if (elements > PATIENCE) [least, largest] = [-Infinity, Infinity];
    if (least > largest) return false; // nothing but NaN, whose row does not matter
    let [a, b] = [rowNumber(map, least) - first, rowNumber(map, largest) - first];
    if (a > b) [a, b] = [b, a];
    if (to < from) [from, to] = [a, a - 1];
    if (a < from) place(a, from - 1);
    if (b > to) place(to + 1, b); // from where the rows end, not from a: there must be no gap
    from = Math.min(from, a);
    to = Math.max(to, b);
    return from === 0 && to === rows - 1;
  };
}
