// Any smooth or algebraic function in float32: float64 lanes, a polynomial of degree 4 a row, one rounding, no FMA.
// A row is x0, c0, c1, c2, c3, c4 in float64. Lines at both ends are rows too, so there is nothing to join.
export { mixed, mixedProduct, simple, simpleProduct } from './family-pieces';
import { four, fourProducts, locate } from './family-rows';

/** Where the row addresses of a block stand, and how many there are. */
const SCRATCH: usize = 1024;
const BLOCK: i32 = 512;

/** dst = the function on n elements (a multiple of 8). */
export function table(
  src: usize, dst: usize, n: i32, low: f32, high: f32, centre: f32, scale: f32, origin: i32, shift: i32, side: i32,
): void {
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locate(src, SCRATCH, m, low, high, centre, scale, origin, shift, side);
    for (let i = 0; i < m << 2; i += 32) {
      v128.store(dst + i, four(v128.load(src + i), SCRATCH + i));
      v128.store(dst + i, four(v128.load(src + i, 16), SCRATCH + i + 16), 16);
    }
    src += BLOCK << 2;
    dst += BLOCK << 2;
  }
}

/** dst = gradient · the function, rounded once. */
export function tableProduct(
  gradient: usize, src: usize, dst: usize, n: i32, low: f32, high: f32, centre: f32, scale: f32, origin: i32,
  shift: i32, side: i32,
): void {
  for (; n > 0; n -= BLOCK) {
    const m = min(n, BLOCK);
    locate(src, SCRATCH, m, low, high, centre, scale, origin, shift, side);
    for (let i = 0; i < m << 2; i += 32) {
      const first = fourProducts(v128.load(gradient + i), v128.load(src + i), SCRATCH + i);
      const second = fourProducts(v128.load(gradient + i, 16), v128.load(src + i, 16), SCRATCH + i + 16);
      v128.store(dst + i, first);
      v128.store(dst + i, second, 16);
    }
    src += BLOCK << 2;
    dst += BLOCK << 2;
    gradient += BLOCK << 2;
  }
}
