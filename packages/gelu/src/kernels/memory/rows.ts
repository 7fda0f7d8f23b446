import type { Program, RowTable } from './program.js';

/** For so many elements the rows they need are looked for, which slows the work by a twentieth; then all are made. */
const PATIENCE = 6 << 20;

/** Makes the rows that n inputs from `least` to `largest` need: 1 if all rows are there now, −1 if one cannot follow the function. */
export type Cover = (least: number, largest: number, n: number) => -1 | 0 | 1;

/**
 * The rows of a table in a memory, made when inputs need them: all rows take longer than the work on a million elements, and
 * few inputs are in the tails. `target` gives the place of all rows in the memory, `source` holds them.
 */
export function coverRows(table: RowTable, source: Program['rows'], target: () => Program['rows']): Cover {
  let elements = 0;
  // Inputs between these have their rows: there must be no gap.
  let from = Infinity;
  let to = -Infinity;
  const { words } = table;
  const place = (least: number, largest: number): boolean =>
    least > largest ||
    table.rowsOf(least, largest).every(([first, last]) => {
      for (let row = first; row <= last; row++) if (!table.fit(row)) return false;
      target().set(source.subarray(first * words, (last + 1) * words), first * words);
      return true;
    });
  return (least, largest, n) => {
    elements += n;
    if (elements > PATIENCE) {
      least = -Infinity;
      largest = Infinity;
    }
    // Nothing but NaN, whose row does not matter, or nothing new.
    if (least > largest || (least >= from && largest <= to)) return 0;
    if (!(from > to ? place(least, largest) : place(least, from) && place(to, largest))) return -1;
    from = Math.min(least, from);
    to = Math.max(largest, to);
    return from === -Infinity && to === Infinity ? 1 : 0;
  };
}
