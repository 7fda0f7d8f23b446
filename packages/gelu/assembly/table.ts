// Any smooth or algebraic function in float32: float64 lanes, a polynomial of degree 4 a row, one rounding, no FMA.
// A row is x0, c0, c1, c2, c3, c4 in float64. Lines at both ends are rows too, so there is nothing to join.
// Four elements a turn: with eight, vectors are spilled to a stack that is aligned by chance, and products take a tenth longer.
import { four, fourProducts, locateRows } from './table-rows';
import { BLOCK, scratch } from './index-map';

export { extent } from './rows';

/** dst = the function whose table is at `at`, on n elements (a multiple of 8). */
export function forward(src: usize, dst: usize, n: i32, at: usize): void {
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locateRows(src, scratch(), m, at);
    for (let i = 0; i < m << 2; i += 16) v128.store(dst + i, four(v128.load(src + i), scratch() + i));
    src += BLOCK << 2;
    dst += BLOCK << 2;
  }
}

/** dst = gradient · the function, rounded once. */
export function product(gradient: usize, src: usize, dst: usize, n: i32, at: usize): void {
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locateRows(src, scratch(), m, at);
    for (let i = 0; i < m << 2; i += 16)
      v128.store(dst + i, fourProducts(v128.load(gradient + i), v128.load(src + i), scratch() + i));
    src += BLOCK << 2;
    dst += BLOCK << 2;
    gradient += BLOCK << 2;
  }
}
