// Any smooth or algebraic function in float32: float64 lanes, a polynomial of degree 4 a row, one rounding, no FMA.
// A row is x0, c0, c1, c2, c3, c4 in float64. Lines at both ends are rows too, so there is nothing to join.
import { four, fourProducts, locateRows } from './table-rows';
import { BLOCK, scratch } from './index-map';

export { extent } from './rows';

/** dst = the function whose table is at `at`, on n elements (a multiple of 8). */
export function forward(src: usize, dst: usize, n: i32, at: usize): void {
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locateRows(src, scratch(), m, at);
    for (let i = 0; i < m << 2; i += 32) {
      v128.store(dst + i, four(v128.load(src + i), scratch() + i));
      v128.store(dst + i, four(v128.load(src + i, 16), scratch() + i + 16), 16);
    }
    src += BLOCK << 2;
    dst += BLOCK << 2;
  }
}

/** dst = gradient · the function, rounded once. */
export function product(gradient: usize, src: usize, dst: usize, n: i32, at: usize): void {
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locateRows(src, scratch(), m, at);
    for (let i = 0; i < m << 2; i += 32) {
      const first = fourProducts(v128.load(gradient + i), v128.load(src + i), scratch() + i);
      const second = fourProducts(v128.load(gradient + i, 16), v128.load(src + i, 16), scratch() + i + 16);
      v128.store(dst + i, first);
      v128.store(dst + i, second, 16);
    }
    src += BLOCK << 2;
    dst += BLOCK << 2;
    gradient += BLOCK << 2;
  }
}
