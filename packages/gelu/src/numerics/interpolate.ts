/**
 * Interpolates y at the points d: y becomes the coefficients of 1, d, d², … By Newton's divided differences, multiplied out.
 */
export function interpolate(d: ArrayLike<number>, y: number[] | Float64Array): void {
  const n = d.length;
  for (let k = 1; k < n; k++) for (let j = n - 1; j >= k; j--) y[j] = (y[j] - y[j - 1]) / (d[j] - d[j - k]);
  for (let k = n - 2; k >= 0; k--) for (let j = k; j < n - 1; j++) y[j] -= y[j + 1] * d[k];
}
