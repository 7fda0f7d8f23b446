/**
 * Where f crosses 0 between `low` and `high`, found on `steps` intervals and then by bisection to the last digit. `flat`: it is
 * within `zero` of 0 everywhere.
 */
export function crossings(
  f: (x: number) => number,
  low: number,
  high: number,
  steps: number,
  zero: number,
): { flat: boolean; roots: number[] } {
  const at = Array.from({ length: steps + 1 }, (_, i) => low + ((high - low) * i) / steps);
  const values = at.map((x) => {
    const value = f(x);
    return Math.abs(value) <= zero ? 0 : value;
  });
  if (values.every((value) => value === 0)) return { flat: true, roots: [] };
  const roots: number[] = [];
  for (let i = 0; i < steps; i++) {
    if (values[i] * values[i + 1] < 0) roots.push(bisect(f, at[i], at[i + 1], values[i]));
    // A single 0 is a crossing; several beside each other are an approach to a limit, not one.
    else if (values[i] === 0 && i > 0 && values[i - 1] * values[i + 1] < 0) roots.push(at[i]);
  }
  return { flat: false, roots };
}

function bisect(f: (x: number) => number, low: number, high: number, atLow: number): number {
  for (let i = 0; i < 100; i++) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high || high - low < 1e-15) return middle;
    if (f(middle) * atLow > 0) low = middle;
    else high = middle;
  }
  return low;
}
