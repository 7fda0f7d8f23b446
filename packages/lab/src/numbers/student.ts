/** P(|T| ≥ t) of Student's distribution: the regularized incomplete beta function of ν/(ν + t²) at ν/2 and ½ (DLMF 8.17). */
export function twoSided(t: number, degrees: number): number {
  if (Number.isNaN(t)) return Number.NaN;
  const x = degrees / (degrees + t * t);
  return x === 0 ? 0 : incompleteBeta(x, degrees / 2, 0.5);
}

/** The t that |T| exceeds with this probability, above 0 and below 1. */
export function critical(probability: number, degrees: number): number {
  let [low, high] = [0, 1];
  while (twoSided(high, degrees) > probability) high *= 2;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (twoSided(middle, degrees) > probability) low = middle;
    else high = middle;
  }
  return high;
}

function incompleteBeta(x: number, a: number, b: number): number {
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** The continued fraction of DLMF 8.17.22, by Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  let [c, d] = [1, 1 / (1 - ((a + b) * x) / (a + 1))];
  let value = d;
  for (let m = 1; m < 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / (1 + term * d);
      c = 1 + term / c;
      value *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return value;
}

/** Of whole and half numbers above 0, exactly by the recurrence. */
function logGamma(a: number): number {
  let sum = a % 1 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let k = a % 1 === 0 ? 1 : 0.5; k < a; k++) sum += Math.log(k);
  return sum;
}
