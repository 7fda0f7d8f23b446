// A kernel as jax-js calls its own: kernel(inputs …, outputs …, begin, end) over addresses in jax-js's memory, on which it
// may have several threads. Up to two functions of x by rows of float64; no memory beside inputs and outputs.
import { addressOf, four, fourBoth, locateRows, one } from './table-rows';

/** Elements whose row addresses are stored, where the results will be, before they are used. */
const BLOCK: i32 = 512;

/** y = the function of `table` at n elements and, unless z is 0, z = its derivative. */
function evaluate(x: usize, table: usize, y: usize, z: usize, n: i32): void {
  const all = n & ~7;
  for (let done = 0; done < all; done += BLOCK) {
    const m = min(all - done, BLOCK);
    const from = x + (done << 2);
    const to = y + (done << 2);
    const slopes = z + (done << 2);
    locateRows(from, to, m, table);
    if (z) for (let i = 0; i < m << 2; i += 16) fourBoth(v128.load(from + i), to + i, slopes + i);
    else for (let i = 0; i < m << 2; i += 32) {
      v128.store(to + i, four(v128.load(from + i), to + i));
      v128.store(to + i, four(v128.load(from + i, 16), to + i + 16), 16);
    }
  }
  for (let i = all << 2; i < n << 2; i += 4) {
    const v = load<f32>(x + i);
    one(v, addressOf(v, table), y + i, z ? z + i : 0);
  }
}

/** y = the function of `table` at x, on elements begin to end. Unless `second` is 0, z = that of `second`, or, if that is `table`, the derivative. */
export function kernel(x: usize, table: usize, second: usize, y: usize, z: usize, begin: i32, end: i32): void {
  const n = end - begin;
  const offset = <usize>begin << 2;
  const both = second == table;
  evaluate(x + offset, table, y + offset, both ? z + offset : 0, n);
  if (second && !both) evaluate(x + offset, second, z + offset, 0, n);
}
