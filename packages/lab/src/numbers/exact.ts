/**
 * Elementary functions from additions, products, quotients and roots alone: the same bits on every engine, as those of Math are not,
 * whose last bits change from version to version. Errors are a few 10⁻¹⁶.
 */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** e^x. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.7) return Number.POSITIVE_INFINITY;
  if (x < -745.2) return 0;
  const k = Math.round(x / (LN2_HIGH + LN2_LOW));
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 14; n > 0; n--) sum = 1 + (r * sum) / n;
  // In two factors, so that subnormal results come out.
  const half = k >> 1;
  return sum * power(2, half) * power(2, k - half);
}

/** The natural logarithm; NaN below 0. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let [k, m] = [0, x];
  for (; m > 1.5; k++) m /= 2;
  for (; m < 0.75; k--) m *= 2;
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum = 0;
  for (let n = 27; n > 0; n -= 2) sum = 1 / n + square * sum;
  return 2 * s * sum + k * LN2_LOW + k * LN2_HIGH;
}

/** A number to the power of a whole number. */
export function power(base: number, n: number): number {
  if (n < 0) return power(1 / base, -n);
  let [out, square] = [1, base];
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) out *= square;
    square *= square;
  }
  return out;
}

/** Cosine and sine of an angle in [−2π, 2π]. */
export function cosSin(angle: number): [cos: number, sin: number] {
  // Of a quarter, then doubled twice.
  const a = angle / 4;
  const square = a * a;
  let [cos, sin] = [0, 0];
  let term = 1;
  for (let k = 0; k < 26; k += 2) {
    cos += term;
    sin += (term * a) / (k + 1);
    term *= -square / ((k + 1) * (k + 2));
  }
  for (let i = 0; i < 2; i++) [cos, sin] = [cos * cos - sin * sin, 2 * sin * cos];
  return [cos, sin];
}
