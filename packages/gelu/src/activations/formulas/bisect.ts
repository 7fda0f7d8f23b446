/** The zero of f between a and b, where f has opposite signs, to the last bit, by bisection. */
export function rootBetween(f: (x: number) => number, a: number, b: number): number {
  let low = a;
  let high = b;
  const rising = !(f(low) > 0);
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) return middle;
    if (f(middle) < 0 === rising) low = middle;
    else high = middle;
  }
}
