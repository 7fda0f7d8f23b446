// What is needed beside the kernels while not all rows of a table have been made.
import { scratch } from './index-map';

/** Least and largest of n elements (a multiple of 8), not regarding NaN: four of each to the first bytes of the scratch. */
export function extent(src: usize, n: i32): void {
  let least = f32x4.splat(Infinity);
  let largest = f32x4.splat(-Infinity);
  for (let i = 0; i < n << 2; i += 16) {
    const x = v128.load(src + i);
    least = f32x4.pmin(least, x);
    largest = f32x4.pmax(largest, x);
  }
  v128.store(scratch(), least);
  v128.store(scratch(), largest, 16);
}
