// What bias + activation needs beside the activation: sums of arrays, on addresses of any alignment.

/** array += other, n elements. */
export function add(array: usize, other: usize, n: i32): void {
  const end = array + (n << 2);
  for (; array + 16 <= end; array += 16, other += 16)
    v128.store(array, f32x4.add(v128.load(array), v128.load(other)));
  for (; array < end; array += 4, other += 4) store<f32>(array, load<f32>(array) + load<f32>(other));
}

/** sums[j] += row[j] in float64 for each of the rows of `columns` elements that stand at `rows`, one after the other. */
export function accumulate(sums: usize, rows: usize, columns: i32, count: i32): void {
  for (; count > 0; count--) {
    const end = sums + (columns << 3);
    let sum = sums;
    for (; sum + 32 <= end; sum += 32, rows += 16) {
      const v = v128.load(rows);
      v128.store(sum, f64x2.add(v128.load(sum), f64x2.promote_low_f32x4(v)));
      v128.store(sum, f64x2.add(v128.load(sum, 16), f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 1))), 16);
    }
    for (; sum < end; sum += 8, rows += 4) store<f64>(sum, load<f64>(sum) + f64(load<f32>(rows)));
  }
}
