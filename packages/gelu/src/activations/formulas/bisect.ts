/** The zero of f between a and b, where f has opposite signs, to the last bit, by bisection. Either may be infinite. */
export function rootBetween(f: (x: number) => number, a: number, b: number): number {
  let low = Math.max(a, -Number.MAX_VALUE);
  let high = Math.min(b, Number.MAX_VALUE);
  const rising = !(f(low) > 0);
  for (;;) {
    const middle = low / 2 + high / 2;
    if (!(middle > low && middle < high)) return middle;
    if (f(middle) < 0 === rising) low = middle;
    else high = middle;
  }
}
