/** A polynomial in x and E, linear in E: `terms[i]` belongs to xⁱ, `terms[DEGREES + i]` to xⁱ·E. */
export type Polynomial = readonly number[];

/** Powers of x from 0 to 7. */
export const DEGREES = 8;

export const X: Polynomial = monomial(1, 1);
export const E: Polynomial = monomial(DEGREES, 1);

export function constant(value: number): Polynomial {
  return monomial(0, value);
}

function monomial(place: number, value: number): Polynomial {
  const terms = new Array<number>(2 * DEGREES).fill(0);
  terms[place] = value;
  return terms;
}

/** a + factor·b */
export function sum(a: Polynomial, b: Polynomial, factor = 1): Polynomial {
  return a.map((term, i) => term + factor * b[i]);
}

/** a·b, undefined if that goes beyond the terms there are. */
export function product(a: Polynomial, b: Polynomial): Polynomial | undefined {
  const terms = new Array<number>(2 * DEGREES).fill(0);
  for (const [i, p] of a.entries()) {
    for (const [j, q] of b.entries()) {
      if (p === 0 || q === 0) continue;
      const power = (i % DEGREES) + (j % DEGREES);
      if (power >= DEGREES || (i >= DEGREES && j >= DEGREES)) return undefined;
      terms[power + (i >= DEGREES || j >= DEGREES ? DEGREES : 0)] += p * q;
    }
  }
  return terms;
}

/** Its value, if it is a number. */
export function asConstant(a: Polynomial): number | undefined {
  return a.every((term, i) => i === 0 || term === 0) ? a[0] : undefined;
}

/** Whether all terms are those of `expected`, by their places, within a relative error. */
export function matches(a: Polynomial, expected: Readonly<Record<number, number>>, tolerance: number): boolean {
  return a.every((term, i) => Math.abs(term - (expected[i] ?? 0)) <= tolerance * Math.abs(expected[i] ?? 0));
}
