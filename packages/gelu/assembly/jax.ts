// A kernel as jax-js calls its own: kernel(inputs …, outputs …, begin, end) over addresses in jax-js's memory, of which it
// may have several threads. Up to two functions of x by rows of float64; no memory beside inputs and outputs.
import { four, locate, one } from './family-rows';

/** Elements whose row addresses are stored, where the results will be, before they are used. */
const BLOCK: i32 = 512;
/** A table: low, high, centre, scale in float32, first, shift, side in int32, and at 64 the rows. */
const ROWS: usize = 64;

/** y = the function of `table` at x, on n elements. */
function evaluate(x: usize, table: usize, y: usize, n: i32): void {
  const low = load<f32>(table);
  const high = load<f32>(table, 4);
  const centre = load<f32>(table, 8);
  const scale = load<f32>(table, 12);
  const origin = <i32>(table + ROWS) - 48 * load<i32>(table, 16);
  const shift = load<i32>(table, 20);
  const side = load<i32>(table, 24);
  while (n >= 8) {
    const m = min(n, BLOCK) & ~7;
    locate(x, y, m, low, high, centre, scale, origin, shift, side);
    for (let i = 0; i < m << 2; i += 32) {
      const first = four(v128.load(x + i), y + i);
      v128.store(y + i, first);
      v128.store(y + i, four(v128.load(x + i, 16), y + i + 16), 16);
    }
    x += m << 2;
    y += m << 2;
    n -= m;
  }
  for (let i = 0; i < n << 2; i += 4)
    store<f32>(y + i, one(load<f32>(x + i), low, high, centre, scale, origin, shift, side));
}

/** y = the function of `table` at x and, unless `second` is 0, z = that of `second`, on elements begin to end. */
export function kernel(x: usize, table: usize, second: usize, y: usize, z: usize, begin: i32, end: i32): void {
  evaluate(x + (begin << 2), table, y + (begin << 2), end - begin);
  if (second) evaluate(x + (begin << 2), second, z + (begin << 2), end - begin);
}
